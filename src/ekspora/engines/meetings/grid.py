"""The instance in numbers: what every solver works on.

People, requests and slots are indices from 0; a set of slots is a bit mask. A request *uses* resources that serve
one meeting per slot: its two people and, where several people stay at one table, that table. A slot holds at most
``capacity`` meetings, and of some groups of them fewer (``pools``). With these rules every placement can be given
tables (see ``tables.py``), so tables appear nowhere else. ``rests`` are pauses that people asked for. Meetings already
held are requests with one allowed slot. Building is O(people + requests + slots).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ekspora.engines.kernel.problems import BadInput, Problem
from ekspora.engines.meetings.model import Instance, Meeting, Participant, Request, Result
from ekspora.engines.meetings.pools import Pool, apart, closed_by, pools_of
from ekspora.engines.meetings.rests import Rest, rests_of

FREE = -1


@dataclass(frozen=True, slots=True)
class Grid:
    """See the module. ``before`` holds the slot of a previous timetable, ``held`` the requests already over."""

    slots: int
    people: int
    resources: int
    uses: tuple[tuple[int, ...], ...]
    allowed: tuple[int, ...]
    weight: tuple[int, ...]
    required: tuple[bool, ...]
    order: tuple[tuple[int, int], ...]
    capacity: tuple[int, ...]
    most: tuple[int, ...]
    fairness: int | None
    before: dict[int, int]
    held: frozenset[int]
    now: int
    pools: tuple[Pool, ...] = ()
    rests: tuple[Rest, ...] = ()

    @property
    def requests(self) -> int:
        """Number of requests."""
        return len(self.uses)

    def slots_of(self, request: int) -> list[int]:
        """Allowed slots of a request, ascending."""
        return bits(self.allowed[request])

    def reach(self, requests: Iterable[int]) -> int:
        """Mask of the slots in which any of these may take place."""
        mask = 0
        for r in requests:
            mask |= self.allowed[r]
        return mask

    def by_person(self, requests: Sequence[int] | None = None) -> list[list[int]]:
        """For each resource the requests (all, or those given) that use it."""
        found: list[list[int]] = [[] for _ in range(self.resources)]
        for r in range(self.requests) if requests is None else requests:
            for u in self.uses[r]:
                found[u].append(r)
        return found


def bits(mask: int) -> list[int]:
    """Positions of the ones, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def mask_of(slots: Iterable[int]) -> int:
    """Mask of slots numbered from 1."""
    mask = 0
    for slot in slots:
        mask |= 1 << (slot - 1)
    return mask


def compile_grid(instance: Instance, previous: Result | None = None, now: int | None = None) -> Grid:
    """The instance in numbers. Raises :class:`BadInput` when the previous timetable cannot have taken place."""
    start = _start(instance, now)
    number = {r.id: n for n, r in enumerate(instance.requests)}
    person = {p.id: n for n, p in enumerate(instance.participants)}
    before = {number[m.request]: m for m in previous.meetings if m.request in number} if previous else {}
    held = {n: m for n, m in before.items() if m.slot - 1 < start}
    _check_held(instance, held)
    shared = _shared_tables(instance)
    placing = _Placing(instance, start)
    uses, allowed = [], []
    for n, r in enumerate(instance.requests):
        a, b = person[r.a], person[r.b]
        table = placing.table(instance.participants[a], instance.participants[b])
        uses.append((a, b, shared[table]) if table in shared else (a, b))
        allowed.append(1 << (held[n].slot - 1) if n in held else placing.slots(r, a, b, table))
    grid = Grid(
        slots=instance.slots,
        people=len(person),
        resources=len(person) + len(shared),
        uses=tuple(uses),
        allowed=tuple(allowed),
        weight=tuple(r.weight for r in instance.requests),
        required=tuple(r.required or n in held for n, r in enumerate(instance.requests)),
        order=tuple(
            (number[e], n)
            for n, r in enumerate(instance.requests)
            for e in r.after
            if not (n in held and number[e] in held)
        ),
        capacity=_capacity(instance, start),
        most=_most(instance, [uses[n] for n in held]),
        fairness=instance.fairness,
        before={n: m.slot - 1 for n, m in before.items()},
        held=frozenset(held),
        now=start,
    )
    return _with_keys(instance, grid, start)


def _with_keys(instance: Instance, grid: Grid, start: int) -> Grid:
    """The grid with the optional rules of real life: interpreters, delegations, pauses."""
    rests = rests_of(instance, start)
    if not instance.interpreters and not instance.delegations:
        return replace(grid, rests=rests) if rests else grid
    pools, never = pools_of(instance, start), apart(instance)
    closed = closed_by(pools)
    allowed = tuple(
        mask if r in grid.held else 0 if r in never else mask & ~closed.get(r, 0)
        for r, mask in enumerate(grid.allowed)
    )
    return replace(grid, allowed=allowed, pools=pools, rests=rests)


class _Placing:
    """Where a request may go: availability of both people and of the table they stay at, session, fixed slot."""

    def __init__(self, instance: Instance, start: int) -> None:
        everything = (1 << instance.slots) - 1
        morning = instance.slots if instance.morning_slots is None else instance.morning_slots
        early = (1 << morning) - 1
        self.session = {"any": everything, "morning": early, "afternoon": everything & ~early}
        self.future = everything & ~((1 << start) - 1)
        self.free = [everything & ~mask_of(p.unavailable) for p in instance.participants]
        self.open = {t.id: everything & ~mask_of(t.unavailable) for t in instance.tables}
        self.some_table = 0
        for mask in self.open.values():
            self.some_table |= mask

    def table(self, a: Participant, b: Participant) -> str | None:
        """The table at which the two must meet; ``""`` when they stay at different ones; ``None`` for any."""
        if a.table is not None and b.table is not None and a.table != b.table:
            return ""
        return a.table if a.table is not None else b.table

    def slots(self, request: Request, a: int, b: int, table: str | None) -> int:
        if table == "":
            return 0
        at = self.some_table if table is None else self.open[table]
        fixed = self.future if request.slot is None else 1 << (request.slot - 1)
        return self.free[a] & self.free[b] & at & self.session[request.session] & fixed & self.future


def _start(instance: Instance, now: int | None) -> int:
    if now is None:
        return 0
    if not 1 <= now <= instance.slots + 1:
        raise BadInput(
            [Problem("now", f"is {now}", f"Give a slot from 1 to {instance.slots + 1} (all meetings held)")]
        )
    return now - 1


def _check_held(instance: Instance, held: dict[int, Meeting]) -> None:
    problems = []
    seats: Counter[tuple[str, int]] = Counter()
    known = {t.id for t in instance.tables}
    for n, meeting in held.items():
        request = instance.requests[n]
        seats.update(
            [(request.a, meeting.slot), (request.b, meeting.slot), (f"table {meeting.table}", meeting.slot)]
        )
        if meeting.table not in known:
            problems.append(
                Problem(
                    f"previous: meeting {request.id}",
                    f"was held at unknown table {meeting.table}",
                    "Keep that table in the instance",
                )
            )
    problems += [
        Problem(
            "previous", f"{who} has {times} meetings in slot {slot}", "Give the timetable that was published"
        )
        for (who, slot), times in seats.items()
        if times > 1
    ]
    if problems:
        raise BadInput(problems)


def _shared_tables(instance: Instance) -> dict[str | None, int]:
    staying = Counter(p.table for p in instance.participants if p.table is not None)
    several = [t for t, people in staying.items() if people > 1]
    return {t: len(instance.participants) + n for n, t in enumerate(several)}


def _capacity(instance: Instance, start: int) -> tuple[int, ...]:
    """Open tables per slot; in slots that are over there is room for what was held."""
    count = [len(instance.tables)] * instance.slots
    for table in instance.tables:
        for slot in table.unavailable:
            count[slot - 1] -= 1
    return tuple([len(instance.tables)] * start + count[start:])


def _most(instance: Instance, held: list[tuple[int, ...]]) -> tuple[int, ...]:
    done = Counter(u for users in held for u in users)
    return tuple(
        instance.slots if p.max_meetings is None else max(p.max_meetings, done[n])
        for n, p in enumerate(instance.participants)
    )
