"""Giving meetings up for the sake of fairness."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import solve, verify
from ekspora.engines.meetings.figures import breaks_of, imbalance_of
from ekspora.engines.meetings.giving_up import made_fair
from ekspora.engines.meetings.grid import compile_grid
from tests.engines.meetings import exhaustive
from tests.engines.meetings.key_worlds import keyed


@pytest.mark.parametrize("seed", range(2000, 2060))
def test_what_is_made_fair_is_a_timetable_with_all_that_is_required(seed: int) -> None:
    instance = dataclasses.replace(keyed(seed), fairness=None)
    grid = compile_grid(instance)
    timetables = list(exhaustive.valid(instance, None, None))
    possible = [sorted(t.items()) for t in timetables]
    number = {r.id: n for n, r in enumerate(instance.requests)}
    for timetable in timetables[:: max(len(timetables) // 50, 1)]:
        fair = made_fair(grid, {number[i]: s - 1 for i, s in timetable.items()}, 0)
        if fair is None:
            assert any(r.required for r in instance.requests)
        else:
            assert sorted((instance.requests[r].id, s + 1) for r, s in fair.items()) in possible
            assert imbalance_of(breaks_of(grid, fair)) == 0


def test_nothing_is_given_up_where_it_is_fair_already() -> None:
    instance = dataclasses.replace(event(12, 9, slots=6, tables=5, requests=60, seed=1), fairness=1)
    met = solve(instance, time_limit=60)
    number = {r.id: n for n, r in enumerate(instance.requests)}
    placement = {number[m.request]: m.slot - 1 for m in met.meetings}
    assert (met.status, met.breaks) == ("optimal", 3)
    assert made_fair(compile_grid(instance), placement, 1) == placement


def test_an_event_that_cannot_be_fair_at_its_best_is_fair_all_the_same() -> None:
    instance = dataclasses.replace(event(40, 22, slots=12, tables=20, requests=528, seed=1), fairness=1)
    result = solve(instance, time_limit=6)
    assert verify(instance, result) == []
    assert result.status == "feasible"
    assert result.weight_bound is not None
    assert result.weight > 0.95 * result.weight_bound
