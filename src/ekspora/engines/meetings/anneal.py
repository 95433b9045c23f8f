"""Fewer breaks by annealing over Kempe components: every step exchanges two slots and stays valid.

A step takes a meeting and a slot it may move to, swaps the component and looks only at the people at its ends (whose
set of occupied slots changes). Where that would leave a slot with more meetings than tables, a second component that
brings as many back is sought and both are swapped: in a full event there is hardly another way. Cost: breaks, then the
squares of personal breaks (so that nobody bears them alone); breaks above a hard fairness limit and moves away from a
previous timetable cost so much that they come first. The temperature falls geometrically over a fixed number of steps,
so a run that is not cut is the same on every machine (Kirkpatrick et al., 1983; Kempe moves as in timetabling).
The steps themselves are compiled (``walk.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.outcome import Annealed
from ekspora.engines.meetings.substitution import substitute
from ekspora.engines.meetings.walk import keep, walk
from ekspora.engines.meetings.walk_arrays import BREAK, UNFAIR, Event, State, arrays

HOT, COLD = 300.0, 60.0
GLANCE, LEISURE = 20_000, 0.25


def anneal(
    grid: Grid,
    placement: Placement,
    seed: int,
    steps: int,
    bound: int,
    over: Callable[[int], bool],
    spent: Callable[[], float] = lambda: 0.0,
    walks: int = 1,
) -> Annealed:
    """Improve for a number of steps, or until ``bound`` is reached or ``over(breaks)`` (asked now and then).

    ``spent``: which part of the time is used up. A walk that would not end in time cools faster; others do not.
    ``walks``: as many side by side, from different chances; the best counts. The compiled steps let threads run.
    """
    if not placement:
        return Annealed(placement, 0)
    event, first, requests = arrays(grid, placement, seed)
    states = [first, *(arrays(grid, placement, seed + n)[1] for n in range(1, walks))]
    best, done = first, 0
    with ThreadPoolExecutor(walks) as threads:
        while done < steps:
            share = max(done / steps, (spent() - LEISURE) / (1 - LEISURE))
            go = partial(_go, event, min(GLANCE, steps - done), HOT * (COLD / HOT) ** share)
            list(threads.map(go, states))
            done += GLANCE
            best = min(states, key=lambda state: float(state.costs[1]))
            breaks = int(best.totals[1])
            if over(breaks) or (breaks <= bound and _fair(grid, best)):
                break
    found = {r: int(s) for r, s in zip(requests, best.best, strict=True) if s >= 0}
    return Annealed(found, int(best.totals[1]))


def _go(event: Event, steps: int, temperature: float, state: State) -> None:
    walk(event, state, steps, temperature)
    if len(event.spare):
        substitute(event, state, steps, temperature)
    keep(state)


def _fair(grid: Grid, state: State) -> bool:
    """Whether nobody exceeds the hard limit in the best timetable (as its price tells)."""
    return grid.fairness is None or bool(state.costs[1] < UNFAIR + BREAK * state.totals[1])
