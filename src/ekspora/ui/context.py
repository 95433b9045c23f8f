"""What every page is given: its navigation and its own address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ekspora.core.actors import actor_of
from ekspora.core.home import Entry, navigation_for


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the navigation of a page; ``current`` marks where the reader is.

    ``pages``: what stands in the second line while the reader is in this entry.
    """

    label: str
    url: str
    current: bool = False
    pages: "tuple[NavItem, ...]" = ()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``nav`` (``request.nav`` where a view set it, else the main one) and ``here``."""
    nav = request.nav if hasattr(request, "nav") else SimpleLazyObject(lambda: _main(request))
    return {"nav": nav, "here": request.get_full_path()}


def _main(request: HttpRequest) -> list[NavItem]:
    """The main navigation, as the rooms registered it; the longest match is where the reader is."""
    actor = actor_of(request) if hasattr(request, "user") else None
    entries = navigation_for(actor) if actor else []
    above = [entry.url for entry in entries if entry.url != "/" and request.path.startswith(entry.url)]
    here = max(above, key=len, default=request.path)
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(str(entry.group) or entry.url, []).append(entry)
    return [_grouped(group, here) for group in groups.values()]


def _grouped(entries: list[Entry], here: str) -> NavItem:
    """One entry, or a group under its name; its pages stand below while the reader is on one of them."""
    pages = tuple(NavItem(str(entry.label), entry.url, entry.url == here) for entry in entries)
    if not entries[0].group:
        return pages[0]
    is_here = any(page.current for page in pages)
    return NavItem(str(entries[0].group), pages[0].url, is_here, pages if is_here else ())
