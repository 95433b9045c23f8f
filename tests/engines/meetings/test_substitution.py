"""Among sets of one weight the annealing looks for the one with the fewest breaks."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings import Instance, Participant, Request, Table, solve, verify
from ekspora.engines.meetings.anneal import anneal
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_of, weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import FREE, Grid, compile_grid
from ekspora.engines.meetings.selection import select
from ekspora.engines.meetings.walk_arrays import spares
from ekspora.engines.meetings.watch import Watch
from tests.engines.meetings.test_board import faults

# The guest is away at noon: with both of these meetings it has a break that the third request spares it.
NOON = Instance(
    slots=3,
    tables=(Table("1"),),
    participants=(
        Participant("guest", unavailable=frozenset({2})),
        Participant("early", unavailable=frozenset({2, 3})),
        Participant("late", unavailable=frozenset({1, 2})),
        Participant("other", unavailable=frozenset({1, 2})),
        Participant("twice", unavailable=frozenset({1})),
    ),
    requests=(
        Request("1", "guest", "early"),
        Request("2", "guest", "late"),
        Request("3", "other", "twice"),
        Request("4", "late", "twice"),
        Request("5", "early", "guest", slot=1),
    ),
)
SPLIT: Placement = {0: 0, 1: 2}


def _annealed(grid: Grid, start: Placement) -> Placement:
    return anneal(grid, start, 0, 20_000, 0, lambda breaks: False).placement


def test_a_request_of_equal_weight_takes_the_place_of_one_that_makes_a_break() -> None:
    grid = compile_grid(NOON)
    assert sum(breaks_of(grid, SPLIT)) == 1
    found = _annealed(grid, SPLIT)
    assert sum(breaks_of(grid, found)) == 0
    assert weight_of(grid, found) == 2
    assert found in ({0: 0, 3: 2}, {4: 0, 3: 2})


def test_no_request_of_another_weight_takes_a_place() -> None:
    heavier = tuple(dataclasses.replace(r, weight=1 + (n < 2)) for n, r in enumerate(NOON.requests))
    grid = compile_grid(dataclasses.replace(NOON, requests=heavier))
    assert _annealed(grid, SPLIT) == SPLIT


def test_what_is_required_stays() -> None:
    required = tuple(dataclasses.replace(r, required=n == 1) for n, r in enumerate(NOON.requests))
    found = _annealed(compile_grid(dataclasses.replace(NOON, requests=required)), SPLIT)
    assert found.keys() >= {1}


def test_a_published_timetable_loses_no_meeting_for_the_sake_of_a_break() -> None:
    grid = dataclasses.replace(compile_grid(NOON), before=dict(SPLIT))
    assert spares(grid, SPLIT) == []
    assert _annealed(grid, SPLIT) == SPLIT


@pytest.mark.parametrize("seed", range(6))
def test_nobody_loses_the_only_meeting_and_every_rule_holds(seed: int) -> None:
    instance = event(40, 9, slots=8, tables=7, requests=240, unavailable=0.2, seed=seed)
    instance = dataclasses.replace(
        instance,
        requests=tuple(dataclasses.replace(r, weight=1) for r in instance.requests),
        participants=tuple(
            dataclasses.replace(
                p,
                max_meetings=3 if n % 4 == seed % 4 else None,
                pause_after=2 if n % 5 == seed % 5 else None,
            )
            for n, p in enumerate(instance.participants)
        ),
    )
    grid = compile_grid(instance)
    chosen = best_by_flow(grid)
    assert chosen is not None
    start = select(grid, chosen, seed, Watch(Deadline(60), None), 50).placement
    assert start is not None
    found = _annealed(grid, start)
    assert found.keys() != start.keys()
    assert weight_of(grid, found) == weight_of(grid, start)
    assert faults(grid, [found.get(r, FREE) for r in range(grid.requests)]) == []
    assert {u for r in start for u in grid.uses[r]} <= {u for r in found for u in grid.uses[r]}
    result = solve(instance, time_limit=3)
    assert verify(instance, result) == []
    assert result.weight >= weight_of(grid, found)
