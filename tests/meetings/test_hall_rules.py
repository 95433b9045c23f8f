"""Interpreters, delegations and pauses in a timetable changed by hand, held against the engine's verifier."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ekspora.engines.meetings import Delegation, Instance, Participant, Request, Table, verify
from ekspora.meetings.carrying import carried
from ekspora.meetings.hall import longest_row, waived
from ekspora.meetings.judging import Known, binding, judged
from ekspora.meetings.plan import Place, Plan, choices, clashes, has_room, put
from ekspora.meetings.speech import interpreter_for
from ekspora.programmes.slots import Slot
from tests.engines.meetings.key_worlds import keyed
from tests.world import at

HALL = {"interpreter", "delegation", "reserved", "pause"}


def event() -> Instance:
    """Three makers and three guests, a and b with an interpreter; c is a delegation at table 3; 1 rests after two."""
    people = (Participant("1", pause_after=2), *(Participant(p) for p in "23abc"))
    requests = tuple(
        Request(f"{m}-{g}", m, g, interpreter="ar" if g in "ab" else None) for m in "123" for g in "abc"
    )
    return Instance(
        4, tuple(Table(str(n)) for n in range(1, 4)), people, requests,
        interpreters={"ar": 1}, delegations=(Delegation("D", ("c",), ("3",)),),
    )  # fmt: skip


def codes(plan: Plan, key: str, slot: int, table: str) -> set[str]:
    return {clash.code for clash in clashes(plan, key, Place(slot, table))}


def test_each_rule_is_named() -> None:
    plan = Plan(event(), {"1-a": Place(1, "1"), "1-b": Place(2, "1")})
    assert codes(plan, "2-b", 1, "2") == {"interpreter"}
    assert codes(plan, "2-b", 3, "2") == set()
    assert codes(plan, "2-c", 1, "2") == {"delegation"}
    assert codes(plan, "2-a", 3, "3") == {"reserved"}
    assert codes(plan, "1-c", 3, "3") == {"pause"}
    assert codes(plan, "1-c", 4, "3") == set()
    paused = Plan(replace(plan.instance, pauses=frozenset({2})), plan.at)
    assert codes(paused, "1-c", 3, "3") == set()


def test_choices_offer_the_delegation_its_own_tables_only() -> None:
    plan = Plan(event(), {})
    assert {choice.tables for choice in choices(plan, "2-c")} == {("3",)}
    assert {choice.tables for choice in choices(plan, "2-a")} == {("1", "2")}
    busy = Plan(event(), {"2-c": Place(1, "3"), "1-c": Place(2, "3")})
    assert has_room(busy, "3-c")
    assert not has_room(Plan(replace(event(), slots=1), {"2-c": Place(1, "3")}), "3-c")


@pytest.mark.parametrize("seed", range(2000, 2060))
def test_what_has_no_clash_passes_the_verifier_and_what_has_does_not(seed: int) -> None:
    draw = random.Random(seed)
    instance = replace(keyed(seed, required=0.0), fairness=None)
    plan = Plan(instance, {})
    slots = range(1, instance.slots + 1)
    places = [(r.id, Place(s, t.id)) for r in instance.requests for s in slots for t in instance.tables]
    draw.shuffle(places)
    for key, place in places:
        found = {clash.code for clash in clashes(plan, key, place)}
        after = put(plan, key, place)
        faults = verify(binding(after), judged(after, Known()))
        if not found:
            assert faults == []
            plan = after
        elif found & HALL:
            assert faults != []


def test_an_interpreter_less_loses_a_meeting_to_come_but_none_that_was_held() -> None:
    old = Plan(replace(event(), interpreters={"ar": 2}), {"1-a": Place(1, "1"), "2-b": Place(1, "2")})
    slots = [Slot(n, at(8 + n), at(8 + n, 20), 1) for n in range(1, 5)]
    kept = carried(old, slots, event(), slots)
    assert [(loss.request, loss.clashes[0].what) for loss in kept.lost] == [("2-b", "ar")]
    later = carried(old, slots, event(), slots, now=2)
    assert later.lost == ()
    assert verify(binding(later.plan), judged(later.plan, Known())) == []


def test_a_delegation_declared_later_moves_who_has_not_met_yet() -> None:
    old = Plan(
        replace(event(), delegations=()), {"2-c": Place(1, "1"), "3-c": Place(2, "1"), "2-a": Place(2, "3")}
    )
    slots = [Slot(n, at(8 + n), at(8 + n, 20), 1) for n in range(1, 5)]
    lost = {loss.request: loss.clashes[0].code for loss in carried(old, slots, event(), slots, now=2).lost}
    assert lost == {"3-c": "delegation", "2-a": "reserved"}


def test_what_was_held_is_waived_and_nothing_else() -> None:
    instance = event()
    held = [(r, n, "1") for n, r in enumerate(instance.requests[:3], 1)]
    assert waived(instance, held, 1) is instance
    assert waived(instance, held, 3).participants == instance.participants
    after = waived(instance, held, 4)
    assert after.participants[0].pause_after is None
    assert after.delegations == ()
    assert [after.interpreters_in("ar", slot) for slot in range(1, after.slots + 1)] == [1] * after.slots


def test_the_longest_row_ends_at_a_free_slot_and_at_a_pause() -> None:
    assert longest_row({1, 2, 4}, ()) == 2
    assert longest_row({1, 2, 3, 4}, {2}) == 2
    assert longest_row((), ()) == 0


@pytest.mark.parametrize(
    ("maker", "guest", "offered", "needed"),
    [
        ([], ["ar"], {"ar"}, "ar"),
        ([], ["ar", "id"], {"ar"}, None),
        (["en"], ["en", "fr"], {"fr"}, None),
        (["id"], [], {"fr"}, None),
        ([], ["ja", "ar"], {"ar"}, "ar"),
        ([], ["ja"], {"ar"}, None),
        (["zh"], ["en"], {"zh"}, "zh"),
    ],
)
def test_an_interpreter_is_needed_where_no_language_is_shared(
    maker: list[str], guest: list[str], offered: set[str], needed: str | None
) -> None:
    assert interpreter_for(maker, guest, offered) == needed
