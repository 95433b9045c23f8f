"""Fewer breaks by annealing over Kempe components: every step exchanges two slots and stays valid.

A step takes a meeting and a slot it may move to, swaps the component and looks only at the people at its ends (whose
set of occupied slots changes). Where that would leave a slot with more meetings than tables, a second component that
brings as many back is sought and both are swapped: in a full event there is hardly another way. Cost: breaks, then the
squares of personal breaks (so that nobody bears them alone); breaks above a hard fairness limit and moves away from a
previous timetable cost so much that they come first. The temperature falls geometrically over a fixed number of steps,
so a run that is not cut is the same on every machine (Kirkpatrick et al., 1983; Kempe moves as in timetabling).
O(component) per step.
"""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_in, moves_of
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.kept_board import board_of

BREAK, UNFAIR, MOVE = 1_000, 10_000_000, 1_000_000
HOT, COLD = 500.0, 60.0
DIRECTED, PARTNERS = 0.7, 40
GLANCE, LEISURE = 256, 0.25


@dataclass(frozen=True, slots=True)
class Annealed:
    """The best placement found and its breaks."""

    placement: Placement
    breaks: int


def anneal(
    grid: Grid,
    placement: Placement,
    seed: int,
    steps: int,
    bound: int,
    over: Callable[[int], bool],
    spent: Callable[[], float] = lambda: 0.0,
) -> Annealed:
    """Improve for a number of steps, or until ``bound`` is reached or ``over(breaks)`` (asked now and then).

    ``spent``: which part of the time is used up. A walk that would not end in time cools faster; others do not.
    """
    walk = _Walk(grid, placement, random.Random(seed))  # noqa: S311
    temperature = HOT
    for step in range(steps):
        if step % GLANCE == 0:
            done = max(step / steps, (spent() - LEISURE) / (1 - LEISURE))
            temperature = HOT * (COLD / HOT) ** done
            if walk.breaks <= bound:
                walk.keep()
            if over(walk.best_breaks) or (walk.best_breaks <= bound and walk.best_fair):
                break
        walk.step(temperature)
    walk.keep()
    return Annealed(walk.best, walk.best_breaks)


broken = functools.lru_cache(maxsize=1 << 18)(breaks_in)


class _Walk:
    """The current timetable and the best one so far."""

    def __init__(self, grid: Grid, placement: Placement, draw: random.Random) -> None:
        self.grid = grid
        self.board = board_of(grid, placement)
        self.draw = draw
        self.random = draw.random
        self.meetings = sorted(placement)
        everything = (1 << grid.slots) - 1
        self.mask = [everything & ~free for free in self.board.free[: grid.people]]
        self.price = [_price(n, grid.fairness) for n in range(grid.slots)]
        self.breaks = sum(breaks_in(m) for m in self.mask)
        self.cost = sum(self.price[breaks_in(m)] for m in self.mask) + MOVE * moves_of(grid, placement)
        self.best, self.best_breaks, self.best_cost = dict(placement), self.breaks, self.cost
        self.busy = [u for u, m in enumerate(self.mask) if m]
        self.targets = {r: grid.slots_of(r) for r in self.meetings}

    @property
    def best_fair(self) -> bool:
        """Whether no one exceeds the hard limit in the best timetable (as its price tells)."""
        return self.grid.fairness is None or self.best_cost < UNFAIR + BREAK * self.best_breaks

    def step(self, temperature: float) -> None:
        """One proposal, taken or not."""
        board = self.board
        r, two = self._toward() if self.random() < DIRECTED else self._anywhere()
        one = board.slot[r]
        if two == one:
            return
        moved = board.component((r,), one, two)
        if moved is None:
            return
        grown = board.shift(moved, two)
        fuller, freed = (two, one) if grown > 0 else (one, two)
        full = grown and board.count[fuller] + abs(grown) > board.capacity[fuller]
        if full and not self._bring_back(moved, fuller, freed, abs(grown)):
            return
        ends = self._ends(moved)
        flip = 1 << one | 1 << two
        change, breaks = 0, 0
        for u in ends:
            old, new = broken(self.mask[u]), broken(self.mask[u] ^ flip)
            change += self.price[new] - self.price[old]
            breaks += new - old
        if self.grid.before:
            change += MOVE * self._more_moves(moved)
        if change > 0 and self.random() >= math.exp(-change / temperature):
            return
        if change > 0 and self.cost < self.best_cost:
            self.keep()
        board.swap(moved)
        for u in ends:
            self.mask[u] ^= flip
        self.cost += change
        self.breaks += breaks

    def _bring_back(self, moved: dict[int, int], fuller: int, freed: int, by: int) -> bool:
        """Add a component to those moved so that neither slot grows; whether one was found in a few tries."""
        board = self.board
        for _ in range(PARTNERS):
            r = board.at[self.busy[int(self.random() * len(self.busy))]][fuller]
            if r >= 0 and r not in moved:
                other = board.component((r,), fuller, freed)
                if other is not None and board.shift(other, freed) == by:
                    moved.update(other)
                    return True
        return False

    def keep(self) -> None:
        """Remember the current timetable if it is the best; called just before it gets worse, and now and then."""
        if self.cost < self.best_cost:
            slot = self.board.slot
            self.best = {r: slot[r] for r in self.meetings}
            self.best_breaks, self.best_cost = self.breaks, self.cost

    def _anywhere(self) -> tuple[int, int]:
        """Any meeting and any slot it may have."""
        r = self.meetings[int(self.random() * len(self.meetings))]
        options = self.targets[r]
        return r, options[int(self.random() * len(options))]

    def _toward(self) -> tuple[int, int]:
        """Somebody's first or last meeting, into a gap of that day or, where there is none, to its other end."""
        u = self.busy[int(self.random() * len(self.busy))]
        mask = self.mask[u]
        first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
        gaps = ~mask & (1 << last) - (1 << first)
        if gaps:
            s = first if self.random() < 0.5 else last
            t = self._one_of(gaps)
        elif self.random() < 0.5:
            s, t = first, min(last + 1, self.grid.slots - 1)
        else:
            s, t = last, max(first - 1, 0)
        return self.board.at[u][s], t

    def _one_of(self, mask: int) -> int:
        for _ in range(int(self.random() * mask.bit_count())):
            mask &= mask - 1
        return (mask & -mask).bit_length() - 1

    def _ends(self, moved: dict[int, int]) -> set[int]:
        """People with just one meeting in the component: only their days change."""
        ends: set[int] = set()
        uses = self.grid.uses
        for r in moved:
            for u in uses[r][:2]:
                if u in ends:
                    ends.remove(u)
                else:
                    ends.add(u)
        return ends

    def _more_moves(self, moved: dict[int, int]) -> int:
        before, slot = self.grid.before, self.board.slot
        return sum((before[r] != s) - (before[r] != slot[r]) for r, s in moved.items() if r in before)


def _price(breaks: int, fairness: int | None) -> int:
    unfair = 0 if fairness is None else max(0, breaks - fairness)
    return BREAK * breaks + breaks * breaks + UNFAIR * unfair
