"""The lower bound on breaks, held against all timetables of tiny events and against known answers."""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.meetings.generate import event
from ekspora.engines.meetings import Instance, Participant, Request, Table, solve
from ekspora.engines.meetings.bounds import breaks_bound
from ekspora.engines.meetings.day_bound import fewest_breaks
from ekspora.engines.meetings.grid import compile_grid
from tests.engines.meetings import exhaustive
from tests.engines.meetings.worlds import tiny


@pytest.mark.parametrize("seed", range(150))
def test_no_timetable_has_fewer_breaks(seed: int) -> None:
    instance = dataclasses.replace(tiny(seed), fairness=None)
    grid = compile_grid(instance)
    number = {r.id: n for n, r in enumerate(instance.requests)}
    for timetable in exhaustive.valid(instance, None, None):
        bound = fewest_breaks(grid, sorted(number[i] for i in timetable))
        assert bound <= sum(exhaustive.breaks(instance, timetable).values())


def _one_table(*days: str) -> Instance:
    """Guests of one table: each day shows with ``x`` where the guest can be, every place is a meeting."""
    people, requests = [], []
    for n, day in enumerate(days):
        away = frozenset(s for s, mark in enumerate(day, 1) if mark == " ")
        people.append(Participant(f"guest {n}", "guest", away))
        for k in range(sum(mark == "X" for mark in day)):
            people.append(Participant(f"maker {n} {k}", "maker"))
            requests.append(Request(f"{n} {k}", f"maker {n} {k}", f"guest {n}"))
    return Instance(len(days[0]), (Table("1"),), tuple(people), tuple(requests))


@pytest.mark.parametrize(
    ("days", "alone", "together"),
    [
        (("XX  ", "  XX"), 0, 0),  # one after the other
        (("XxXx", " XX "), 0, 1),  # the second needs the middle, so the first has both ends
        (("XXxxxx", " XX   ", "   XX "), 0, 1),
        (("X X", " X "), 1, 1),  # away at noon: a break even if alone
    ],
)
def test_a_full_table_forces_breaks(days: tuple[str, ...], alone: int, together: int) -> None:
    instance = _one_table(*days)
    grid = compile_grid(instance)
    everything = list(range(grid.requests))
    assert breaks_bound(grid, everything) == alone
    assert fewest_breaks(grid, everything) == together


@pytest.mark.parametrize("seed", range(3))
def test_full_events_have_a_bound_near_what_is_reached(seed: int) -> None:
    instance = event(60, 14, slots=10, tables=11, requests=500, unavailable=0.15, seed=seed)
    result = solve(instance, time_limit=5)
    grid = compile_grid(instance)
    number = {r.id: n for n, r in enumerate(instance.requests)}
    requests = sorted(number[m.request] for m in result.meetings)
    bound = fewest_breaks(grid, requests)
    assert breaks_bound(grid, requests) < bound <= (result.breaks or 0)
