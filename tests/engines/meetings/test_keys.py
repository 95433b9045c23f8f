"""Interpreters, delegations, pauses: the engine against all timetables of tiny events, and what it says of them."""

from __future__ import annotations

import dataclasses
import random

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings import Delegation, Result, explain, parse_instance, solve, verify, weight_bound
from ekspora.engines.meetings.anneal import anneal
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.relaxation import relax
from ekspora.engines.meetings.selection import select
from ekspora.engines.meetings.tables import seat
from ekspora.engines.meetings.watch import Watch
from tests.engines.meetings import exhaustive
from tests.engines.meetings.key_worlds import keyed
from tests.engines.meetings.test_solve_exhaustively import check
from tests.engines.meetings.worlds import published


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_tiny_events_are_solved_as_if_all_timetables_had_been_tried(seed: int) -> None:
    check(keyed(seed, required=0.2))


@pytest.mark.parametrize("seed", range(1100, 1120))
def test_required_meetings_are_refused_only_where_no_timetable_holds_them(seed: int) -> None:
    check(keyed(seed, required=1.0))


@pytest.mark.parametrize("seed", range(1200, 1216))
def test_replanning_keeps_the_keys_for_what_is_still_to_come(seed: int) -> None:
    instance = dataclasses.replace(keyed(seed, required=0.0), fairness=None)
    first = solve(dataclasses.replace(instance, interpreters={"fr": 9, "xx": 9}), time_limit=30)
    if first.status == "optimal":
        changed, _, now = published(seed, instance, {m.request: m.slot for m in first.meetings})
        check(changed, first, now)


@pytest.mark.parametrize("seed", range(1300, 1360))
def test_no_bound_is_below_the_truth(seed: int) -> None:
    instance = keyed(seed, required=0.0)
    best = exhaustive.truth(instance)
    assert best is not None
    grid = compile_grid(instance)
    relaxed = relax(grid)
    assert weight_bound(instance) >= best.weight
    assert relaxed is not None
    assert relaxed.bound >= best.weight


@pytest.mark.parametrize("seed", range(1400, 1410))
def test_what_is_written_can_be_read_back(seed: int) -> None:
    instance = keyed(seed)
    assert parse_instance(instance.to_json()) == instance


@pytest.mark.parametrize("seed", range(3))
def test_large_events_keep_the_keys_without_exact_means(seed: int) -> None:
    draw = random.Random(seed)
    instance = event(60, 30, slots=10, tables=24, requests=700, seed=seed)
    guests = [p.id for p in instance.participants if p.side == "guest"]
    speaks = {guest: draw.choice([None, "ar", "fr"]) for guest in guests}
    instance = dataclasses.replace(
        instance,
        requests=tuple(dataclasses.replace(r, interpreter=speaks[r.b]) for r in instance.requests),
        interpreters={"ar": 4, "fr": 3},
        delegations=(Delegation("D", tuple(guests[:6]), ("1", "2", "3", "4")),),
        participants=tuple(
            dataclasses.replace(p, pause_after=draw.choice([None, 2, 3])) for p in instance.participants
        ),
        pauses=frozenset({5}),
    )
    grid = compile_grid(instance)
    chosen = best_by_flow(grid)
    assert chosen is not None
    selected = select(grid, chosen, seed, Watch(Deadline(60), None), 100).placement
    assert selected is not None
    better = anneal(grid, selected, seed, 200_000, 0, lambda breaks: False)
    weight = weight_of(grid, better.placement)
    assert weight == weight_of(grid, selected)
    assert 0.97 * chosen.bound <= weight <= chosen.bound
    meetings = seat(instance, grid, better.placement, None)
    found = Result("feasible", meetings, weight=weight, weight_bound=chosen.bound, breaks=better.breaks)
    assert verify(instance, dataclasses.replace(found, unscheduled=explain(instance, found))) == []
