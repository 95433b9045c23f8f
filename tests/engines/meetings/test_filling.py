"""What still fits into a timetable is added where it leaves fewest breaks."""

from dataclasses import replace

from ekspora.engines.meetings import Instance, Participant, Request, Table
from ekspora.engines.meetings.figures import breaks_of
from ekspora.engines.meetings.filling import filled
from ekspora.engines.meetings.grid import compile_grid

EVENT = Instance(
    slots=4,
    tables=(Table("1"), Table("2")),
    participants=tuple(Participant(p) for p in "abcd"),
    requests=(
        Request("ab", "a", "b"), Request("ac", "a", "c"), Request("ad", "a", "d", weight=5), Request("bc", "b", "c")
    ),
)  # fmt: skip


def test_the_dearest_is_added_first_and_nothing_moves() -> None:
    tight = replace(EVENT, participants=(Participant("a", max_meetings=2), *EVENT.participants[1:]))
    placement = filled(compile_grid(tight), {0: 1}, None)
    assert placement[0] == 1
    assert set(placement) == {0, 2, 3}


def test_each_takes_the_slot_with_fewest_breaks() -> None:
    grid = compile_grid(EVENT)
    placement = filled(grid, {0: 2}, None)
    assert len(placement) == 4
    assert sum(breaks_of(grid, placement)) == 0


def test_nothing_is_added_that_would_be_unfair_or_does_not_fit() -> None:
    away = replace(EVENT.participants[3], unavailable=frozenset({2, 3, 4}))
    event = replace(EVENT, participants=(*EVENT.participants[:3], away), requests=EVENT.requests[:3])
    grid = compile_grid(event)
    assert filled(grid, {0: 3}, 0) == {0: 3, 1: 2}
    assert filled(grid, {0: 3}, None) == {0: 3, 1: 1, 2: 0}
    assert filled(grid, {0: 0}, None) == {0: 0, 1: 1}
