"""Missions and representatives as officers keep them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.models import Agency, Person
from ekspora.directory.forms.guests import NewRepresentativeForm, RepresentativeForm, initial_of
from ekspora.directory.models import Mission, Representative
from ekspora.directory.places import countries
from ekspora.directory.queries import guests as reads
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.sectors import Sector
from ekspora.directory.services import guests as services
from ekspora.directory.views.lists import PAGE, part_of
from ekspora.directory.views.saving import saved, tell_saved


@officers_only
@require_safe
def representatives(request: ActorRequest) -> HttpResponse:
    """The list by precedence, by country or by name, narrowed as one types."""
    words, order = request.GET.get("q", ""), request.GET.get("order", "precedence")
    found = reads.representatives_for(request.actor, words=words, order=order)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "order": order}
    whole, part = "directory/representatives.html", "directory/representatives_part.html"
    return render(request, part_of(request, whole, part), context)


@officers_only
@require_safe
def representative(request: ActorRequest, pk: int) -> HttpResponse:
    """One representative with mission, interests and where the record came from."""
    found = _found(request, pk)
    origins = reads.origins_of(request.actor, found)
    sectors = [Sector(code).label for code in found.sectors if code in Sector.values]
    context = {"representative": found, "origins": origins, "sectors": sectors}
    return render(request, "directory/representative.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponseBase:
    """Enter a representative by hand."""
    form = NewRepresentativeForm(request.POST or None, agencies=agencies_of(request.actor))
    if request.method == "POST" and form.is_valid():
        made = saved(form, lambda: _register(form, form.cleaned_data["agency"], request.actor.person))
        if made is not None:
            return redirect("representative", made.pk)
    context = {"form": form, "title": _("Register a representative"), "countries": countries()}
    return render(request, "directory/representative_form.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Change a representative."""
    found = _found(request, pk)
    form = RepresentativeForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        agency = found.listed_by.filter(pk__in=request.actor.agencies()).first()
        changed = saved(form, lambda: services.edit(
            representative=found, agency=agency, actor=request.actor.person, person=form.person(),
            mission=_mission(form, agency, request.actor.person), values=form.role()))  # fmt: skip
        if changed is not None:
            tell_saved(request, changed)
            return redirect("representative", pk)
    context = {"form": form, "title": str(found.person), "representative": found, "countries": countries()}
    return render(request, "directory/representative_form.html", context)


def _register(form: RepresentativeForm, agency: Agency, actor: Person) -> Representative:
    mission = _mission(form, agency, actor)
    return services.register(
        agency=agency, actor=actor, person=form.person(), mission=mission, values=form.role()
    )


def _mission(form: RepresentativeForm, agency: Agency | None, actor: Person) -> Mission:
    known: Mission | None = form.cleaned_data["mission"]
    return known or services.enter_mission(agency=agency, actor=actor, values=form.new_mission())


def _found(request: ActorRequest, pk: int) -> Representative:
    found = reads.representative_for(request.actor, pk)
    if found is None:
        raise Http404
    return found
