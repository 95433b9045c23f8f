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
from ekspora.engines.meetings.grid import Grid, bits

Placement = dict[int, int]


@dataclass(slots=True)
class Encoding:
    """Literals of one model: ``x[r][s]``, and the break literals of each person."""

    x: dict[int, dict[int, int]] = field(default_factory=dict)
    occupied: dict[int, list[int]] = field(default_factory=dict)
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
    for person, own in enumerate(by_person):
        for s in range(grid.slots):
            sink.at_most_one([code.x[r][s] for r in own if s in code.x[r]])
    for s, capacity in enumerate(grid.capacity):
        sink.at_most([row[s] for row in code.x.values() if s in row], capacity)
    if not fixed:
        for person, most in enumerate(grid.most):
            own = by_person[person]
            if len(own) > most:
                sink.at_most([x for r in own for x in code.x[r].values()], most)
    _order(sink, grid, code)
    return code


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

    A break makes its literal true; only ``exact`` also makes a true literal mean a break (needed to count from below).
    """
    for person, own in enumerate(grid.by_person(sorted(code.x))[: grid.people]):
        if len(own) > 1:
            code.begins[person] = _breaks(sink, grid, code, person, own, fixed, exact)


def _breaks(
    sink: Sink, grid: Grid, code: Encoding, person: int, own: list[int], fixed: bool, exact: bool
) -> list[int]:
    reach = 0
    for r in own:
        for s in code.x[r]:
            reach |= 1 << s
    occupied = {s: sink.new() for s in bits(reach)}
    code.occupied[person] = list(occupied.values())
    for s, y in occupied.items():
        sink.exactly_one([-y, *(code.x[r][s] for r in own if s in code.x[r])])
    if fixed:
        sink.exactly(list(occupied.values()), len(own))
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


def _prefix(sink: Sink, started: int, y: int) -> int:
    if not started:
        return y
    now = sink.new()
    sink.clause([-started, now])
    sink.clause([-y, now])
    sink.clause([-now, started, y])
    return now
