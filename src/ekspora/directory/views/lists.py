"""What all lists of this room share."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ekspora.core.models import Agency
from ekspora.core.numbers import number_in

PAGE = 50


def agency_named(request: HttpRequest, agencies: "QuerySet[Agency]") -> Agency:
    """The one of the actor's agencies that a form names. One need not be named where there is no other; any other
    is 404, never another than was meant."""
    if "agency" in request.POST:
        return get_object_or_404(agencies, pk=number_in(request.POST["agency"]) or 0)
    if len(agencies) != 1:
        raise Http404
    return agencies[0]


def part_of(request: HttpRequest, whole: str, part: str) -> str:
    """The template of the list alone when htmx asks for it (not when the browser goes back in its
    history)."""
    htmx = getattr(request, "htmx", None)
    return part if htmx and not htmx.history_restore_request else whole
