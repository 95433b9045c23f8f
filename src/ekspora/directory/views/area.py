"""Businesses by area: the map, and how far they have come."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.directory.forms.filters import FilterForm
from ekspora.directory.places import provinces
from ekspora.directory.queries import funnel


@officers_only
@require_safe
def area(request: ActorRequest) -> HttpResponse:
    """Where businesses are and how far they have come, for what the list is narrowed to."""
    form = FilterForm(request.GET, actor=request.actor)
    filters = form.filters()
    counts = funnel.by_province(request.actor, filters)
    known = dict(provinces())
    context = {
        "form": form,
        "rungs": [(rung, form.query_at(rung.at)) for rung in funnel.funnel(request.actor, filters)],
        "values": {code: n for code, n in counts.items() if code in known},
        "rows": [(code, name, counts[code]) for code, name in known.items() if code in counts],
        "elsewhere": sum(n for code, n in counts.items() if code not in known), "total": sum(counts.values()),
    }  # fmt: skip
    return render(request, "directory/area.html", context)
