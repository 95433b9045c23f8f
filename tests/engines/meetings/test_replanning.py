"""Re-planning where the usual way is blocked: unfair as published, or all required and hard to place."""

from __future__ import annotations

import dataclasses

import pytest

from ekspora.engines.meetings import Instance, Meeting, Participant, Request, Result, Table, search
from tests.engines.meetings.test_solve_exhaustively import check
from tests.engines.meetings.worlds import tiny


def test_what_was_published_unfairly_moves_as_little_as_fairness_asks() -> None:
    instance = Instance(
        slots=3,
        tables=(Table("1"),),
        participants=(Participant("a"), Participant("b"), Participant("c", unavailable=frozenset({1, 2}))),
        requests=(Request("ab", "a", "b"), Request("cb", "c", "b")),
        fairness=0,
    )
    published = Result("feasible", (Meeting("ab", 1, "1"),))
    result = check(instance, published)
    assert (result.status, result.moved) == ("optimal", 1)


def test_equal_breaks_are_fair_and_no_reason_to_move() -> None:
    instance = Instance(
        slots=3,
        tables=(Table("1"),),
        participants=(Participant("a"), Participant("b")),
        requests=(Request("early", "a", "b"), Request("late", "a", "b")),
        fairness=0,
    )
    published = Result("feasible", (Meeting("early", 1, "1"), Meeting("late", 3, "1")))
    result = check(instance, published)
    assert (result.status, result.moved, result.breaks) == ("optimal", 0, 2)


@pytest.mark.parametrize("seed", [8485, 9611])
def test_required_meetings_found_while_breaks_are_sought_are_compared_with_what_was_published(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FIRST_SHARE", 0.0)
    instance = tiny(seed)
    instance = dataclasses.replace(
        instance, requests=tuple(dataclasses.replace(r, required=True) for r in instance.requests)
    )
    first = instance.requests[0]
    check(instance, Result("feasible", (Meeting(first.id, instance.slots, instance.tables[0].id),)))
