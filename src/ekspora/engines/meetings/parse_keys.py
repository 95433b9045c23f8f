"""Reading the optional keys of real life: interpreters, delegations, pauses.

Everything that would contradict itself is a fault: somebody in two delegations, a table of two, somebody who stays
at a table that is not the delegation's. O(size of the input).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ekspora.engines.kernel.reading import Reader, shown
from ekspora.engines.meetings.model import Delegation, Participant, Table

MOST = 100_000
_DELEGATION = frozenset({"id", "members", "tables"})


def read_interpreters(read: Reader, value: Any, slots: int) -> dict[str, int | tuple[int, ...]]:
    """How many interpreters there are of each language: one number, or one for each slot."""
    if not isinstance(value, Mapping):
        read.wrong(
            "interpreters",
            f"is {shown(value)}, not an object",
            'Write it as {"fr": 2} with languages and numbers',
        )
        return {}
    return {
        read.identity(language, "interpreters"): _number(read, number, f"interpreters.{language}", slots)
        for language, number in value.items()
        if number is not None
    }


def _number(read: Reader, value: Any, where: str, slots: int) -> int | tuple[int, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return read.integer(value, where, 0, MOST)
    if len(value) != slots:
        read.wrong(where, f"has {len(value)} numbers", f"Give one for each of the {slots} slots")
        return 0
    return tuple(read.integer(number, f"{where}[{k}]", 0, MOST) for k, number in enumerate(value))


def read_pauses(read: Reader, value: Any, slots: int) -> frozenset[int]:
    """Slots after which everybody pauses."""
    return frozenset(
        read.integer(slot, f"pauses[{k}]", 1, slots) for k, slot in enumerate(read.items(value, "pauses"))
    )


def read_delegations(
    read: Reader, value: Any, people: Sequence[Participant], tables: Sequence[Table]
) -> tuple[Delegation, ...]:
    """The delegations, each with members and tables that no other one has."""
    found = []
    for n, item in enumerate(read.items(value, "delegations")):
        where = f"delegations[{n}]"
        row = read.record(item, where, _DELEGATION, _DELEGATION)
        identity = read.identity(row["id"], f"{where}.id") if "id" in row else ""
        found.append(
            Delegation(identity, _ids(read, row, "members", where), _ids(read, row, "tables", where))
        )
    read.unique([d.id for d in found], lambda n: f"delegations[{n}]")
    member_of = _owners(read, found, "members", {p.id for p in people}, "participants")
    owner_of = _owners(read, found, "tables", {t.id for t in tables}, "tables")
    _check_stays(read, people, member_of, owner_of)
    return tuple(found)


def _ids(read: Reader, row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    items = read.items(row[key], f"{where}.{key}") if key in row else []
    if key in row and not items:
        read.wrong(f"{where}.{key}", "there are none", "Name at least one or leave the delegation out")
    return tuple(read.identity(item, f"{where}.{key}[{k}]") for k, item in enumerate(items))


def _owners(
    read: Reader, delegations: Sequence[Delegation], key: str, known: set[str], what: str
) -> dict[str, str]:
    """To which delegation each id belongs; unknown and repeated ones are faults."""
    owner: dict[str, str] = {}
    for n, delegation in enumerate(delegations):
        for k, identity in enumerate(delegation.members if key == "members" else delegation.tables):
            where = f"delegations[{n}].{key}[{k}]"
            if identity and identity not in known:
                read.wrong(
                    where, f"{shown(identity)} is not among the {what}", f"Add it to {what} or correct it"
                )
            elif identity in owner:
                read.wrong(
                    where,
                    f"{shown(identity)} already belongs to delegation {shown(owner[identity])}",
                    "Name it in one delegation only, and once",
                )
            elif identity:
                owner[identity] = delegation.id
    return owner


def _check_stays(
    read: Reader, people: Sequence[Participant], member_of: Mapping[str, str], owner_of: Mapping[str, str]
) -> None:
    for n, person in enumerate(people):
        own = member_of.get(person.id)
        if person.table is None or owner_of.get(person.table) == own:
            continue
        if own is None:
            read.wrong(
                f"participants[{n}].table",
                f"{shown(person.table)} belongs to delegation {shown(owner_of[person.table])}",
                "Choose another table, or add this participant to the delegation",
            )
        else:
            read.wrong(
                f"participants[{n}].table",
                f"{shown(person.table)} is not a table of delegation {shown(own)}, to which {shown(person.id)} belongs",
                "Choose one of its tables, or leave the table out",
            )


__all__ = ["read_delegations", "read_interpreters", "read_pauses"]
