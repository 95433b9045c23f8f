"""The floor on the day: what runs now and next at which table, who is missing, when the next bell rings.

All from the published timetable and the marks of the door, at the server's time; a constant number of queries.
Nothing confidential is in it: no wishes, no phone numbers, no reasons.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.models import AccessLink
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.agendas import published_version, title_of
from ekspora.meetings.queries.delays import late_today
from ekspora.meetings.queries.people import people_of
from ekspora.meetings.queries.versions import slots_of_version
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.slots import Slot
from ekspora.ui import formats

# So long before the first meeting of a block the board sends people to their tables.
CALL_BEFORE = timedelta(minutes=15)
BELLS_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of a meeting: whom to call out, and whether they were checked in and have not left."""

    name: str
    detail: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One meeting as the floor sees it."""

    table: str
    slot: int
    starts_at: datetime
    ends_at: datetime
    seats: tuple[Seat, Seat]

    @property
    def missing(self) -> list[Seat]:
        """Who of the two is not there."""
        return [seat for seat in self.seats if not seat.is_there]


@dataclass(frozen=True, slots=True)
class TableNow:
    """A table: its meeting of this slot, the next one whenever it is, and all that follow."""

    table: str
    now: Pair | None
    next: Pair | None
    later: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Bell:
    """When a bell rings and what for."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A table that cannot begin: who is missing and for how many minutes; 0 before the meeting begins."""

    table: str
    name: str
    detail: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor at one moment. ``heading`` says in a few words what is going on, ``behind`` is in minutes."""

    activity: Activity
    moment: datetime
    heading: str
    calling: bool
    slot: Slot | None
    coming: Slot | None
    slots: int
    tables: tuple[TableNow, ...]
    bells: tuple[Bell, ...]
    waiting: tuple[Waiting, ...]
    begun: int
    meetings: int
    behind: int

    @property
    def late(self) -> list[Waiting]:
        """Meetings that should have begun a minute ago or more."""
        return [one for one in self.waiting if one.minutes > 0]


def floor_of(activity: Activity) -> Floor | None:
    """The floor now; None while no timetable is published."""
    version = published_version(activity)
    if version is None:
        return None
    moment, slots, agenda = now(), slots_of_version(version), programmes.agenda(activity)
    slot = next((s for s in slots if s.starts_at <= moment < s.ends_at), None)
    coming = next((s for s in slots if s.starts_at > moment), None)
    pairs = _pairs(activity, version)
    calling = slot is None and coming is not None and coming.starts_at - moment <= CALL_BEFORE
    shown = slot or (coming if calling else None)
    return Floor(
        activity, moment, _heading(activity, moment, slots, slot, coming, calling, agenda), calling, slot, coming,
        len(slots), _tables(activity, pairs, moment, slot), tuple(_bells(slots, agenda, moment)),
        tuple(_waiting(pairs, shown, moment)), sum(p.starts_at <= moment for p in pairs), len(pairs),
        late_today(activity),
    )  # fmt: skip


def boards_of(activity: Activity) -> QuerySet[AccessLink]:
    """The open addresses of the activity's board."""
    return AccessLink.objects.filter(
        kind=AccessLink.Kind.BOARD, scope=activity.scope, revoked_at__isnull=True, expires_at__gt=now()
    )


def _pairs(activity: Activity, version: TimetableVersion) -> list[Pair]:
    people, there = people_of(activity), _there(activity)
    seats = {
        int(pk): Seat(who.name, who.detail, there is None or int(pk) in there) for pk, who in people.items()
    }
    rows = version.meetings.values_list("table", "slot", "starts_at", "ends_at", "maker_id", "guest_id")
    return [
        Pair(table, slot, starts_at, ends_at, (seats[maker], seats[guest]))
        for table, slot, starts_at, ends_at, maker, guest in rows
    ]


def _there(activity: Activity) -> frozenset[int] | None:
    """Who is there; None while nobody was checked in, since then nothing is known and nobody is missing."""
    rows = activity.participations.filter(came_at__isnull=False).values_list("pk", "left_at")
    return frozenset(pk for pk, left in rows if left is None) if rows else None


def _tables(
    activity: Activity, pairs: Sequence[Pair], moment: datetime, slot: Slot | None
) -> tuple[TableNow, ...]:
    at: dict[str, list[Pair]] = {str(n): [] for n in range(1, activity.tables + 1)}
    for pair in pairs:
        at.setdefault(pair.table, []).append(pair)
    found = []
    for name, own in sorted(at.items(), key=lambda row: (len(row[0]), row[0])):
        present = next((pair for pair in own if slot is not None and pair.slot == slot.number), None)
        later = tuple(pair for pair in own if pair.starts_at > moment)
        found.append(TableNow(name, present, later[0] if later else None, later))
    return tuple(found)


def _waiting(pairs: Iterable[Pair], shown: Slot | None, moment: datetime) -> Iterable[Waiting]:
    """The tables of the slot that runs or is called, without those that have everybody."""
    ordered = sorted(pairs, key=lambda pair: (len(pair.table), pair.table))
    for pair in ordered:
        if shown is None or pair.slot != shown.number:
            continue
        minutes = max(0, int((moment - pair.starts_at).total_seconds() // 60))
        for seat in pair.missing:
            yield Waiting(pair.table, seat.name, seat.detail, minutes)


def _bells(slots: Iterable[Slot], agenda: Iterable[AgendaItem], moment: datetime) -> list[Bell]:
    """The bells to ring within a day, in order. Where one part ends as another begins, the beginning is told."""
    bells: dict[datetime, str] = {}
    for slot in slots:
        bells[slot.ends_at] = _("until the meetings change")
    for item in agenda:
        if item.kind != AgendaItem.Kind.MEETINGS:
            bells[item.starts_at] = _("until: %(what)s") % {"what": title_of(item)}
    for slot in slots:
        bells[slot.starts_at] = _("until the meetings begin")
    return [Bell(at, words) for at, words in sorted(bells.items()) if moment < at <= moment + BELLS_WITHIN]


def _heading(
    activity: Activity, moment: datetime, slots: Sequence[Slot], slot: Slot | None, coming: Slot | None,
    calling: bool, agenda: Iterable[AgendaItem],
) -> str:  # fmt: skip
    if slot is not None:
        return _("Meeting %(number)s of %(all)s") % {"number": slot.number, "all": len(slots)}
    if calling:
        return _("Please go to your table")
    running = [item for item in agenda if item.starts_at <= moment < item.ends_at]
    item = next((item for item in running if item.kind != AgendaItem.Kind.MEETINGS), None)
    if item is not None:
        return title_of(item)
    if coming is None:
        return _("The meetings are over")
    begins = formats.in_zone(coming.starts_at, activity.zone)
    if coming.starts_at.astimezone(activity.tz).date() != moment.astimezone(activity.tz).date():
        return _("The next meetings begin on %(moment)s") % {"moment": formats.moment(begins)}
    return _("The next meetings begin at %(time)s") % {"time": formats.clock(begins)}
