"""What all lists of this room share."""

from django.http import HttpRequest

PAGE = 50


def part_of(request: HttpRequest, whole: str, part: str) -> str:
    """The template of the list alone when htmx asks for it (not when the browser goes back in its
    history)."""
    htmx = getattr(request, "htmx", None)
    return part if htmx and not htmx.history_restore_request else whole
