"""What every page is given: the navigation that the view put on the request."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation of a page; ``current`` marks where the reader is."""

    label: str
    url: str
    current: bool = False


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav`` (``request.nav`` where a view set it) and ``here``, the present address."""
    return {"nav": getattr(request, "nav", ()), "here": request.get_full_path()}
