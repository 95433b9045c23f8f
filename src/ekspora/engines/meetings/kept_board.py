"""A board that also keeps pools and rests, at every moment: no move breaks them, so nothing is repaired afterwards.

Same moves as :class:`Board`; a component whose exchange would overfill a pool or take somebody's pause is no move.
O(size of the component × pools, windows of the people at its ends).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import FREE, Grid, bits
from ekspora.engines.meetings.rests import kept

TRIES = 200


def board_of(grid: Grid, placement: Placement | None = None) -> Board:
    """The board for a grid: a plain one where there are neither pools nor rests."""
    return KeptBoard(grid, placement) if grid.pools or grid.rests else Board(grid, placement)


class KeptBoard(Board):
    """See the module. ``inside[p][s]``: the requests of pool p that meet in slot s."""

    __slots__ = ("inside", "pools", "windows")

    def __init__(self, grid: Grid, placement: Placement | None = None) -> None:
        self.inside: list[list[set[int]]] = [[set() for _ in range(grid.slots)] for _ in grid.pools]
        self.pools: list[tuple[int, ...]] = [()] * grid.requests
        for p, pool in enumerate(grid.pools):
            for r in pool.requests:
                self.pools[r] += (p,)
        self.windows = {rest.person: rest.windows for rest in grid.rests}
        super().__init__(grid, placement)

    def put(self, r: int, s: int) -> None:
        """As in :class:`Board`."""
        super().put(r, s)
        for p in self.pools[r]:
            self.inside[p][s].add(r)

    def take(self, r: int) -> int:
        """As in :class:`Board`."""
        s = super().take(r)
        for p in self.pools[r]:
            self.inside[p][s].discard(r)
        return s

    def open_slots(self, r: int) -> int:
        """As in :class:`Board`, less the slots that these rules close."""
        mask = super().open_slots(r)
        for s in bits(mask) if self.pools[r] or self._resting(r) else ():
            if not self._room(r, s) or not self._rested(r, s):
                mask ^= 1 << s
        return mask

    def fits(self, r: int, s: int) -> bool:
        """As in :class:`Board`, with these rules."""
        return super().fits(r, s) and self._room(r, s) and self._rested(r, s)

    def component(self, start: Iterable[int], one: int, two: int) -> dict[int, int] | None:
        """As in :class:`Board`; ``None`` also where the exchange would break these rules."""
        moved = super().component(start, one, two)
        if moved is None or not self._pools_hold(moved, one, two) or not self._pauses_hold(moved, one, two):
            return None
        return moved

    def in_the_way(self, r: int, s: int, out: set[int], worth: Sequence[int]) -> set[int]:
        """The cheapest meetings that must go as well."""
        more: set[int] = set()
        for p in self.pools[r]:
            here = self.inside[p][s] - out - more
            excess = len(here) + 1 - self.grid.pools[p].room[s]
            more |= set(sorted(here, key=lambda q: (worth[q], q))[: max(excess, 0)])
        for u in self._resting(r):
            more |= self._tired(u, s, out | more, worth)
        return more

    def exchanges(self, r: int) -> Iterator[tuple[int, dict[int, int]]]:
        """Slots that only a pool closes, with components that take one of its meetings elsewhere."""
        for s, q, t in itertools.islice(self._ways_out(r), TRIES) if self.pools[r] else ():
            moved = self.component([q], s, t)
            if moved is not None and self.frees(moved, r, s):
                yield s, moved

    def _ways_out(self, r: int) -> Iterator[tuple[int, int, int]]:
        """A slot with a full pool of this request, a meeting of that pool, another slot for it."""
        for s in bits(super().open_slots(r)):
            for p in self.pools[r]:
                if not self._has_room(p, s):
                    for q in sorted(self.inside[p][s]):
                        for t in bits(self.grid.allowed[q] & self.open & ~(1 << s)):
                            yield s, q, t

    def _resting(self, r: int) -> list[int]:
        return [u for u in self.grid.uses[r][:2] if u in self.windows] if self.windows else []

    def _room(self, r: int, s: int) -> bool:
        return all(self._has_room(p, s) for p in self.pools[r])

    def _has_room(self, p: int, s: int, more: int = 1) -> bool:
        return len(self.inside[p][s]) + more <= self.grid.pools[p].room[s]

    def _rested(self, r: int, s: int) -> bool:
        return all(kept(self.day(u) | 1 << s, self.windows[u]) for u in self._resting(r))

    def _tired(self, u: int, s: int, out: set[int], worth: Sequence[int]) -> set[int]:
        """Meetings of one person that leave so that every window around ``s`` has a free slot again.

        Held ones are among them only where there are no others.
        """
        at, more = self.at[u], set[int]()
        for window in self.windows[u]:
            others = [at[t] for t in bits(window & ~(1 << s))]
            if window >> s & 1 and not any(q == FREE or q in out or q in more for q in others):
                free = [q for q in others if q not in self.grid.held]
                more |= {min(free, key=lambda q: (worth[q], q))} if free else set(others)
        return more

    def _pools_hold(self, moved: Mapping[int, int], one: int, two: int) -> bool:
        change: Counter[int] = Counter()
        for r, s in moved.items():
            for p in self.pools[r]:
                change[p] += 1 if s == two else -1
        for p, by in change.items():
            s, grown = (two, by) if by > 0 else (one, -by)
            if grown and not self._has_room(p, s, grown):
                return False
        return True

    def _pauses_hold(self, moved: Mapping[int, int], one: int, two: int) -> bool:
        if not self.windows:
            return True
        times: Counter[int] = Counter()
        for r in moved:
            times.update(self._resting(r))
        flip = 1 << one | 1 << two
        return all(kept(self.day(u) ^ flip, self.windows[u]) for u, n in times.items() if n == 1)
