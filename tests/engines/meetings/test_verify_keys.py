"""The verifier finds interpreters, delegations and pauses that a deliberately broken result does not keep."""

from __future__ import annotations

from dataclasses import replace

from ekspora.engines.meetings import (
    Delegation,
    Instance,
    Meeting,
    Participant,
    Request,
    Result,
    Table,
    verify,
)

PLAIN = Instance(
    slots=4,
    tables=tuple(Table(str(n)) for n in range(1, 5)),
    participants=tuple(Participant(p) for p in "abcd"),
    requests=tuple(Request(f"{p}{q}", p, q) for p, q in ("ab", "cd", "ac", "bd", "ad")),
)


def result(*places: str, breaks: int = 0) -> Result:
    """``ab 1 2``: request ab in slot 1 at table 2."""
    rows = [place.split() for place in places]
    meetings = tuple(Meeting(key, int(slot), table) for key, slot, table in rows)
    return Result("feasible", meetings, (), weight=len(meetings), breaks=breaks)


def without(instance: Instance, *requests: str) -> Instance:
    return replace(instance, requests=tuple(r for r in instance.requests if r.id in requests))


def test_a_slot_with_too_few_interpreters_is_caught() -> None:
    french = replace(
        without(PLAIN, "ab", "cd"),
        requests=(Request("ab", "a", "b", interpreter="fr"), Request("cd", "c", "d", interpreter="fr")),
        interpreters={"fr": 1},
    )
    assert verify(french, result("ab 1 1", "cd 2 1")) == []
    together = result("ab 1 1", "cd 1 2")
    assert verify(french, together) == ["2 meetings in slot 1 need an interpreter for fr, there are 1"]
    assert verify(replace(french, interpreters={"fr": 2}), together) == []
    assert verify(french, replace(together, moved=0), together, now=2) == []


def test_a_delegation_at_another_table_and_a_stranger_at_its_tables_are_caught() -> None:
    seated = replace(without(PLAIN, "ab", "cd"), delegations=(Delegation("D", ("a",), ("3", "4")),))
    assert verify(seated, result("ab 1 3", "cd 1 1")) == []
    assert verify(seated, result("ab 1 2", "cd 1 1")) == [
        "a sits with delegation D, request ab is at table 2"
    ]
    assert verify(seated, result("ab 1 3", "cd 1 4")) == [
        "table 4 belongs to delegation D, request cd does not"
    ]


def test_members_of_two_delegations_cannot_meet() -> None:
    two = (Delegation("D", ("a",), ("3",)), Delegation("E", ("b",), ("4",)))
    seated = replace(without(PLAIN, "ab"), delegations=two)
    assert verify(seated, result("ab 1 3")) == ["b sits with delegation E, request ab is at table 3"]


def test_a_row_without_its_pause_is_caught() -> None:
    tired = replace(
        without(PLAIN, "ab", "ac", "ad"),
        participants=(Participant("a", pause_after=2), *PLAIN.participants[1:]),
    )
    row = result("ab 1 1", "ac 2 1", "ad 3 1")
    fault = "a has 3 meetings in a row until slot 3, a pause is due after 2"
    assert verify(tired, row) == [fault]
    assert verify(replace(tired, pauses=frozenset({2})), row) == []
    assert verify(replace(tired, pauses=frozenset({3})), row) == [fault]
    assert verify(tired, result("ab 1 1", "ac 2 1", "ad 4 1", breaks=1)) == []


def test_a_row_that_was_held_is_a_fact_but_goes_no_further() -> None:
    tired = replace(
        without(PLAIN, "ab", "ac", "ad"),
        participants=(Participant("a", pause_after=1), *PLAIN.participants[1:]),
    )
    held = result("ab 1 1", "ac 2 1")
    row, paused = result("ab 1 1", "ac 2 1", "ad 3 1"), result("ab 1 1", "ac 2 1", "ad 4 1", breaks=1)
    assert verify(tired, replace(row, moved=0), held, now=3) == [
        "a has 3 meetings in a row until slot 3, a pause is due after 1"
    ]
    assert verify(tired, replace(paused, moved=0), held, now=3) == []
