"""A timetable in the hands of an officer, on small instances."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekspora.engines.meetings import Instance, Participant, Request, Table, solve, verify
from ekspora.meetings.judging import Known, asked, at_locked_tables, binding, explained, judged, meetings_of
from ekspora.meetings.plan import (
    Place,
    Plan,
    choices,
    clashes,
    gaps,
    has_room,
    in_the_way,
    put,
    swap_clashes,
    swapped,
    without,
)


def instance(**changes: object) -> Instance:
    """Two makers, two guests, everybody wants everybody, three slots, two tables; 1 is away in slot 3."""
    people = (
        Participant("1", "maker", frozenset({3})),
        Participant("2", "maker"),
        Participant("3", "guest"),
        Participant("4", "guest", max_meetings=2),
    )
    requests = tuple(Request(f"{a}-{b}", a, b, weight=2) for a in "12" for b in "34")
    made = Instance(3, (Table("1"), Table("2", frozenset({2}))), people, requests)
    return replace(made, **changes)  # type: ignore[arg-type]  # names of fields


def codes(plan: Plan, key: str, slot: int, table: str = "1") -> set[str]:
    return {clash.code for clash in clashes(plan, key, Place(slot, table))}


PLAN = Plan(instance(), {"1-3": Place(1, "1"), "2-4": Place(1, "2")})


def test_a_free_place_has_no_clash() -> None:
    assert codes(PLAN, "1-4", 2) == set()


def test_every_conflict_is_named() -> None:
    assert codes(PLAN, "1-4", 3) == {"away"}
    assert codes(PLAN, "2-3", 1) == {"meets", "table_taken"}
    assert codes(PLAN, "2-3", 2, "2") == {"table_closed"}
    assert codes(replace(PLAN, locked=frozenset({"1-3"})), "1-3", 2) == {"locked"}
    assert codes(replace(PLAN, now=3), "2-3", 2) == {"past"}
    fixed = replace(
        PLAN, instance=instance(requests=(*PLAN.instance.requests[:3], Request("2-4", "2", "4", slot=1)))
    )
    assert codes(fixed, "2-4", 2) == {"fixed"}
    stays = (*PLAN.instance.participants[:3], Participant("4", table="2"))
    assert codes(replace(PLAN, instance=instance(participants=stays)), "2-4", 3) == {"stays"}
    full = put(PLAN, "1-4", Place(2, "1"))
    assert codes(replace(full, instance=instance()), "2-4", 3) == set()
    third = replace(full.instance, requests=(*full.instance.requests, Request("x", "2", "4")))
    assert codes(Plan(third, full.at), "x", 3) == {"most"}


def test_order_and_session_are_conflicts_too() -> None:
    requests = (
        Request("a", "1", "3", session="afternoon"),
        Request("b", "2", "3", after=("a",)),
    )
    plan = Plan(instance(requests=requests, morning_slots=1), {"a": Place(2, "1")})
    assert codes(plan, "a", 1) == {"session"}
    assert codes(plan, "b", 1) == {"order"}
    assert codes(plan, "b", 3) == set()


def test_choices_offer_the_present_table_first_and_name_what_is_in_the_way() -> None:
    offered = {choice.slot: choice for choice in choices(PLAN, "2-4")}
    assert offered[1].tables == ("2",)
    assert offered[2].tables == ("1",)
    assert offered[3].tables == ("2", "1")
    blocked = {choice.slot: choice for choice in choices(PLAN, "1-3")}
    assert [clash.code for clash in blocked[3].clashes] == ["away"]


def test_two_meetings_exchange_places() -> None:
    assert in_the_way(clashes(PLAN, "1-3", Place(1, "2"))) == "2-4"
    assert swap_clashes(PLAN, "1-3", "2-4") == []
    after = swapped(PLAN, "1-3", "2-4")
    assert after.at["1-3"] == Place(1, "2")
    assert verify(binding(after), judged(after, Known())) == []


def test_a_plan_by_hand_is_judged_with_bounds_that_hold() -> None:
    plan = without(PLAN, ["2-4"])
    result = judged(plan, Known(), frozenset({"2-4"}))
    assert verify(binding(plan), result) == []
    assert result.weight == 2
    assert result.weight_bound == 8
    assert not result.proven.weight
    assert {u.request: u.code for u in result.unscheduled}["2-4"] == "taken_out"
    assert {u.request: u.code for u in result.unscheduled}["1-4"] == "room"
    assert has_room(plan, "1-4")


def test_a_bound_of_the_version_before_is_kept_when_tighter() -> None:
    assert judged(PLAN, Known(weight=4)).weight_bound == 4
    assert judged(PLAN, Known(weight=4)).proven.weight


def test_a_missing_required_meeting_is_waived_and_named() -> None:
    requests = tuple(replace(r, required=r.id == "2-3") for r in PLAN.instance.requests)
    plan = replace(PLAN, instance=instance(requests=requests, fairness=0))
    assert plan.missing == ["2-3"]
    assert verify(binding(plan), judged(plan, Known())) == []


def test_locked_meetings_keep_slot_and_table() -> None:
    locks = Plan(instance(), {"1-3": Place(2, "1"), "2-4": Place(3, "2")}, frozenset({"1-3", "2-4"}))
    result = solve(asked(locks), time_limit=10)
    plan = replace(locks, at=at_locked_tables(locks, result.meetings))
    assert plan.at["1-3"] == Place(2, "1")
    assert plan.at["2-4"] == Place(3, "2")
    assert verify(binding(plan), replace(result, meetings=meetings_of(plan))) == []


def test_who_stays_at_the_table_of_a_locked_meeting_waits() -> None:
    people = (*instance().participants[:3], Participant("4", table="1"))
    locks = Plan(instance(participants=people), {"1-3": Place(2, "1")}, frozenset({"1-3"}))
    assert {p.id: p.unavailable for p in asked(locks).participants}["4"] == frozenset({2})


def test_reasons_hold_marks_instead_of_names() -> None:
    crowded = instance(
        slots=1, tables=(Table("1"), Table("2")), participants=tuple(Participant(i) for i in "1234")
    )
    result = solve(crowded, time_limit=10)
    plan = Plan(crowded, {m.request: Place(m.slot, m.table) for m in result.meetings})
    texts = [u.text["en"] for u in explained(plan)]
    assert len(texts) == 2
    assert all("{" in text for text in texts)


@given(st.sets(st.integers(1, 12)))
def test_gaps_are_the_holes_between_runs(slots: set[int]) -> None:
    ordered = sorted(slots)
    holes = [
        slot for slot in range(1, 13) if ordered and ordered[0] < slot < ordered[-1] and slot not in slots
    ]
    groups = sum(1 for slot in holes if slot - 1 not in holes)
    assert gaps(slots) == groups


places = st.builds(Place, st.integers(1, 3), st.sampled_from(["1", "2"]))


@given(st.lists(st.tuples(st.sampled_from(["1-3", "1-4", "2-3", "2-4"]), places), max_size=6))
def test_whatever_is_put_without_a_clash_passes_the_verifier(moves: list[tuple[str, Place]]) -> None:
    plan = Plan(instance(), {})
    for key, place in moves:
        if not clashes(plan, key, place):
            plan = put(plan, key, place)
    assert verify(binding(plan), judged(plan, Known())) == []


@given(st.sampled_from(["1-3", "1-4", "2-3", "2-4"]), places)
def test_a_clash_is_never_a_false_alarm(key: str, place: Place) -> None:
    if clashes(PLAN, key, place):
        forced = put(PLAN, key, place)
        said = judged(PLAN, Known())
        left = tuple(u for u in said.unscheduled if u.request != key)
        faults = verify(binding(forced), replace(said, meetings=meetings_of(forced), unscheduled=left))
        assert [fault for fault in faults if not fault.startswith(("weight ", "breaks "))]


@pytest.mark.parametrize("fairness", [None, 0])
def test_an_unfair_plan_is_allowed_by_hand(fairness: int | None) -> None:
    plan = Plan(instance(fairness=fairness), {"2-3": Place(1, "1"), "2-4": Place(3, "1")})
    assert verify(binding(plan), judged(plan, Known())) == []
