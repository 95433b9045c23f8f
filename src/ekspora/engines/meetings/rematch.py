"""Large events that the flow set does not fit: choose slot by slot, and bound by prices.

With one price per request for taking it more than once, the slots fall apart: each is a maximum-weight matching, an
assignment solved exactly by min-cost flow. Any prices give a bound (Lagrange); subgradient steps bring it close to the
LP relaxation (Held and Karp, 1971). The timetable is made by the same matchings: a slot at a time is emptied
and matched anew among what is not placed elsewhere, the prices and some noise weighing less and less (annealing).

For events of two sides without ``after``, shared tables, pools and rests. O(sweeps × slots × matching), the number of
sweeps fixed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from ekspora.engines.meetings.bounds import sides
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid

SCALE = 1_000
PATIENCE, SHORTER = 8, 0.7
GUIDED, NOISE = 0.5, 0.5
Numbers = NDArray[np.int64]


def applies(grid: Grid) -> bool:
    """Whether a slot can be matched on its own."""
    plain = (
        not (grid.order or grid.pools or grid.rests)
        and grid.resources == grid.people
        and min(grid.most) >= grid.slots
    )
    return plain and not any(grid.required) and sides(grid) is not None


class Slots:
    """The event as one matching problem per slot."""

    def __init__(self, grid: Grid) -> None:
        side = np.array(sides(grid))
        ends = np.array([u[:2] for u in grid.uses])
        first = side[ends[:, 0]] == 0
        self.left = np.where(first, ends[:, 0], ends[:, 1])
        self.right = np.where(first, ends[:, 1], ends[:, 0])
        self.weight: Numbers = np.array(grid.weight, dtype=np.int64)
        self.possible = [
            np.array([r for r in range(grid.requests) if grid.allowed[r] >> s & 1], dtype=np.int64)
            for s in range(grid.slots)
        ]
        self.capacity = grid.capacity
        self.requests = grid.requests

    def match(self, s: int, among: Numbers, value: Numbers) -> tuple[Numbers, int]:
        """The matching of greatest total value in slot ``s``, and that value; values are positive or ignored."""
        worth = value > 0
        among, value = among[worth], value[worth]
        if not len(among):
            return among, 0
        left, tail = np.unique(self.left[among], return_inverse=True)
        right, head = np.unique(self.right[among], return_inverse=True)
        here, there = len(left), len(right)
        source, sink = here + there, here + there + 1
        most = min(here, there, self.capacity[s])
        flow = SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(
            np.concatenate([tail, np.full(here, source), here + np.arange(there), [source]]),
            np.concatenate([here + head, np.arange(here), np.full(there, sink), [sink]]),
            np.concatenate([np.ones(len(among) + here + there, int), [most]]),
            np.concatenate([-value, np.zeros(here + there + 1, int)]),
        )
        flow.set_nodes_supplies(np.array([source, sink]), np.array([most, -most]))
        if flow.solve() != flow.OPTIMAL:
            raise RuntimeError("a slot has no optimum")
        return among[flow.flows(np.arange(len(among))) > 0], -flow.optimal_cost()


def price(slots: Slots, target: int, steps: int, over: Callable[[int], bool]) -> tuple[int, Numbers]:
    """A proven bound on the weight, and the prices that give it.

    ``target``: weight of a timetable at hand, for the length of the steps. ``over(bound)`` may end it early.
    """
    prices = np.zeros(slots.requests, dtype=np.int64)
    best, kept, length, stalled = int(slots.weight.sum()) * SCALE, prices, 1.0, 0
    for _ in range(steps):
        times, total = np.zeros(slots.requests), int(prices.sum())
        for s, among in enumerate(slots.possible):
            taken, value = slots.match(s, among, slots.weight[among] * SCALE - prices[among])
            times[taken] += 1
            total += value
        if total < best:
            best, kept, stalled = total, prices, 0
        else:
            stalled += 1
            if stalled >= PATIENCE:
                length, stalled, prices = length * SHORTER, 0, kept
        way = times - 1
        way[(prices <= 0) & (way < 0)] = 0
        norm = float((way * way).sum())
        if not norm or over(best // SCALE) or best // SCALE <= target:
            break
        stride = length * (total - target * SCALE) / norm
        prices = np.maximum(0, prices + np.rint(stride * way).astype(np.int64))
    return best // SCALE, kept


def rematch(
    slots: Slots,
    start: Placement,
    prices: Numbers,
    sweeps: int,
    seed: int,
    over: Callable[[int], bool],
) -> Placement:
    """The best timetable met while matching slots anew; at least as good as ``start``."""
    draw = np.random.default_rng(seed)
    slot = np.full(slots.requests, -1, dtype=np.int64)
    for r, s in start.items():
        slot[r] = s
    best, kept = int(slots.weight[slot >= 0].sum()), slot.copy()
    for sweep in range(sweeps):
        cold = min(1.0, 1.1 * sweep / sweeps)
        for s in draw.permutation(len(slots.possible)):
            among = slots.possible[s]
            among = among[(slot[among] < 0) | (slot[among] == s)]
            value = slots.weight[among] * SCALE - (GUIDED * (1 - cold) * prices[among]).astype(np.int64)
            value += draw.integers(0, max(20, int(NOISE * (1 - cold) * SCALE)), len(among))
            taken, _ = slots.match(s, among, np.maximum(value, 1))
            slot[among] = -1
            slot[taken] = s
        weight = int(slots.weight[slot >= 0].sum())
        if weight > best:
            best, kept = weight, slot.copy()
        if over(best):
            break
    return {int(r): int(kept[r]) for r in np.flatnonzero(kept >= 0)}
