"""Buyers as officers keep them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.models import Agency
from ekspora.directory.forms.buyers import BuyerForm, NewBuyerForm, VerifyForm
from ekspora.directory.models import Buyer
from ekspora.directory.places import countries
from ekspora.directory.queries import buyers as reads
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.services import buyers as services
from ekspora.directory.views.lists import PAGE, part_of
from ekspora.directory.views.saving import saved, tell_saved


@officers_only
@require_safe
def buyers(request: ActorRequest) -> HttpResponse:
    """The list, narrowed as one types."""
    words, show = request.GET.get("q", "")[:80], request.GET.get("show", "")
    found = reads.buyers_for(request.actor, words=words, show=show)
    shows = [
        ("", _("all")),
        ("unverified", _("not checked yet")),
        ("verified", _("checked")),
        ("broker", _("brokers")),
    ]
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "words": words, "show": show, "shows": shows, "narrowed": bool(words or show),
    }  # fmt: skip
    return render(request, part_of(request, "directory/buyers.html", "directory/buyers_part.html"), context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponseBase:
    """Name a buyer; one known already is put on the list and shown."""
    form = NewBuyerForm(request.POST or None, agencies=agencies_of(request.actor))
    if request.method == "POST" and form.is_valid():
        values, data = form.values(), form.cleaned_data
        made = saved(form, lambda: services.name_buyer(
            agency=data["agency"], name=values["name"], country=values["country"], kind=values["kind"],
            values={"website": values["website"], "note": data["note"]}, introduced_by=None,
            actor=request.actor.person))  # fmt: skip
        if made is not None:
            messages.success(request, _("%(name)s is on the list.") % {"name": made.name})
            return redirect("buyer", made.pk)
    context = {"form": form, "title": _("Name a buyer"), "countries": countries()}
    return render(request, "directory/buyer_form.html", context)


@officers_only
@require_safe
def buyer(request: ActorRequest, pk: int) -> HttpResponse:
    """One buyer: who checked it and how, who introduced it, what one's own agency knows."""
    return render(
        request, "directory/buyer.html", {"buyer": _found(request, pk), "verify_form": VerifyForm()}
    )


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Change a buyer."""
    found = _found(request, pk)
    agency = _agency(request, found)
    own = next((note.text for note in found.own_notes if note.agency_id == agency.pk), "")  # type: ignore[attr-defined]
    initial = {name: getattr(found, name) for name in ("name", "country", "kind", "website")} | {"note": own}
    form = BuyerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = saved(form, lambda: services.edit_buyer(
            buyer=found, agency=agency, values=form.values(), note=form.cleaned_data["note"],
            actor=request.actor.person))  # fmt: skip
        if changed is not None:
            tell_saved(request, changed)
            return redirect("buyer", pk)
    context = {"form": form, "title": found.name, "buyer": found, "countries": countries()}
    return render(request, "directory/buyer_form.html", context)


@officers_only
@require_POST
def verify(request: ActorRequest, pk: int) -> HttpResponse:
    """Note how the buyer was checked."""
    found = _found(request, pk)
    form = VerifyForm(request.POST)
    if form.is_valid() and saved(form, lambda: services.verify_buyer(
        buyer=found, how=form.cleaned_data["how"], agency=_agency(request, found), actor=request.actor.person,
    )):  # fmt: skip
        messages.success(request, _("Noted: %(name)s was checked.") % {"name": found.name})
        return redirect("buyer", pk)
    return render(request, "directory/buyer.html", {"buyer": found, "verify_form": form}, status=422)


def _found(request: ActorRequest, pk: int) -> Buyer:
    found = reads.buyer_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _agency(request: ActorRequest, buyer: Buyer) -> Agency:
    agency: Agency = buyer.listed_by.filter(pk__in=request.actor.agencies()).order_by("pk")[0]
    return agency
