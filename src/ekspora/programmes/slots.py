"""Meeting slots follow from the agenda. Pure functions: no database, no clock.

A meeting block is filled from its beginning with meetings of ``slot_minutes`` and ``pause_minutes`` between
them, as many as fit. Whatever takes a whole side away while the block runs (a visit of all guests, a break
for everybody) cuts it: meetings stop before it and begin afresh after it. What binds named people only leaves
the slots as they are and makes those people unavailable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

NOON = time(12)
MEETINGS = "meetings"
NAMED = "named"
# Who may miss a meeting because of a part of the agenda, by its audience.
_BOUND = {"all": ("maker", "guest"), "guests": ("guest",), "makers": ("maker",), NAMED: ()}


class Plan(Protocol):
    """What slots need to know of an activity: lengths in minutes."""

    @property
    def slot_minutes(self) -> int: ...
    @property
    def pause_minutes(self) -> int: ...


class Part(Protocol):
    """One part of the agenda; ``attendee_ids`` are ids of participations."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def attendee_ids(self) -> frozenset[int]: ...


class Attendance(Protocol):
    """What availability needs to know of a participation; times are empty for the whole activity."""

    @property
    def pk(self) -> int: ...
    @property
    def side(self) -> str: ...
    @property
    def arrives_at(self) -> datetime | None: ...
    @property
    def leaves_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """One time for meetings; ``block`` is the id of the agenda item it lies in."""

    number: int
    starts_at: datetime
    ends_at: datetime
    block: int


def cuts(part: Part) -> bool:
    """Whether no meeting can take place meanwhile, because a whole side is elsewhere."""
    return part.kind != MEETINGS and part.audience != NAMED


def slots_of(plan: Plan, agenda: Iterable[Part]) -> list[Slot]:
    """The slots of all meeting blocks in order of time, numbered from 1; they never overlap.

    Where two blocks overlap, the earlier one counts and the later one gives slots after it.
    """
    parts = sorted(agenda, key=lambda part: (part.starts_at, part.pk))
    taken = [(part.starts_at, part.ends_at) for part in parts if cuts(part)]
    found: list[tuple[datetime, datetime, int]] = []
    for block in (part for part in parts if part.kind == MEETINGS):
        for start, end in _free(block.starts_at, block.ends_at, taken):
            found += [(*span, block.pk) for span in _filled(plan, start, end)]
        taken.append((block.starts_at, block.ends_at))
    return [Slot(number, *span) for number, span in enumerate(sorted(found), start=1)]


def _free(
    start: datetime, end: datetime, taken: Sequence[tuple[datetime, datetime]]
) -> Iterator[tuple[datetime, datetime]]:
    for begin, stop in sorted(taken):
        if stop <= start or begin >= end:
            continue
        if begin > start:
            yield start, begin
        start = stop
    if start < end:
        yield start, end


def _filled(plan: Plan, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    length, pause = timedelta(minutes=plan.slot_minutes), timedelta(minutes=plan.pause_minutes)
    while start + length <= end:
        yield start, start + length
        start += length + pause


def unavailable(who: Attendance, slots: Iterable[Slot], agenda: Iterable[Part]) -> frozenset[int]:
    """Numbers of the slots that somebody misses: away, on a visit, at a presentation, or not there yet."""
    binding = [
        (part.starts_at, part.ends_at)
        for part in agenda
        if part.kind != MEETINGS and (who.side in _BOUND[part.audience] or who.pk in part.attendee_ids)
    ]

    def misses(slot: Slot) -> bool:
        late = who.arrives_at is not None and who.arrives_at > slot.starts_at
        early = who.leaves_at is not None and who.leaves_at < slot.ends_at
        return late or early or any(a < slot.ends_at and b > slot.starts_at for a, b in binding)

    return frozenset(slot.number for slot in slots if misses(slot))


def morning_slots(slots: Sequence[Slot], zone: ZoneInfo) -> int:
    """How many slots start before noon in ``zone`` on the day of the first slot: numbers 1 to it are morning.

    The morning of a second day does not count: "morning" asks for the beginning of the programme.
    """
    if not slots:
        return 0
    day = slots[0].starts_at.astimezone(zone).date()
    local = (slot.starts_at.astimezone(zone) for slot in slots)
    return sum(start.date() == day and start.time() < NOON for start in local)


def capacity(slots: Sequence[Slot], tables: int) -> int:
    """The most meetings that fit: one at each table in each slot."""
    return len(slots) * tables
