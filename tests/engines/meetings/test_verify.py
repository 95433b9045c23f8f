"""The verifier finds what is wrong with a deliberately broken result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ekspora.engines.meetings import Instance, Meeting, Participant, Proven, Request, Result, Table, verify

INSTANCE = Instance(
    slots=4,
    tables=(Table("1"), Table("2", frozenset({4}))),
    participants=(
        Participant("a", unavailable=frozenset({4})),
        Participant("b", max_meetings=2),
        Participant("c", table="2"),
        Participant("d"),
    ),
    requests=(
        Request("ab", "a", "b", weight=3, required=True, session="morning"),
        Request("cd", "c", "d", slot=2),
        Request("bd", "b", "d", after=("ab",), session="afternoon"),
        Request("ad", "a", "d"),
    ),
    morning_slots=2,
    fairness=1,
)
GOOD = Result(
    "optimal",
    (Meeting("ab", 1, "1"), Meeting("cd", 2, "2"), Meeting("bd", 3, "1"), Meeting("ad", 4, "1")),
    weight=6,
    weight_bound=6,
    breaks=1,
    breaks_bound=1,
    proven=Proven(True, True, True),
)
VALID_INSTANCE = replace(INSTANCE, participants=(Participant("a"), *INSTANCE.participants[1:]))


def at(request: str, slot: int, table: str) -> Callable[[Result], Result]:
    """Move one meeting."""

    def move(result: Result) -> Result:
        moved = tuple(Meeting(request, slot, table) if m.request == request else m for m in result.meetings)
        return replace(result, meetings=moved)

    return move


def test_a_good_result_passes() -> None:
    good = replace(GOOD, breaks=2, breaks_bound=2)
    assert verify(VALID_INSTANCE, good) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (at("ab", 3, "2"), "request ab belongs to the morning"),
        (at("ab", 9, "1"), "outside the event"),
        (at("ab", 1, "7"), "unknown table 7"),
        (at("cd", 1, "2"), "fixed to slot 2"),
        (at("cd", 2, "1"), "c stays at table 2"),
        (at("bd", 2, "1"), "belongs to the afternoon"),
        (at("bd", 1, "2"), "must come after ab"),
        (at("bd", 4, "2"), "table 2 is unavailable in slot 4"),
        (at("ad", 3, "2"), "d has 2 meetings in slot 3"),
        (at("ad", 3, "1"), "table 1 has 2 meetings in slot 3"),
        (lambda r: replace(r, meetings=r.meetings[1:]), "ab is neither scheduled nor unscheduled"),
        (lambda r: replace(r, meetings=(*r.meetings, r.meetings[0])), "ab is listed 2 times"),
        (lambda r: replace(r, meetings=(*r.meetings, Meeting("zz", 1, "1"))), "zz does not exist"),
        (lambda r: replace(r, weight=7, weight_bound=7), "weight is said to be 7 but is 6"),
        (lambda r: replace(r, breaks=0, breaks_bound=0), "breaks is said to be 0 but is 2"),
        (lambda r: replace(r, weight_bound=5), "beyond its own bound"),
        (lambda r: replace(r, breaks_bound=3), "beyond its own bound"),
        (lambda r: replace(r, weight_bound=8), "called proven but its bound is 8"),
        (lambda r: replace(r, proven=Proven(True, False, True)), "optimal without every stage proven"),
        (lambda r: replace(r, status="unknown"), "without a timetable lists meetings"),
    ],
)
def test_a_broken_result_is_caught(broken: Callable[[Result], Result], fault: str) -> None:
    faults = verify(VALID_INSTANCE, broken(replace(GOOD, breaks=2, breaks_bound=2)))
    assert any(fault in found for found in faults), faults


def test_absence_maxima_required_and_fairness_are_checked() -> None:
    good = replace(GOOD, breaks=2, breaks_bound=2)
    assert "a is unavailable in slot 4 (request ad)" in verify(INSTANCE, good)
    tight = replace(
        VALID_INSTANCE,
        participants=(Participant("a"), Participant("b", max_meetings=1), *INSTANCE.participants[2:]),
    )
    assert "b has 2 meetings, at most 1" in verify(tight, good)
    assert "breaks differ by 1, at most 0 allowed" in verify(replace(VALID_INSTANCE, fairness=0), good)


def test_history_is_checked() -> None:
    good = replace(
        GOOD,
        breaks=2,
        breaks_bound=2,
        moved=1,
        moved_bound=0,
        proven=Proven(True, True, False),
        status="feasible",
    )
    before = Result("feasible", (Meeting("ab", 2, "1"), Meeting("cd", 2, "2")))
    assert verify(VALID_INSTANCE, good, before, now=1) == []
    faults = verify(VALID_INSTANCE, good, before, now=3)
    assert "request ab was held in slot 2 and must stay" in faults
    assert verify(VALID_INSTANCE, good, Result("feasible", good.meetings[:1]), now=3)[0].startswith(
        "request cd is put"
    )
