"""What all lists of this room share."""

from django.http import HttpRequest

from ekspora.directory.forms.businesses import FilterForm
from ekspora.directory.queries.businesses import Filters

PAGE = 50


def part_of(request: HttpRequest, whole: str, part: str) -> str:
    """The template of the list alone when htmx asks for it (not when the browser goes back in its
    history)."""
    htmx = getattr(request, "htmx", None)
    return part if htmx and not htmx.history_restore_request else whole


def filters_of(form: FilterForm) -> Filters:
    """What a checked form narrows the list of businesses to."""
    data = form.cleaned_data
    exported = {"1": True, "0": False}.get(data.get("exported", ""))
    return Filters(
        words=data.get("q", ""), sector=data.get("sector", ""), province=data.get("province", ""),
        has_exported=exported, certificates=data.get("certificates", ""),
    )  # fmt: skip
