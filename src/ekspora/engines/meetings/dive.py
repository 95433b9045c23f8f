"""Large events that the flow's set does not fit: the LP relaxation decides slot by slot.

*Dive*: the relaxation is solved, the slot it has decided most clearly gets a matching of greatest reduced profit and
share in the LP, and the rest is relaxed again; a slot alone is a bipartite matching, so only requests wanted in several
slots make the LP fractional, ever less so. *Again*: half of the slots are emptied and dived anew (large neighbourhood
search, Shaw, 1998), in between slots are matched anew one by one (``rematch.py``). Each works on a fixed number of
steps. The LP is by far the dearest part: a second for 50,000 places, a quarter of that for a half.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.outcome import Ended, Report
from ekspora.engines.meetings.relaxation import Relaxed, relax
from ekspora.engines.meetings.rematch import SCALE, Slots, applies, rematch

LARGEST = 200_000
NEAR, LEAN = 0.17, 0.3
POLISH, WARM = 200, 0.05
QUICK, ALONE, HOT = 60, 1_000, 0.5
AGAIN = 30


def most_weight(report: Report, grid: Grid, start: Placement, bound: int, seed: int) -> Ended:
    """A timetable of great weight and a bound near that of the LP; a stage of its own (see ``stages.py``)."""
    relaxed = relax(grid, large=True, near=NEAR) if _places(grid) <= LARGEST else None
    if relaxed is not None:
        bound = min(bound, relaxed.bound)
        report(("bound", bound))
    best = start
    if applies(grid):
        slots = Slots(grid)
        best = _search(report, grid, slots, start, relaxed, seed)
    return Ended("feasible", best, bound)


def _places(grid: Grid) -> int:
    return sum(mask.bit_count() for mask in grid.allowed)


def _search(
    report: Report, grid: Grid, slots: Slots, start: Placement, relaxed: Relaxed | None, seed: int
) -> Placement:
    best = start

    def heard(found: Placement) -> Placement:
        if weight_of(grid, found) > weight_of(grid, best):
            report(("placement", found))
        return max(best, found, key=lambda p: weight_of(grid, p))

    prices = np.zeros(grid.requests) if relaxed is None else np.array(relaxed.price) * SCALE
    best = heard(rematch(slots, best, prices, ALONE if relaxed is None else QUICK, HOT, seed))
    if relaxed is None:
        return best
    narrow = replace(grid, allowed=relaxed.allowed)
    best = heard(dive(narrow, slots, range(grid.slots)))
    best = heard(rematch(slots, best, prices, POLISH, WARM, seed))
    draw = random.Random(seed)  # noqa: S311
    for _ in range(AGAIN if grid.slots > 1 else 0):
        some = draw.sample(range(grid.slots), (grid.slots + 1) // 2)
        again = _dive_again(narrow, slots, best, some)
        if weight_of(grid, again) >= weight_of(grid, best):
            heard(again)
            best = again
    return heard(rematch(slots, best, prices, POLISH, WARM, seed))


def _dive_again(grid: Grid, slots: Slots, best: Placement, some: list[int]) -> Placement:
    kept = {r: s for r, s in best.items() if s not in some}
    mask = sum(1 << s for s in some)
    left = tuple(0 if r in kept else allowed & mask for r, allowed in enumerate(grid.allowed))
    return kept | dive(replace(grid, allowed=left), slots, some)


def dive(grid: Grid, slots: Slots, todo: Iterable[int]) -> Placement:
    """Decide these slots one after the other, each request in one of its allowed slots or in none."""
    found: Placement = {}
    allowed, left = list(grid.allowed), set(todo)
    while left:
        relaxed = relax(replace(grid, allowed=tuple(allowed)), large=True)
        if relaxed is None:
            return found
        clear = dict.fromkeys(sorted(left), 0.0)
        for (_, s), share in relaxed.share.items():
            clear[s] += share * share
        s = max(clear, key=lambda t: clear[t])
        left.remove(s)
        for r in _decide(slots, relaxed, allowed, s):
            found[r] = s
            allowed[r] = 0
        allowed = [mask & ~(1 << s) for mask in allowed]
    return found


def _decide(slots: Slots, relaxed: Relaxed, allowed: list[int], s: int) -> list[int]:
    """The meetings of a slot: profit beyond what a request would bring elsewhere, leaning towards the LP's choice."""
    among = np.array([r for r, mask in enumerate(allowed) if mask >> s & 1], dtype=np.int64)
    if not len(among):
        return []
    top = int(slots.weight.max())
    price = np.array([relaxed.price[r] for r in among])
    share = np.array([relaxed.share.get((r, s), 0.0) for r in among])
    value = SCALE * (slots.weight[among] - price + LEAN * top * share)
    taken, _ = slots.match(s, among, np.maximum(value.astype(np.int64), 1))
    return [int(r) for r in taken]
