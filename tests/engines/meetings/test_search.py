"""The stages of a search agree with each other."""

from __future__ import annotations

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings import Instance, Meeting, Participant, Request, Result, Table, solve
from ekspora.engines.meetings.exact import conflict
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


def everybody_with_everybody(people: int, slots: int) -> Instance:
    names = [str(n) for n in range(people)]
    return Instance(
        slots=slots,
        tables=tuple(Table(name) for name in names),
        participants=tuple(Participant(name) for name in names),
        requests=tuple(Request(f"{a}-{b}", a, b, required=True) for a in names for b in names if a < b),
    )


def test_fairness_is_not_blamed_where_the_time_ran_out() -> None:
    grid = compile_grid(everybody_with_everybody(15, 14))
    everything = list(range(grid.requests))
    assert conflict(lambda news: None, grid, everything, 0.0) == (everything, True)


def test_an_event_too_large_for_messages_does_without() -> None:
    later = frozenset(range(2, 901))
    instance = Instance(
        slots=900,
        tables=(Table("1"),),
        participants=(
            *(Participant("a"), Participant("b")),
            *(Participant(early, unavailable=later) for early in "cd"),
        ),
        requests=(
            *(Request(f"b{n}", "a", "b") for n in range(800)),
            *(Request(early, "a", early) for early in "cd"),
        ),
    )
    result = solve(instance, time_limit=60)
    assert result.method == "flow + Kempe chains + annealing"
    assert (result.weight, result.weight_bound) == (801, 802)
