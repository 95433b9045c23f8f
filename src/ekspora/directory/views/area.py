"""Businesses by area: the map, how far they have come, and the list as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.directory.business_list import HEAD, lines
from ekspora.directory.forms.businesses import FilterForm
from ekspora.directory.places import provinces
from ekspora.directory.queries import funnel
from ekspora.directory.queries.businesses import listed, public_facts
from ekspora.directory.views.lists import filters_of
from ekspora.ui.sheets import as_download, comma_separated, workbook


@officers_only
@require_safe
def area(request: ActorRequest) -> HttpResponse:
    """Where businesses are and how far they have come, for what the list is narrowed to."""
    form = FilterForm(request.GET)
    form.is_valid()
    filters = filters_of(form)
    counts = funnel.by_province(request.actor, filters)
    known = dict(provinces())
    context = {
        "form": form, "rungs": funnel.funnel(request.actor, filters), "query": request.GET.urlencode(),
        "values": {code: n for code, n in counts.items() if code in known},
        "rows": [(code, name, counts[code]) for code, name in known.items() if code in counts],
        "elsewhere": sum(n for code, n in counts.items() if code not in known), "total": sum(counts.values()),
    }  # fmt: skip
    return render(request, "directory/area.html", context)


@officers_only
@require_safe
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """The narrowed list as XLSX or CSV."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = public_facts(listed(request.actor, filters_of(form)).order_by("name", "pk"))
    rows = lines(chosen.prefetch_related("stewards__person").iterator(chunk_size=1000))
    head = [str(label) for label in HEAD]
    data = workbook([("UMKM", head, rows)]) if kind == "xlsx" else comma_separated(head, rows)
    return as_download(data, f"umkm.{kind}")
