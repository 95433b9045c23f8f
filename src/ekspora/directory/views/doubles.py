"""Businesses that may be one: looked for, decided side by side, made one, given back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.numbers import number_in
from ekspora.directory.models import Business, Double
from ekspora.directory.queries import doubles as reads
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.services import doubles as services
from ekspora.directory.services import merging

PAGE = 20


@officers_only
@require_safe
def doubles(request: ActorRequest) -> HttpResponse:
    """Pairs to decide, the most probable first, both businesses beside each other."""
    likeness = request.GET.get("likeness", "")
    likeness = likeness if likeness in Double.Likeness.values else ""
    page = Paginator(reads.doubles_for(request.actor, likeness=likeness), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "pairs": reads.beside(list(page)), "likeness": likeness, "counts": reads.counts(request.actor),
        "agencies": agencies_of(request.actor),
    }  # fmt: skip
    return render(request, "directory/doubles.html", context)


@officers_only
@require_POST
def look(request: ActorRequest, agency_pk: int) -> HttpResponseBase:
    """Begin to look on one agency's list."""
    agency = get_object_or_404(agencies_of(request.actor), pk=agency_pk)
    return redirect("job", services.look(agency=agency, actor=request.actor.person).pk)


@officers_only
@require_POST
def merge(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Make two one; ``keep`` names the record that stays."""
    double = _found(request, pk)
    sides = {str(double.one_id): (double.one, double.other), str(double.other_id): (double.other, double.one)}
    kept, gone = sides.get(request.POST.get("keep", ""), (double.one, double.other))
    try:
        merging.merge(kept=kept, gone=gone, agency=_keeper(request, kept), actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is one record now. You can undo this.") % {"name": kept.name})
    return redirect("doubles")


@officers_only
@require_POST
def apart(request: ActorRequest, pk: int) -> HttpResponseBase:
    """These are two businesses."""
    double = _found(request, pk)
    try:
        services.keep_apart(double=double, agency=_keeper(request, double.one), actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("doubles")


@officers_only
@require_POST
def merge_sure(request: ActorRequest) -> HttpResponseBase:
    """Make one all pairs of this page that are almost certainly one; those with an obstacle stay."""
    chosen = [number_in(value) or 0 for value in request.POST.getlist("pair")][:PAGE]
    sure = reads.doubles_for(request.actor, likeness=Double.Likeness.SURE).filter(pk__in=chosen)
    done = 0
    for double in sure.select_related("one", "other"):
        try:
            merging.merge(
                kept=double.one,
                gone=double.other,
                agency=_keeper(request, double.one),
                actor=request.actor.person,
            )
            done += 1
        except DomainError as error:
            messages.warning(request, f"{double.one}: {error}")
    text = ngettext("%(n)d pair was made one.", "%(n)d pairs were made one.", done) % {"n": done}
    messages.success(request, text)
    return redirect("doubles")


@officers_only
@require_safe
def mergers(request: ActorRequest) -> HttpResponse:
    """What was made one, and by whom."""
    page = Paginator(reads.mergers_for(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/mergers.html", {"page": page})


@officers_only
@require_POST
def unmerge(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Give the other record back what it had."""
    merger = get_object_or_404(reads.mergers_for(request.actor), pk=pk)
    try:
        merging.undo(merger=merger, actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is a record of its own again.") % {"name": merger.gone.name})
    return redirect("mergers")


def _found(request: ActorRequest, pk: int) -> Double:
    found = reads.double_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _keeper(request: ActorRequest, business: Business) -> Agency:
    """The actor's agency that keeps the business."""
    agency = agencies_of(request.actor).filter(businesses=business).first()
    if agency is None:
        raise Http404
    return agency
