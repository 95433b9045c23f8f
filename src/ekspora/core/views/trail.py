"""The audit trail of an agency, for its officers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core import queries, trail
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.models import Agency, AuditEntry
from ekspora.core.trail_details import details_of

PAGE = 50


@officers_only
@require_safe
def audit(request: ActorRequest) -> HttpResponse:
    """Newest first; ``?agency=`` chooses among the officer's own, ``?target=type:id`` one record."""
    own = list(Agency.objects.filter(pk__in=request.actor.agencies()))
    wanted = request.GET.get("agency", "")
    agency = next((one for one in own if str(one.pk) == wanted), None if wanted else own[0])
    if agency is None:
        raise Http404
    target = request.GET.get("target", "")
    page = Paginator(queries.trail_of(agency.pk, target), PAGE).get_page(request.GET.get("page"))
    entries = list(page)
    names = queries.names_of(entries)
    context = {
        "agency": agency,
        "agencies": own,
        "target": target,
        "page": page,
        "rows": [_row(entry, names.get(entry.actor_id or 0, "")) for entry in entries],
        "shown": trail.record_name(*target.partition(":")[::2]) if target else "",
    }
    return render(request, "core/trail.html", context)


def _row(entry: AuditEntry, name: str) -> tuple[AuditEntry, str, str, str, list[tuple[str, str]]]:
    record = trail.record_name(entry.target_type, entry.target_id)
    return entry, name, trail.label(entry.action), record, details_of(entry)
