"""The reason of a meeting that does not take place is true of the timetable at hand."""

from dataclasses import replace

from ekspora.engines.meetings import Instance, Participant, Request, Table
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.reasons import explain

PEOPLE = tuple(Participant(p) for p in "abcdef")
TABLES = tuple(Table(t) for t in "123")
ONE, TWO, THREE = Request("ab", "a", "b"), Request("cd", "c", "d"), Request("ef", "e", "f")


def told(event: Instance, placement: dict[int, int]) -> tuple[str, str, str]:
    """Code and words of the one meeting that is not in ``placement`` (request to slot from 0)."""
    (left,) = explain(event, compile_grid(event), placement)
    return left.code, left.text["id"], left.text["en"]


def test_the_order_alone_leaves_no_slot() -> None:
    event = Instance(3, TABLES, PEOPLE[:4], (ONE, replace(TWO, after=("ab",))))
    assert told(event, {0: 2}) == (
        "order",
        "Harus sesudah temu bisnis ab (sesi 3), dan di sana tidak ada sesi yang cocok.",
        "It must come after request ab (slot 3), and no slot there fits.",
    )
    assert told(event, {1: 0})[2] == "It must come before request cd (slot 1), and no slot there fits."


def test_two_neighbours_leave_no_slot_between_them() -> None:
    event = Instance(4, TABLES, PEOPLE, (ONE, replace(TWO, after=("ab",)), replace(THREE, after=("cd",))))
    assert told(event, {0: 1, 2: 2})[2] == (
        "It must come after request ab (slot 2) and before request ef (slot 3), and no slot there fits."
    )


def test_the_order_is_not_blamed_while_a_slot_fits_it() -> None:
    event = Instance(3, TABLES, PEOPLE[:4], (ONE, replace(TWO, after=("ab",))))
    assert told(event, {0: 0})[0] == "time"
    assert told(replace(event, fairness=0), {0: 0})[0] == "fairness"


def test_the_session_is_blamed_only_where_it_leaves_nothing() -> None:
    late = replace(PEOPLE[0], unavailable=frozenset({1}))
    event = Instance(2, TABLES, (late, PEOPLE[1]), (replace(ONE, session="morning"),), morning_slots=1)
    assert told(event, {})[0] == "session"
    closed = tuple(replace(t, unavailable=frozenset({1})) for t in TABLES)
    there = replace(event, participants=PEOPLE[:2], tables=closed)
    assert told(there, {})[0] == "table_unavailable"
    assert (
        told(replace(there, requests=(replace(ONE, session="morning", slot=1),)), {})[0]
        == "table_unavailable"
    )


def test_table_and_interpreter_are_told_apart() -> None:
    closed = (replace(TABLES[0], unavailable=frozenset({2})),)
    event = Instance(2, closed, PEOPLE[:2], (replace(ONE, interpreter="fr"),), interpreters={"fr": (0, 1)})
    assert told(event, {})[2] == "There is no interpreter for French when both could meet (slots 1)."
    shut = replace(event, tables=(replace(TABLES[0], unavailable=frozenset({1, 2})),))
    assert told(shut, {})[0] == "table_unavailable"
