"""Where a page shows somebody's day: what came of each meeting. The view gives ``outcomes``."""

from typing import Any

from django import template

from ekspora.meetings.queries.agendas import MEETING, Day, Stop

register = template.Library()


@register.inclusion_tag("meetings/outcomes/stop.html", takes_context=True)
def outcome_of(context: template.Context, stop: Stop) -> dict[str, Any]:
    """The form under one stop of a day; nothing under a stop that is no meeting or whose day has not come."""
    key = stop.key.removeprefix(f"{MEETING}-")
    one = next((mine for mine in context["outcomes"] if stop.kind == MEETING and mine.key == key), None)
    return _context(context) | {"one": one}


@register.inclusion_tag("meetings/outcomes/before.html", takes_context=True)
def outcomes_before(context: template.Context, day: Day) -> dict[str, Any]:
    """Meetings that somebody told of and that the timetable has no more."""
    shown = {stop.key.removeprefix(f"{MEETING}-") for stop in day.stops}
    return _context(context) | {"before": [mine for mine in context["outcomes"] if mine.key not in shown]}


def _context(context: template.Context) -> dict[str, Any]:
    names = ("activity", "participation", "csrf_token", "request")
    return {name: context[name] for name in names if name in context}
