"""Reading the optional keys: every fault says where, what and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from ekspora.engines.meetings import BadInput, parse_instance

GOOD: dict[str, Any] = {
    "slots": 3,
    "tables": 3,
    "participants": [{"id": "a", "pause_after": 2}, {"id": "b"}, {"id": "c", "table": "3"}],
    "requests": [{"id": "ab", "a": "a", "b": "b", "interpreter": "fr"}],
    "interpreters": {"fr": 1, "ar": None},
    "delegations": [{"id": "D", "members": ["b"], "tables": [1, "2"]}],
    "pauses": [1],
}


def fault_of(**changes: Any) -> str:
    with pytest.raises(BadInput) as caught:
        parse_instance({**GOOD, **changes})
    return str(caught.value)


def test_the_keys_are_read_and_null_is_left_out() -> None:
    instance = parse_instance(GOOD)
    assert instance.interpreters == {"fr": 1}
    assert instance.delegations[0].tables == ("1", "2")
    assert instance.participants[0].pause_after == 2
    assert (instance.requests[0].interpreter, sorted(instance.pauses)) == ("fr", [1])
    without = parse_instance({**GOOD, "interpreters": {"fr": 1}, "delegations": None, "pauses": None})
    assert (without.delegations, without.pauses) == ((), frozenset())


def test_interpreters_may_be_told_slot_by_slot() -> None:
    instance = parse_instance({**GOOD, "interpreters": {"fr": [1, 0, 2], "ar": [3, 3, 3]}})
    assert instance.interpreters == {"fr": (1, 0, 2), "ar": (3, 3, 3)}
    assert [instance.interpreters_in("fr", slot) for slot in (1, 2, 3)] == [1, 0, 2]
    assert (instance.interpreters_in("ar", 2), instance.interpreters_in("zh", 2)) == (3, 0)
    assert parse_instance(instance.to_json()) == instance


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"interpreters": 3}, 'interpreters: is 3, not an object. Write it as {"fr": 2} with languages and numbers'),
        ({"interpreters": {"fr": [1, 2]}}, "interpreters.fr: has 2 numbers. Give one for each of the 3 slots"),
        (
            {"interpreters": {"fr": [1, 2, "x"]}},
            'interpreters.fr[2]: is "x". Give a whole number from 0 to 100000',
        ),
        ({"interpreters": {"fr": -1}}, "interpreters.fr: is -1. Give a whole number from 0 to 100000"),
        (
            {"interpreters": None},
            'requests[0].interpreter: "fr" is not among the interpreters. Add it to interpreters or correct it',
        ),
        ({"pauses": [4]}, "pauses[0]: is 4. Give a whole number from 1 to 3"),
        ({"pauses": 1}, "pauses: is 1, not a list. Write it as […]"),
        (
            {"participants": [{"id": "a", "pause_after": 0}, {"id": "b"}]},
            "participants[0].pause_after: is 0. Give a whole number from 1 to 1000",
        ),
        (
            {"participants": [{"id": "a"}, {"id": "b", "table": 3}]},
            'participants[1].table: "3" is not a table of delegation "D", to which "b" belongs. '
            "Choose one of its tables, or leave the table out",
        ),
        (
            {"participants": [{"id": "a", "table": 1}, {"id": "b"}]},
            'participants[0].table: "1" belongs to delegation "D". '
            "Choose another table, or add this participant to the delegation",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_named(changes: dict[str, Any], fault: str) -> None:
    assert fault in fault_of(**changes).splitlines()


@pytest.mark.parametrize(
    ("delegation", "fault"),
    [
        ({"id": "E", "members": ["a"]}, 'delegations[1]: "tables" is missing. Add "tables"'),
        (
            {"id": "E", "members": [], "tables": [3]},
            "delegations[1].members: there are none. Name at least one or leave the delegation out",
        ),
        (
            {"id": "E", "members": ["z"], "tables": [3]},
            'delegations[1].members[0]: "z" is not among the participants. Add it to participants or correct it',
        ),
        (
            {"id": "E", "members": ["b"], "tables": [3]},
            'delegations[1].members[0]: "b" already belongs to delegation "D". '
            "Name it in one delegation only, and once",
        ),
        (
            {"id": "E", "members": ["a"], "tables": ["2"]},
            'delegations[1].tables[0]: "2" already belongs to delegation "D". '
            "Name it in one delegation only, and once",
        ),
        (
            {"id": "E", "members": ["a"], "tables": [3], "flag": "x"},
            'delegations[1]: unknown key "flag". Known keys: id, members, tables',
        ),
        (
            {"id": "D", "members": ["a"], "tables": [3]},
            'delegations[1]: id "D" is already used by delegations[0]. Give every item an id of its own',
        ),
    ],
)
def test_a_delegation_that_contradicts_itself_is_refused(delegation: dict[str, Any], fault: str) -> None:
    people = [{"id": "a"}, {"id": "b"}]
    assert fault_of(participants=people, delegations=[*GOOD["delegations"], delegation]) == fault
