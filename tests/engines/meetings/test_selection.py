"""Choosing again after people dropped out, with a timetable that was published."""

from dataclasses import replace

import pytest

from benchmarks.meetings.generate import event
from benchmarks.meetings.replan import drop_out
from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.selection import select
from ekspora.engines.meetings.watch import Watch


@pytest.mark.parametrize("seed", [37, 131, 252])
def test_where_the_old_slots_leave_no_place_some_are_given_up(seed: int) -> None:
    published = event(30, 12, slots=8, tables=12, requests=150, unavailable=0.15, seed=seed)
    watch = Watch(Deadline(60), None)
    grid = compile_grid(published)
    chosen = best_by_flow(grid)
    assert chosen is not None
    before = select(grid, chosen, seed, watch, 0).placement
    assert before is not None
    left = replace(compile_grid(drop_out(published)), before=before)
    best = best_by_flow(left)
    assert best is not None
    again = select(left, best, 0, watch, 0).placement
    assert again is not None
    assert weight_of(left, again) == best.bound
