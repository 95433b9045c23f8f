"""Messages between places and rules, held against exact answers."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import solve
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.grid import FREE, Grid, compile_grid
from ekspora.engines.meetings.messages import lp_bound, most_weight
from tests.engines.meetings.exhaustive import truth
from tests.engines.meetings.test_board import faults
from tests.engines.meetings.worlds import tiny


def _found(grid: Grid, seed: int, bound: int) -> dict[int, int] | None:
    return most_weight(lambda news: None, grid, None, bound, seed).placement


def _keeps_every_rule(grid: Grid, placement: dict[int, int]) -> bool:
    return faults(grid, [placement.get(r, FREE) for r in range(grid.requests)]) == []


@pytest.mark.parametrize("seed", range(60))
def test_tiny_events_of_every_kind_get_a_valid_timetable_hardly_below_the_best(seed: int) -> None:
    instance = dataclasses.replace(tiny(seed), fairness=None)
    best = truth(instance)
    if best is None:
        return
    grid = compile_grid(instance)
    placement = _found(grid, seed, best.weight)
    if placement is None:
        assert any(grid.required)
        return
    assert _keeps_every_rule(grid, placement)
    assert best.weight - 1 <= weight_of(grid, placement) <= best.weight


@pytest.mark.parametrize("seed", range(3))
def test_one_slot_is_an_assignment_and_solved_exactly(seed: int) -> None:
    grid = compile_grid(event(40, 40, slots=1, tables=40, requests=300, unavailable=0.0, seed=seed))
    exact = lp_bound(lambda news: None, grid, sum(grid.weight)).bound  # the LP of an assignment is whole
    placement = _found(grid, seed, exact)
    assert placement is not None
    assert weight_of(grid, placement) == exact


@pytest.mark.parametrize("tables", [10, 6])  # 6: more people than tables, so slots are rules of many places
@pytest.mark.parametrize("seed", range(2))
def test_what_is_found_is_near_the_proven_optimum(seed: int, tables: int) -> None:
    instance = event(12, 10, slots=6, tables=tables, requests=70, unavailable=0.5, seed=seed)
    grid = compile_grid(instance)
    best = solve(instance, time_limit=60)
    assert best.proven.weight
    news: list[Any] = []
    ended = most_weight(news.append, grid, None, best.weight, seed)
    assert ended.placement is not None
    assert _keeps_every_rule(grid, ended.placement)
    assert 0.98 * best.weight <= weight_of(grid, ended.placement) <= best.weight
    assert best.weight <= lp_bound(news.append, grid, sum(grid.weight)).bound
    weights = [weight_of(grid, found) for _kind, found in news]
    assert weights == sorted(weights)
    assert weights[-1] == weight_of(grid, ended.placement)
    assert ended == most_weight(news.append, grid, None, best.weight, seed)


def test_required_requests_come_first() -> None:
    instance = event(12, 10, slots=4, tables=6, requests=70, unavailable=0.4, seed=3)
    possible = compile_grid(instance).allowed
    light = [n for n, r in enumerate(instance.requests) if r.weight == 1 and possible[n]][:8:2]
    required = tuple(dataclasses.replace(r, required=n in light) for n, r in enumerate(instance.requests))
    grid = compile_grid(dataclasses.replace(instance, requests=required))
    placement = _found(grid, 0, sum(grid.weight))
    assert placement is not None
    assert set(light) <= placement.keys()
    assert not set(light) <= (_found(compile_grid(instance), 0, sum(grid.weight)) or {}).keys()
    assert _keeps_every_rule(grid, placement)
