"""The pages of one activity. Each room to the right adds its own, so every page shows them all.

A view says ``tabs.show(request, activity, "agenda")``; the navigation of the page is then the activity's.
"""

from collections.abc import Callable
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
    """One page of an activity: its name in code, its label and its address."""

    name: str
    label: "str | _StrPromise"
    url: str


tabs: Registry[Callable[[Activity], Tab]] = Registry("tabs of an activity")


def page(name: str, label: "str | _StrPromise", url_name: str) -> Callable[[Activity], Tab]:
    """A tab for an address whose only argument is the activity's id."""
    return lambda activity: Tab(name, label, reverse(url_name, args=[activity.pk]))


def topic_page(name: str, label: "str | _StrPromise", url_name: str) -> Callable[[Activity], Tab]:
    """A tab for an address whose only argument is the activity's scope, such as the send queue."""
    return lambda activity: Tab(name, label, reverse(url_name, args=[activity.scope]))


def show(request: HttpRequest, activity: Activity, current: str) -> None:
    """Put the activity's navigation on the page; ``current`` is the name of the tab the reader is on."""
    items = [entry(activity) for entry in tabs]
    request.nav = [  # type: ignore[attr-defined]  # read by ekspora.ui.context
        NavItem(str(item.label), item.url, item.name == current) for item in items
    ]


def register() -> None:
    """The pages of this room and the send queue; rooms to the right add requests (40) and timetable (50)."""
    tabs.register("overview", page("overview", _("Overview"), "activity"), order=10)
    tabs.register("participants", page("participants", _("Participants"), "participants"), order=20)
    tabs.register("agenda", page("agenda", _("Agenda"), "agenda"), order=30)
    tabs.register("check_in", page("check_in", _("Check-in"), "check_in"), order=65)
    tabs.register("queue", topic_page("queue", _("Send queue"), "queue"), order=90)
