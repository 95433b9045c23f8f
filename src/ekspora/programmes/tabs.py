"""The pages of one activity, grouped by phase. Each room to the right adds its own, so every page leads to all.

A view says ``tabs.show(request, activity, "agenda")``; the navigation of the page is then the activity's: the
phases in one line, the pages of the phase the reader is in below it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.registries import Registry
from ekspora.programmes.models import Activity
from ekspora.ui.context import NavItem

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of an activity: its name in code, its label, its address, and the phase it belongs to."""

    name: str
    label: "str | _StrPromise"
    url: str
    phase: str


# The phases in their order. A page with the phase ALONE stands in the line of phases by itself.
ALONE = ""
PREPARE, MEET, DAY, AFTER = "prepare", "meet", "day", "after"
PHASES = {PREPARE: _("Preparation"), MEET: _("Meetings"), DAY: _("Event day"), AFTER: _("Follow-up")}

tabs: Registry[Callable[[Activity], Tab]] = Registry("tabs of an activity")


def page(
    name: str, label: "str | _StrPromise", url_name: str, phase: str = AFTER
) -> Callable[[Activity], Tab]:
    """A tab for an address whose only argument is the activity's id; most of what is still added comes after."""
    return lambda activity: Tab(name, label, reverse(url_name, args=[activity.pk]), phase)


def topic_page(
    name: str, label: "str | _StrPromise", url_name: str, phase: str = ALONE
) -> Callable[[Activity], Tab]:
    """A tab for an address whose only argument is the activity's scope, such as the send queue."""
    return lambda activity: Tab(name, label, reverse(url_name, args=[activity.scope]), phase)


def show(request: HttpRequest, activity: Activity, current: str) -> None:
    """Put the activity's navigation on the page; ``current`` is the name of the tab the reader is on."""
    request.nav = list(_line(activity, current))  # type: ignore[attr-defined]  # read by ekspora.ui.context


def _line(activity: Activity, current: str) -> Iterator[NavItem]:
    """Pages that stand alone, and each phase at the place of its first page; its name leads there."""
    items = [entry(activity) for entry in tabs]
    drawn: set[str] = set()
    for item in items:
        if item.phase == ALONE:
            yield _entry(item, current)
        elif item.phase not in drawn:
            drawn.add(item.phase)
            pages = tuple(_entry(other, current) for other in items if other.phase == item.phase)
            is_here = any(page.current for page in pages)
            yield NavItem(str(PHASES[item.phase]), item.url, is_here, pages if is_here else ())


def _entry(item: Tab, current: str) -> NavItem:
    return NavItem(str(item.label), item.url, item.name == current)


def register() -> None:
    """The pages of this room and the send queue; rooms to the right add requests (40), timetable (50), and so on."""
    tabs.register("overview", page("overview", _("Overview"), "activity", ALONE), order=10)
    tabs.register("participants", page("participants", _("Participants"), "participants", PREPARE), order=20)
    tabs.register("agenda", page("agenda", _("Agenda"), "agenda", PREPARE), order=30)
    tabs.register("check_in", page("check_in", _("Check-in"), "check_in", DAY), order=65)
    tabs.register("queue", topic_page("queue", _("Send queue"), "queue"), order=90)
