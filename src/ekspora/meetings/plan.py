"""A timetable in the hands of an officer: where each meeting is, what a change would run into, what follows.

Pure: works on the engine's instance, no database. A plan never breaks a hard rule (one place for everybody,
open tables, availability, fixed slots, personal maxima); two rules may be broken knowingly (see ``judging.binding``):
a required request that is missing, and the limit on differences in idle gaps.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ekspora.engines.meetings import Instance, Participant, Request
from ekspora.meetings.hall import Hall, Tally

ClashCode = Literal[
    "no_slot", "away", "meets", "table_taken", "table_closed", "stays", "fixed", "session", "order", "most",
    "locked", "past", "interpreter", "delegation", "reserved", "pause",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A slot (from 1) and the table."""

    slot: int
    table: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a meeting cannot be at a place. ``who`` is a participant, ``other`` the request in the way.

    ``what``: the language of the interpreter, or the delegation.
    """

    code: ClashCode
    who: str = ""
    other: str = ""
    what: str = ""


@dataclass(frozen=True)
class Plan:
    """Meetings at their places on an instance, and which of them are locked.

    ``now``: the first slot that has not begun; nothing moves into earlier ones.
    """

    instance: Instance
    at: Mapping[str, Place]
    locked: frozenset[str] = frozenset()
    now: int = 1

    @cached_property
    def requests(self) -> dict[str, Request]:
        """Requests by id."""
        return {r.id: r for r in self.instance.requests}

    @cached_property
    def people(self) -> dict[str, Participant]:
        """Participants by id."""
        return {p.id: p for p in self.instance.participants}

    @cached_property
    def seats(self) -> dict[tuple[str, int], str]:
        """(participant, slot) → the request that keeps them busy."""
        found = {}
        for key, place in self.at.items():
            request = self.requests[key]
            found[request.a, place.slot] = found[request.b, place.slot] = key
        return found

    @cached_property
    def tables(self) -> dict[tuple[str, int], str]:
        """(table, slot) → the request that takes place there."""
        return {(place.table, place.slot): key for key, place in self.at.items()}

    @cached_property
    def days(self) -> dict[str, list[int]]:
        """Slots of each participant's meetings, ascending."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for person, slot in sorted(self.seats):
            found[person].append(slot)
        return dict(found)

    @cached_property
    def closed(self) -> dict[str, frozenset[int]]:
        """Slots in which a table cannot be used, by table."""
        return {t.id: t.unavailable for t in self.instance.tables}

    @cached_property
    def free_tables(self) -> dict[int, list[str]]:
        """Open tables at which nobody meets, by slot."""
        return {
            slot: [
                t.id
                for t in self.instance.tables
                if slot not in t.unavailable and (t.id, slot) not in self.tables
            ]
            for slot in range(1, self.instance.slots + 1)
        }

    @cached_property
    def later(self) -> dict[str, list[str]]:
        """The requests that must come after each."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for r in self.instance.requests:
            for earlier in r.after:
                found[earlier].append(r.id)
        return dict(found)

    @cached_property
    def hall(self) -> Hall:
        """Interpreters, delegations and pauses."""
        return Hall.of(self.instance)

    @cached_property
    def tally(self) -> Tally:
        """What of these the meetings use."""
        tally = Tally(self.hall)
        for key, place in self.at.items():
            tally.add(self.requests[key], place.slot)
        return tally

    @property
    def weight(self) -> int:
        """Total weight of the meetings."""
        return sum(self.requests[key].weight for key in self.at)

    @property
    def breaks(self) -> int:
        """Idle gaps of all participants."""
        return sum(gaps(slots) for slots in self.days.values())

    @property
    def missing(self) -> list[str]:
        """Required requests that do not take place."""
        return [r.id for r in self.instance.requests if r.required and r.id not in self.at]


def gaps(slots: Iterable[int]) -> int:
    """Groups of idle slots between consecutive meetings of one person."""
    ordered = sorted(slots)
    return sum(later > earlier + 1 for earlier, later in itertools.pairwise(ordered))


def clashes(plan: Plan, key: str, place: Place, leaving: frozenset[str] = frozenset()) -> list[Clash]:
    """Everything that stands against a request being at a place; ``leaving`` meetings are thought away.

    The request's own present place never stands in its way. O(slots + requests that must come after).
    """
    request, slot = plan.requests[key], place.slot
    if not 1 <= slot <= plan.instance.slots:
        return [Clash("no_slot")]
    leaving |= {key}
    found = [Clash("locked")] if key in plan.locked and plan.at.get(key) != place else []
    found += [Clash("past")] if slot < plan.now else []
    for who in (request.a, request.b):
        person = plan.people[who]
        other = plan.seats.get((who, slot), key)
        found += [Clash("away", who)] if slot in person.unavailable else []
        found += [] if other in leaving else [Clash("meets", who, other)]
        found += [Clash("stays", who)] if person.table not in (None, place.table) else []
        met = len(plan.days.get(who, ())) - sum(who in pair_of(plan, k) for k in leaving if k in plan.at)
        if person.max_meetings is not None and met >= person.max_meetings:
            found.append(Clash("most", who))
    other = plan.tables.get((place.table, slot), key)
    found += [] if other in leaving else [Clash("table_taken", other=other)]
    found += [Clash("table_closed")] if slot in plan.closed.get(place.table, {slot}) else []
    found += [Clash("fixed")] if request.slot not in (None, slot) else []
    found += [] if _in_session(plan.instance, request, slot) else [Clash("session")]
    rules = [*plan.hall.at_table(request, place.table), *plan.tally.against(request, slot, leaving)]
    return found + _order(plan, request, slot) + [Clash(r.code, r.who, what=r.what) for r in rules]


def pair_of(plan: Plan, key: str) -> tuple[str, str]:
    """The two participants of a request."""
    return plan.requests[key].a, plan.requests[key].b


def _in_session(instance: Instance, request: Request, slot: int) -> bool:
    morning = instance.slots if instance.morning_slots is None else instance.morning_slots
    return request.session == "any" or (request.session == "morning") == (slot <= morning)


def _order(plan: Plan, request: Request, slot: int) -> list[Clash]:
    wrong = [e for e in request.after if e in plan.at and plan.at[e].slot >= slot]
    wrong += [r for r in plan.later.get(request.id, ()) if r in plan.at and plan.at[r].slot <= slot]
    return [Clash("order", other=other) for other in wrong]


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """What one slot offers a request: tables without clash, else what is in the way at the best ``table``."""

    slot: int
    tables: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    table: str = ""


def choices(plan: Plan, key: str) -> list[SlotChoice]:
    """What each slot offers a request, in order of time. O(slots × tables)."""
    return [_choice(plan, key, slot) for slot in range(1, plan.instance.slots + 1)]


def _choice(plan: Plan, key: str, slot: int) -> SlotChoice:
    found = [(table, tuple(clashes(plan, key, Place(slot, table)))) for table in _tables_for(plan, key)]
    free = tuple(table for table, against in found if not against)
    if free or not found:
        return SlotChoice(slot, free)
    table, against = min(found, key=lambda row: len(row[1]))
    return SlotChoice(slot, (), against, table)


def _tables_for(plan: Plan, key: str) -> list[str]:
    """Its present table first, then tables at which nobody stays; only the right one for people who stay."""
    staying = {p.table for p in plan.instance.participants if p.table is not None}
    own = {plan.people[who].table for who in pair_of(plan, key)} - {None}
    theirs = plan.hall.tables_for(plan.requests[key])
    present = plan.at[key].table if key in plan.at else None
    tables = [
        t.id for t in plan.instance.tables if (not own or t.id in own) and (not theirs or t.id in theirs)
    ]
    return sorted(tables, key=lambda table: (table != present, table in staying))


def has_room(plan: Plan, key: str) -> bool:
    """Whether an unscheduled request could be put in without moving anything. O(slots)."""
    own = sorted({plan.people[who].table for who in pair_of(plan, key)} - {None}, key=str)
    theirs = plan.hall.tables_for(plan.requests[key])
    for slot in range(plan.now, plan.instance.slots + 1):
        free = [t for t in plan.free_tables[slot] if theirs is None or t in theirs]
        table = own[0] if own else next(iter(free), None)
        if table is not None and not clashes(plan, key, Place(slot, table)):
            return True
    return False


def put(plan: Plan, key: str, place: Place) -> Plan:
    """The plan with a request at a place; the caller has looked at :func:`clashes`."""
    return replace(plan, at={**plan.at, key: place})


def without(plan: Plan, keys: Iterable[str]) -> Plan:
    """The plan without some meetings."""
    gone = frozenset(keys)
    return replace(plan, at={k: p for k, p in plan.at.items() if k not in gone}, locked=plan.locked - gone)


def swap_clashes(plan: Plan, one: str, two: str) -> list[Clash]:
    """What stands against two meetings exchanging their places."""
    both = frozenset({one, two})
    return clashes(plan, one, plan.at[two], both) + clashes(plan, two, plan.at[one], both)


def swapped(plan: Plan, one: str, two: str) -> Plan:
    """The plan with two meetings at each other's place."""
    return replace(plan, at={**plan.at, one: plan.at[two], two: plan.at[one]})


def in_the_way(found: Iterable[Clash]) -> str | None:
    """The one meeting that alone is in the way, so that exchanging places may help."""
    found = list(found)
    others = {clash.other for clash in found}
    alone = len(others) == 1 and all(clash.code in ("meets", "table_taken") for clash in found)
    return others.pop() if alone else None
