"""Pools and rests as they stand in exact models: clauses for CP-SAT and MaxSAT, rows for the linear relaxation.

A pool limits the places of its requests in each slot; a rest keeps one slot of every window free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ekspora.engines.kernel.clauses import Sink
from ekspora.engines.meetings.grid import Grid

Key = tuple[str, int, int]


def encode_keys(sink: Sink, grid: Grid, x: Mapping[int, Mapping[int, int]]) -> None:
    """Add both to a model with the literals ``x[request][slot]``. O(places)."""
    for pool in grid.pools:
        own = sorted(pool.requests & x.keys())
        for s, room in enumerate(pool.room):
            sink.at_most([x[r][s] for r in own if s in x[r]], room)
    if grid.rests:
        by_person = grid.by_person(sorted(x))
        for rest in grid.rests:
            _encode_rest(sink, grid, x, by_person[rest.person], rest.windows)


def _encode_rest(
    sink: Sink, grid: Grid, x: Mapping[int, Mapping[int, int]], own: list[int], windows: tuple[int, ...]
) -> None:
    """A literal for every slot in which somebody meets, not all of a window."""
    slots = sorted({s for r in own for s in x[r]})
    met = {s: sink.new() for s in slots}
    for r in own:
        for s, literal in x[r].items():
            sink.clause([-literal, met[s]])
    for window in windows:
        inside = [s for s in range(grid.slots) if window >> s & 1]
        if all(s in met for s in inside):
            sink.clause([-met[s] for s in inside])


class Rows:
    """The rules "at most so many of these" under which a place stands: rows of the linear relaxation.

    A request meets once, a seat (person or shared table in a slot) holds one, a slot has its tables, a person a
    maximum; pools and rests. ``after`` is left out.
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._rests = {rest.person: rest for rest in grid.rests}
        self._limited = frozenset(u for u, most in enumerate(grid.most) if most < grid.slots)

    def of(self, r: int, s: int) -> Iterator[tuple[Key, int]]:
        """Key and limit of each rule for the place of request ``r`` in slot ``s``."""
        grid = self._grid
        yield ("request", r, 0), 1
        yield ("slot", s, 0), grid.capacity[s]
        for u in grid.uses[r]:
            yield ("seat", u, s), 1
            if u in self._limited:
                yield ("person", u, 0), grid.most[u]
        for p, pool in enumerate(grid.pools):
            if r in pool.requests:
                yield ("pool", p, s), pool.room[s]
        if self._rests:
            yield from self._pauses(r, s)

    def _pauses(self, r: int, s: int) -> Iterator[tuple[Key, int]]:
        for u in self._grid.uses[r][:2]:
            rest = self._rests.get(u)
            for k, window in enumerate(rest.windows if rest else ()):
                if window >> s & 1:
                    yield ("rest", u, k), rest.after if rest else 0
