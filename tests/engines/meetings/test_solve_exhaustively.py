"""The engine against all timetables of tiny events: every figure, every proof, every "infeasible"."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import Instance, Progress, Result, solve, verify
from tests.engines.meetings import exhaustive
from tests.engines.meetings.worlds import published, tiny


def check(instance: Instance, previous: Result | None = None, now: int | None = None) -> Result:
    """Solve and hold everything the result says against the truth."""
    result = solve(instance, time_limit=30, previous=previous, now=now, workers=2)
    best = exhaustive.truth(instance, previous, now)
    assert verify(instance, result, previous, now) == []
    if best is None:
        assert result.status == "infeasible"
        assert result.conflict is not None
        assert result.conflict.text["id"] != ""
        return result
    assert result.status == "optimal"
    met = {m.request for m in result.meetings}
    moved = best.moved if previous else 0
    breaks, imbalance = exhaustive.fewest_breaks(instance, met, moved, previous, now)
    assert (result.weight, result.moved or 0, result.breaks) == (best.weight, moved, breaks)
    assert (result.weight_bound, result.moved_bound or 0, result.breaks_bound) == (best.weight, moved, breaks)
    if instance.fairness is None:
        assert exhaustive.imbalance(instance, {m.request: m.slot for m in result.meetings}) == imbalance
    return result


@pytest.mark.parametrize("seed", range(40))
def test_tiny_events_are_solved_as_if_all_timetables_had_been_tried(seed: int) -> None:
    check(tiny(seed))


@pytest.mark.parametrize("seed", range(100, 116))
def test_replanning_moves_no_more_than_it_must(seed: int) -> None:
    instance = dataclasses.replace(tiny(seed), fairness=None)
    single = tuple(dataclasses.replace(p, table=None) for p in instance.participants)
    instance = dataclasses.replace(
        instance,
        tables=tuple(dataclasses.replace(t, unavailable=frozenset()) for t in instance.tables)[:1],
        participants=single,
    )
    first = solve(instance, time_limit=30)
    if first.status == "optimal":
        check(*published(seed, instance, {m.request: m.slot for m in first.meetings}))


@pytest.mark.parametrize("seed", [33, 212, 243, 492, 578])
def test_hard_fairness_changes_what_is_best(seed: int) -> None:
    instance = tiny(seed)
    fair, free = exhaustive.truth(instance), exhaustive.truth(dataclasses.replace(instance, fairness=None))
    assert free is not None
    assert fair is None or fair.weight < free.weight
    check(instance)


def test_the_caller_can_stop_and_keep_the_best() -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> bool:
        seen.append(progress)
        return progress.stage != "breaks"

    instance = event(40, 22, slots=12, tables=20, requests=528, seed=0)
    result = solve(instance, time_limit=300, on_progress=stop)
    assert result.status == "feasible"
    assert result.seconds < 200
    assert verify(instance, result) == []
    assert {p.stage for p in seen} >= {"conflicts", "weight", "breaks"}


def test_the_same_seed_gives_the_same_figures() -> None:
    instance = event(12, 9, slots=6, tables=5, requests=60, seed=1)
    first, second = (solve(instance, time_limit=120, seed=7, workers=workers) for workers in (1, 3))
    assert first.status == second.status == "optimal"
    assert (first.weight, first.breaks) == (second.weight, second.breaks)
    assert {m.request for m in first.meetings} == {m.request for m in second.meetings}
