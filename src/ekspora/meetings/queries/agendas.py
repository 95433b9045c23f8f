"""Everybody's own day: what they attend and whom they meet, from the published timetable.

Texts are in the active language. Whom somebody did not get to meet, and why, is not told here: that page is the
officers'.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.queries.words import speech_in_words
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, AgendaItem, Participation
from ekspora.ui import formats

MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of somebody's day. ``kind`` is ``meeting`` or the kind of the agenda item."""

    key: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    title: str
    place: str = ""
    text: str = ""
    other: Participation | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Somebody's stops in order of time."""

    participation: Participation
    stops: tuple[Stop, ...]

    @property
    def meetings(self) -> int:
        """How many meetings the day has."""
        return sum(stop.kind == MEETING for stop in self.stops)


def published_version(activity: Activity) -> TimetableVersion | None:
    """The one timetable that counts, or None while none is published."""
    state = TimetableVersion.State.PUBLISHED
    return activity.versions.filter(state=state).defer("instance", "result").first()


def meetings_of(version: TimetableVersion) -> QuerySet[Meeting]:
    """Meetings of a version with both sides loaded, by time and table."""
    sides = [f"{side}__{rest}" for side in ("maker", "guest") for rest in _SIDE]
    return (
        Meeting.objects.filter(version=version)
        .select_related(*sides)
        .prefetch_related("maker__business__products")
        .order_by("slot", "table")
    )


_SIDE = ("business", "person", "substitute", "representative__person", "representative__mission")


def days(activity: Activity, people: Iterable[Participation]) -> list[Day]:
    """The day of each of ``people``, in their order; a constant number of queries.

    Until a timetable is published the blocks of meetings stand in for the meetings: everybody knows when to be there.
    """
    version, people = published_version(activity), list(people)
    agenda = programmes.agenda(activity)
    shown = [item for item in agenda if version is None or item.kind != AgendaItem.Kind.MEETINGS]
    met: dict[int, list[Stop]] = defaultdict(list)
    for meeting in _met_by(version, people) if version else ():
        hall = _hall(agenda, meeting)
        met[meeting.maker_id].append(_meeting(meeting, meeting.guest, hall))
        met[meeting.guest_id].append(_meeting(meeting, meeting.maker, hall))
    return [Day(who, tuple(_ordered(met[who.pk], _attended(shown, who)))) for who in people]


def _met_by(version: TimetableVersion, people: list[Participation]) -> QuerySet[Meeting]:
    """Of one person the own meetings only: in the morning everybody looks at their day at once."""
    meetings = meetings_of(version)
    if len(people) != 1:
        return meetings
    return meetings.filter(Q(maker=people[0]) | Q(guest=people[0]))


def day_of(participation: Participation) -> Day:
    """One person's day."""
    return days(participation.activity, [participation])[0]


def _ordered(*parts: Sequence[Stop]) -> list[Stop]:
    return sorted((stop for part in parts for stop in part), key=lambda stop: (stop.starts_at, stop.ends_at))


def _hall(agenda: Iterable[AgendaItem], meeting: Meeting) -> str:
    """Where the meeting's block takes place, when not all blocks are at one place; tables are numbered anew there."""
    blocks = [item for item in agenda if item.kind == AgendaItem.Kind.MEETINGS]
    if len({block.place for block in blocks}) < 2:
        return ""
    return next((b.place for b in blocks if b.starts_at <= meeting.starts_at < b.ends_at), "")


def _meeting(meeting: Meeting, other: Participation, hall: str) -> Stop:
    table = " · ".join(filter(None, [_("Table %(table)s") % {"table": meeting.table}, hall]))
    key = f"meeting-{meeting.request}"
    text = " · ".join(filter(None, [introduction(other), speech_in_words(meeting.interpreter)]))
    if other.answer != Participation.Answer.ACCEPTED:
        text = _("The organisers are checking this meeting; it may not take place.")
    return Stop(key, meeting.starts_at, meeting.ends_at, MEETING, other.label, table, text, other)


def introduction(who: Participation) -> str:
    """One line on who somebody is: for a guest the person, function and country, for a maker what it makes."""
    if who.representative is not None:
        function = "" if who.substitute is not None else who.representative.function
        country = formats.country(who.representative.mission.country)
        parts = [str(who.attendee or ""), function, country]
    else:
        assert who.business is not None  # by constraint
        english = get_language() == "en"
        goods = [(p.name_en or p.name) if english else p.name for p in who.business.products.all()[:3]]
        parts = [", ".join(goods) or who.business.get_sector_display()]
    return " · ".join(filter(None, parts))


def _attended(agenda: Iterable[AgendaItem], who: Participation) -> list[Stop]:
    everybody = {AgendaItem.Audience.ALL, f"{who.side}s"}
    return [
        Stop(f"agenda-{item.pk}", item.starts_at, item.ends_at, item.kind, title_of(item), item.place)
        for item in agenda
        if (item.audience in everybody or who.pk in item.attendee_ids)
        and not (who.arrives_at and item.ends_at <= who.arrives_at)
        and not (who.leaves_at and item.starts_at >= who.leaves_at)
    ]


def title_of(item: AgendaItem) -> str:
    """The title of a part of the agenda in the active language."""
    return (item.title_en or item.title) if get_language() == "en" else item.title


def name_of(activity: Activity) -> str:
    """The name of the activity in the active language."""
    return (activity.name_en or activity.name) if get_language() == "en" else activity.name


def place_of(activity: Activity) -> str:
    """Venue and city in one line."""
    return ", ".join(filter(None, [activity.venue, activity.city]))
