"""Bounds and the choice for events too large for exact means, held against exact answers on small ones."""

from __future__ import annotations

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import solve, weight_bound
from ekspora.engines.meetings.bounds import fewest_breaks_alone
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.relaxation import relax
from ekspora.engines.meetings.rematch import Slots, applies, price, rematch
from tests.engines.meetings.exhaustive import truth
from tests.engines.meetings.worlds import tiny


@pytest.mark.parametrize("seed", range(60))
def test_no_bound_is_below_the_truth(seed: int) -> None:
    instance = tiny(seed)
    best = truth(instance)
    if best is None:
        return
    grid = compile_grid(instance)
    chosen, relaxed = best_by_flow(grid), relax(grid)
    assert chosen is not None
    assert chosen.bound == weight_bound(instance) >= best.weight
    assert relaxed is not None
    assert relaxed.bound >= best.weight


@pytest.mark.parametrize("seed", range(4))
def test_prices_and_matching_enclose_the_optimum(seed: int) -> None:
    instance = event(12, 10, slots=6, tables=8, requests=70, unavailable=0.5, seed=seed)
    grid = compile_grid(instance)
    assert applies(grid)
    best = solve(instance, time_limit=60)
    assert best.proven.weight
    slots = Slots(grid)
    bound, prices = price(slots, 0, 150, lambda bound: False)
    found = rematch(slots, {}, prices, 60, seed, lambda weight: False)
    weight = sum(grid.weight[r] for r in found)
    assert weight <= best.weight <= bound
    assert bound - weight <= 0.06 * bound
    assert found == rematch(slots, {}, prices, 60, seed, lambda weight: False)


@pytest.mark.parametrize(
    ("mask", "meetings", "breaks"),
    [(0b1111, 4, 0), (0b1011, 3, 1), (0b1011, 2, 0), (0b10101, 3, 2), (0b110111, 4, 1), (0, 0, 0), (1, 1, 0)],
)
def test_breaks_nobody_can_avoid(mask: int, meetings: int, breaks: int) -> None:
    assert fewest_breaks_alone(mask, meetings) == breaks
