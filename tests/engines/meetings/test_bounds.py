"""Bounds and the choice for events too large for exact means, held against exact answers on small ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import solve, weight_bound
from ekspora.engines.meetings.bounds import fewest_breaks_alone
from ekspora.engines.meetings.dive import most_weight
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import FREE, compile_grid
from ekspora.engines.meetings.relaxation import relax
from ekspora.engines.meetings.rematch import Slots, applies, rematch
from tests.engines.meetings.exhaustive import truth
from tests.engines.meetings.test_board import faults
from tests.engines.meetings.worlds import tiny


@pytest.mark.parametrize("seed", range(60))
def test_no_bound_is_below_the_truth(seed: int) -> None:
    instance = tiny(seed)
    best = truth(instance)
    if best is None:
        return
    grid = compile_grid(instance)
    chosen = best_by_flow(grid)
    assert chosen is not None
    assert chosen.bound == weight_bound(instance) >= best.weight
    for large in (False, True):
        relaxed = relax(grid, large)
        assert relaxed is not None
        assert relaxed.bound >= best.weight


@pytest.mark.parametrize("seed", range(2))
def test_the_lp_decided_slot_by_slot_encloses_the_optimum(seed: int) -> None:
    instance = event(12, 10, slots=6, tables=8, requests=70, unavailable=0.5, seed=seed)
    grid = compile_grid(instance)
    assert applies(grid)
    best = solve(instance, time_limit=60)
    assert best.proven.weight
    news: list[tuple[str, Any]] = []
    ended = most_weight(news.append, grid, {}, sum(grid.weight), seed)
    assert ended.placement is not None
    weight = weight_of(grid, ended.placement)
    assert faults(grid, [ended.placement.get(r, FREE) for r in range(grid.requests)]) == []
    assert 0.98 * ended.bound <= weight <= best.weight <= ended.bound
    weights = [weight_of(grid, found) for kind, found in news if kind == "placement"]
    assert weights == sorted(weights)
    assert weights[-1] == weight
    assert ended == most_weight(news.append, grid, {}, sum(grid.weight), seed)


def test_matching_slots_anew_is_never_worse() -> None:
    grid = compile_grid(event(12, 10, slots=6, tables=8, requests=70, unavailable=0.5, seed=9))
    slots, weight = Slots(grid), 0
    found: dict[int, int] = {}
    for sweeps in (1, 3, 30):
        found = rematch(slots, found, np.zeros(grid.requests), sweeps, 0.5, 1)
        assert faults(grid, [found.get(r, FREE) for r in range(grid.requests)]) == []
        assert weight_of(grid, found) >= weight
        weight = weight_of(grid, found)


@pytest.mark.parametrize(
    ("mask", "meetings", "breaks"),
    [(0b1111, 4, 0), (0b1011, 3, 1), (0b1011, 2, 0), (0b10101, 3, 2), (0b110111, 4, 1), (0, 0, 0), (1, 1, 0)],
)
def test_breaks_nobody_can_avoid(mask: int, meetings: int, breaks: int) -> None:
    assert fewest_breaks_alone(mask, meetings) == breaks
