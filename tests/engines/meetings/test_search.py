"""The stages of a search agree with each other."""

from __future__ import annotations

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings import Instance, Meeting, Participant, Request, Result, Table
from ekspora.engines.meetings.figures import breaks_of, moves_of
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.search import Search
from ekspora.engines.meetings.stages import Stage
from ekspora.engines.meetings.watch import Watch


def test_fewer_moves_found_while_breaks_are_sought_count_first() -> None:
    instance = Instance(
        slots=3,
        tables=(Table("1"),),
        participants=(Participant("a"), Participant("b"), Participant("c")),
        requests=(Request("r1", "a", "b"), Request("r2", "a", "c")),
    )
    published = Result("feasible", meetings=(Meeting("r1", 1, "1"), Meeting("r2", 3, "1")), unscheduled=())
    grid = compile_grid(instance, published)
    together = {0: 0, 1: 1}  # no break, but one move
    search = Search(grid, Watch(Deadline(60), None), 0, 1, True)
    search.moved = Stage(-1, together, 1, 0)
    found = search._break_least(together)
    assert found is not None
    assert (moves_of(grid, found), sum(breaks_of(grid, found))) == (0, 1)
    assert (search.moved.value, search.breaks.value) == (0, 1)
