"""A first draft of the minutes from the agenda and the figures: facts in order, words are the officer's.

It is in Indonesian, the language of the office that keeps it.
"""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from ekspora.programmes import wording
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.results.figures import Counted
from ekspora.results.queries.reports import Contents
from ekspora.ui import formats

LANGUAGE = "id"


def proposal(activity: Activity, agenda: Sequence[AgendaItem], contents: Contents) -> str:
    """Plain text in paragraphs; "…" stands where only people know what to write."""
    with translation.override(LANGUAGE):
        parts = [
            _opening(activity),
            _course(activity, agenda),
            _people(contents),
            _outcome(contents),
            _follow_up(contents),
        ]
        return "\n\n".join(part for part in parts if part)


def _opening(activity: Activity) -> str:
    place = ", ".join(filter(None, (activity.venue, activity.city)))
    organisers = "; ".join(
        f"{row.agency_name} ({row.get_role_display()})" for row in activity.organiser_rows.all()
    )
    text = _("On %(days)s, “%(activity)s” took place at %(place)s. Organisers: %(organisers)s.")
    return text % {
        "days": wording.days(activity), "activity": activity, "place": place, "organisers": organisers,
    }  # fmt: skip


def _course(activity: Activity, agenda: Sequence[AgendaItem]) -> str:
    if not agenda:
        return ""
    lines = [
        f"{formats.clock(item.starts_at.astimezone(activity.tz))} {item}"
        + (f" ({item.place})" if item.place else "")
        + ": …"
        for item in agenda
    ]
    return "\n".join([_("Course of the day:"), *lines])


def _people(contents: Contents) -> str:
    sides = []
    for side in contents.sides:
        values = {figure.code.partition(".")[2]: figure.value for figure in side.figures}
        text = _("%(side)s: %(invited)s invited, %(accepted)s accepted, %(came)s came.")
        sides.append(text % {**values, "side": side.label})
    return "\n".join([_("Attendance:"), *sides])


def _outcome(contents: Contents) -> str:
    shown = [figure for figure in contents.meetings if figure.code in _SHOWN]
    interests = [figure for figure in contents.interests if figure.value]
    lines = [_list(shown)]
    if interests:
        lines.append(_("Interest by product group:") + " " + _list(interests) + ".")
    return "\n".join([_("Meetings:") + " " + lines[0] + ".", *lines[1:]])


_SHOWN = ("meetings.planned", "meetings.held", "meetings.not_held", "meetings.possible", "meetings.exchanged")


def _list(figures: Sequence[Counted]) -> str:
    return ", ".join(f"{figure.label} {figure.value}" for figure in figures)


def _follow_up(contents: Contents) -> str:
    promised = [f"{line.kind} {sum(state.value for state in line.states)}" for line in contents.promises]
    lines = [_("Promised:") + " " + ", ".join(promised) + "."] if promised else []
    return "\n".join([*lines, _("Questions raised and decisions: …")])
