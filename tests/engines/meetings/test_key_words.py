"""What is said where interpreters, delegations or pauses stand in the way, and of people who may go on as before."""

from __future__ import annotations

from dataclasses import replace

from ekspora.engines.meetings import Delegation, Instance, Participant, Request, Result, Table, solve

EVENT = Instance(
    slots=2,
    tables=tuple(Table(str(n)) for n in range(1, 4)),
    participants=tuple(Participant(p) for p in "abcdef"),
    requests=(Request("ab", "a", "b", weight=3), Request("cd", "c", "d", weight=3), Request("ef", "e", "f")),
)


def reason(result: Result, request: str) -> tuple[str, str, str]:
    found = next(u for u in result.unscheduled if u.request == request)
    return found.code, found.text["id"], found.text["en"]


def speaking(instance: Instance, **interpreters: int | tuple[int, ...]) -> Instance:
    requests = tuple(replace(r, interpreter="fr") for r in instance.requests)
    return replace(instance, requests=requests, interpreters=interpreters)


def test_no_interpreter_is_free() -> None:
    result = solve(speaking(EVENT, fr=1))
    assert (result.status, result.weight, result.weight_bound) == ("optimal", 6, 6)
    assert reason(result, "ef") == (
        "no_interpreter",
        "Tidak ada juru bahasa Prancis yang bebas pada sesi yang masih mungkin (1, 2).",
        "No interpreter for French is free in the slots that are left (1, 2).",
    )


def test_there_is_no_interpreter_at_all() -> None:
    result = solve(speaking(EVENT, fr=0))
    assert reason(result, "ab") == (
        "no_interpreter", "Tidak ada juru bahasa Prancis.", "There is no interpreter for French."
    )  # fmt: skip


def test_the_interpreter_is_not_there_when_both_are() -> None:
    late = replace(EVENT.participants[0], unavailable=frozenset({1}))
    event = replace(EVENT, participants=(late, *EVENT.participants[1:]))
    result = solve(speaking(event, fr=(3, 0)))
    assert {m.slot for m in result.meetings} == {1}
    assert reason(result, "ab") == (
        "no_interpreter",
        "Tidak ada juru bahasa Prancis saat keduanya dapat bertemu (sesi 2).",
        "There is no interpreter for French when both could meet (slots 2).",
    )


def test_required_meetings_need_more_interpreters_than_there_are() -> None:
    event = speaking(EVENT, fr=1)
    result = solve(replace(event, requests=tuple(replace(r, required=True) for r in event.requests)))
    assert result.status == "infeasible"
    assert result.conflict is not None
    assert result.conflict.text == {
        "id": "3 temu bisnis wajib memerlukan juru bahasa Prancis pada sesi 1, 2; juru bahasanya hanya cukup untuk 2.",
        "en": "3 required meetings need an interpreter for French in slots 1, 2, where interpreters allow 2.",
    }
    assert set(result.conflict.requests) == {"ab", "cd", "ef"}


def test_a_delegation_has_its_tables_and_nobody_else() -> None:
    delegation = Delegation("Jeddah", ("a", "c", "e"), ("3",))
    result = solve(replace(EVENT, delegations=(delegation,)))
    assert {(m.table, m.request) for m in result.meetings} == {("3", "ab"), ("3", "cd")}
    assert reason(result, "ef")[:2] == (
        "delegation_full",
        "Semua meja delegasi Jeddah terisi pada sesi yang masih mungkin (1, 2).",
    )
    others = solve(
        replace(EVENT, slots=1, tables=EVENT.tables[1:], delegations=(replace(delegation, members=("f",)),))
    )
    assert {m.table for m in others.meetings} == {"2", "3"}
    assert [m.table for m in others.meetings if m.request == "ef"] == ["3"]
    assert {u.code for u in others.unscheduled} == {"tables_full"}


def test_members_keep_the_table_that_goes_with_their_place() -> None:
    event = replace(EVENT, delegations=(Delegation("D", ("e", "c", "a"), ("1", "2", "3")),))
    assert {(m.request, m.table) for m in solve(event).meetings} == {("ef", "1"), ("cd", "2"), ("ab", "3")}


def test_people_of_two_delegations_sit_apart() -> None:
    two = (Delegation("D", ("a",), ("1",)), Delegation("E", ("b",), ("2",)))
    assert reason(solve(replace(EVENT, delegations=two)), "ab") == (
        "tables_apart",
        "a duduk bersama delegasi D, sedangkan b duduk bersama delegasi E.",
        "a sits with delegation D, while b sits with delegation E.",
    )


def test_somebody_rests_and_the_bound_knows_it() -> None:
    pairs = (Request("ab", "a", "b"), Request("ac", "a", "c"), Request("ad", "a", "d"))
    tired = replace(
        EVENT,
        slots=3,
        requests=pairs,
        participants=(Participant("a", pause_after=2), *EVENT.participants[1:]),
    )
    result = solve(tired)
    assert (result.status, result.weight, result.weight_bound) == ("optimal", 2, 2)
    assert next(iter(result.unscheduled)).code == "pause"
    assert (
        "a harus beristirahat: paling banyak 2 temu bisnis berturut-turut."
        in result.unscheduled[0].text["id"]
    )
    assert solve(replace(tired, pauses=frozenset({1}))).weight == 3
    four = solve(replace(tired, slots=4))
    assert (four.weight, four.breaks, four.breaks_bound) == (3, 1, 1)


def test_required_meetings_leave_no_room_for_the_pause() -> None:
    pairs = tuple(Request(f"a{p}", "a", p, required=True) for p in "bcd")
    tired = replace(
        EVENT,
        slots=3,
        requests=pairs,
        participants=(Participant("a", pause_after=1), *EVENT.participants[1:]),
    )
    result = solve(tired)
    assert result.status == "infeasible"
    assert result.conflict is not None
    assert result.conflict.text["en"] == (
        "a must meet 3 times, but with a pause after 1 meetings in a row only 2 fit into 3 slots."
    )


def test_keys_that_never_bind_change_nothing() -> None:
    event = speaking(EVENT, fr=3)
    plain = [(m.request, m.slot, m.table) for m in solve(EVENT).meetings]
    assert [(m.request, m.slot, m.table) for m in solve(event).meetings] == plain
