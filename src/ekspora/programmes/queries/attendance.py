"""Who is there: how many, and what the list at the door says of each."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ekspora.core import clock
from ekspora.programmes.models import Activity, AttendanceMark, Participation
from ekspora.programmes.queries.participations import WHO, in_protocol_order
from ekspora.ui import formats

Answer = Participation.Answer
Came = Participation.Came


@dataclass(frozen=True, slots=True)
class Presence:
    """What the list says of somebody: ``state`` is ``in``, ``left`` or empty, ``tone`` that of the chip."""

    state: str = ""
    tone: str = ""
    words: str = ""


def attendance(activity: Activity) -> dict[str, int]:
    """How many were invited (told, or walked in), accepted, ever came, and are there now. One query."""
    came = Q(came_at__isnull=False)
    return activity.participations.aggregate(
        invited=Count("pk", filter=~Q(answer=Answer.PLANNED)),
        accepted=Count("pk", filter=Q(answer=Answer.ACCEPTED)),
        came=Count("pk", filter=came),
        there=Count("pk", filter=came & Q(left_at__isnull=True)),
    )


def is_on(activity: Activity) -> bool:
    """Whether today is a day of the activity, at its place."""
    return activity.starts_on <= clock.today(activity.zone) <= activity.ends_on


def at_the_door(activity: Activity) -> list[Participation]:
    """Those expected, guests first and by protocol; after them everybody else of the lists."""
    rows = in_protocol_order(activity.participations.select_related(*WHO))
    return sorted(rows, key=lambda row: (row.answer != Answer.ACCEPTED, row.side != Participation.Side.GUEST))


def presence(row: Participation) -> Presence:
    """State and words of one person, in the active language."""
    if row.came_at is None:
        return Presence()
    if row.left_at is not None:
        return Presence("left", "muted", _("left %(time)s") % {"time": _clock(row, row.left_at)})
    words = {
        Came.CAME: _("came %(time)s"),
        Came.LATE: _("late %(time)s"),
        Came.SUBSTITUTE: _("substitute %(time)s"),
    }[Came(row.came)]
    tone = "warn" if row.came == Came.LATE else "ok"
    return Presence("in", tone, words % {"time": _clock(row, row.came_at)})


def presences(activity: Activity) -> dict[int, Presence]:
    """The presence of everybody who was checked in. Whoever is not in it is not there. One query."""
    rows = Participation.objects.filter(activity=activity, came_at__isnull=False)
    return {row.pk: presence(row) for row in rows.select_related("activity")}


def marks_of(row: Participation) -> list[AttendanceMark]:
    """Who checked them in, and when; in the order in which the marks arrived."""
    return list(row.marks.select_related("marked_by"))


def _clock(row: Participation, moment: datetime) -> str:
    return formats.clock(formats.in_zone(moment, row.activity.zone))
