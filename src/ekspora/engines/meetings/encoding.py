"""The timetable as literals, written once for CP-SAT and MaxSAT.

``x[r, s]``: request r meets in slot s. A resource has at most one meeting per slot, a slot at most ``capacity``.
``after`` is one at-most-one per slot: not both the later request by slot s and the earlier one from s on.
A *break* of a person begins where an occupied slot follows an idle one although the person has started: literals
``occupied``, ``started`` (a prefix) and ``begins`` (Bofill et al., JAIR 74, 2022, give the idea and the implied
counts). Size: O(requests × slots + people × slots).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from ekspora.engines.kernel.clauses import Sink
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.keys import encode_keys

Placement = dict[int, int]


@dataclass(slots=True)
class Encoding:
    """Literals of one model: ``x[r][s]``, and the break literals of each person."""

    x: dict[int, dict[int, int]] = field(default_factory=dict)
    occupied: dict[int, dict[int, int]] = field(default_factory=dict)
    begins: dict[int, list[int]] = field(default_factory=dict)

    def placement(self, true: Collection[int]) -> Placement:
        """The slot of each request that takes place."""
        return {r: s for r, row in self.x.items() for s, literal in row.items() if literal in true}


def encode(sink: Sink, grid: Grid, requests: Collection[int], fixed: bool) -> Encoding:
    """Who may sit where. ``fixed``: all these requests take place; otherwise only the required ones must."""
    code = Encoding()
    for r in requests:
        code.x[r] = {s: sink.new() for s in grid.slots_of(r)}
        literals = list(code.x[r].values())
        if fixed or grid.required[r]:
            sink.exactly_one(literals)
        else:
            sink.at_most_one(literals)
    by_person = grid.by_person(sorted(requests))
    for own in by_person:
        for s in range(grid.slots):
            sink.at_most_one([code.x[r][s] for r in own if s in code.x[r]])
    if not fixed:
        for person, most in enumerate(grid.most):
            own = by_person[person]
            if len(own) > most:
                sink.at_most([x for r in own for x in code.x[r].values()], most)
    _order(sink, grid, code)
    encode_keys(sink, grid, code.x)
    return code


def limit_tables(sink: Sink, grid: Grid, code: Encoding) -> None:
    """No slot has more meetings than tables."""
    for s, capacity in enumerate(grid.capacity):
        sink.at_most([row[s] for row in code.x.values() if s in row], capacity)


def _order(sink: Sink, grid: Grid, code: Encoding) -> None:
    for earlier, later in grid.order:
        if earlier in code.x and later in code.x:
            for s in range(grid.slots):
                sink.at_most_one(
                    [x for t, x in code.x[later].items() if t <= s]
                    + [x for t, x in code.x[earlier].items() if t >= s]
                )


def encode_breaks(sink: Sink, grid: Grid, code: Encoding, fixed: bool, exact: bool = False) -> None:
    """Add the break literals of every person who could have one. ``fixed``: all requests of ``code`` take place.

    A break makes its literal true; only ``exact`` also makes a true literal mean a break (to count from below).
    """
    for person, own in enumerate(grid.by_person(sorted(code.x))[: grid.people]):
        if len(own) == 1:
            code.occupied[person] = code.x[own[0]]
        elif own:
            code.occupied[person] = _occupied(sink, code, own, fixed)
            code.begins[person] = _begins(sink, grid, code.occupied[person], exact)
            if fixed:
                _window(sink, code.occupied[person], code.begins[person], len(own))


def _occupied(sink: Sink, code: Encoding, own: list[int], fixed: bool) -> dict[int, int]:
    occupied = {s: sink.new() for s in sorted({s for r in own for s in code.x[r]})}
    for s, y in occupied.items():
        sink.exactly_one([-y, *(code.x[r][s] for r in own if s in code.x[r])])
    if fixed:
        sink.exactly(list(occupied.values()), len(own))
    return occupied


def _begins(sink: Sink, grid: Grid, occupied: dict[int, int], exact: bool) -> list[int]:
    started, begins = 0, []
    for s in range(grid.slots):
        y = occupied.get(s, 0)
        if y and started:
            because = [y, started] + ([-occupied[s - 1]] if s - 1 in occupied else [])
            begins.append(sink.new())
            sink.clause([*(-c for c in because), begins[-1]])
            if exact:
                for cause in because:
                    sink.clause([-begins[-1], cause])
        if y:
            started = _prefix(sink, started, y)
    return begins


def _window(sink: Sink, occupied: dict[int, int], begins: list[int], meetings: int) -> None:
    """Who has n meetings and two of them n slots apart has a break (implied, seen at once by propagation)."""
    broken = sink.new()
    sink.clause([-broken, *begins])
    for early, y in occupied.items():
        for late, z in occupied.items():
            if late - early >= meetings:
                sink.clause([-y, -z, broken])


def _prefix(sink: Sink, started: int, y: int) -> int:
    if not started:
        return y
    now = sink.new()
    sink.clause([-started, now])
    sink.clause([-y, now])
    sink.clause([-now, started, y])
    return now


def count_people(sink: Sink, grid: Grid, code: Encoding) -> None:
    """The limit of tables in terms of people, for a fixed set: an even number of them meets in every slot.

    None may stay too empty either, as all requests take place. Stronger than :func:`limit_tables` because it ties
    everybody's days together, and what makes most proofs short (the "implied constraints" of Bofill et al.).
    """
    usable = {s for row in code.x.values() for s in row}
    room = {s: min(grid.capacity[s], len(code.x)) for s in usable}
    for s in sorted(usable):
        least = max(0, len(code.x) - (sum(room.values()) - room[s]))
        sink.even([day[s] for day in code.occupied.values() if s in day], 2 * least, 2 * room[s])


def moves(grid: Grid, code: Encoding) -> dict[int, int]:
    """The literals that each mean one move."""
    return {
        x: 1 for r, row in code.x.items() if r in grid.before for s, x in row.items() if s != grid.before[r]
    }


def limit_moves(sink: Sink, grid: Grid, code: Encoding, most: int | None) -> None:
    """No more moves than given (``None``: any number)."""
    if most is not None:
        sink.at_most(list(moves(grid, code)), most)


def most_begins(sink: Sink, grid: Grid, code: Encoding) -> None:
    """Nobody has more breaks than hard fairness allows beside a person without any."""
    if grid.fairness is not None:
        for begins in code.begins.values():
            sink.at_most(begins, grid.fairness)
