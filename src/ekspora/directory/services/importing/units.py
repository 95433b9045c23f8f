"""Rows of one file that speak of one business: several rows are several products of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ekspora.engines.registers import Record, Understanding
from ekspora.engines.registers.duplicates import address_key, name_key


@dataclass(slots=True)
class Unit:
    """The rows of one business or person, in the order of the file, and their values taken together."""

    records: list[Record]
    values: dict[str, Any]

    @property
    def first(self) -> Record:
        """The row that is credited with what the rows say together."""
        return self.records[0]


def units(understanding: Understanding) -> list[Unit]:
    """The file's good rows by what they speak of, in the order of their first rows.

    Rows are one where the reader of registers finds them so (same NIB, same name and phone …), and
    where name and place agree and nothing contradicts. Of two values the first row's holds. About
    O(rows).
    """
    records = list(understanding.records)
    parent = {record.row: record.row for record in records}

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(one: int, other: int) -> None:
        a, b = sorted((root(one), root(other)))
        parent[b] = a

    for cluster in understanding.duplicates:
        for row in cluster[1:]:
            if row in parent and cluster[0] in parent:
                join(cluster[0], row)
    if understanding.as_ == "businesses":
        _join_by_place(records, join)
    groups: dict[int, list[Record]] = defaultdict(list)
    for record in records:
        groups[root(record.row)].append(record)
    return [Unit(group, _together(group)) for group in groups.values()]


def _join_by_place(records: list[Record], join: Any) -> None:
    first: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        place = record.values.get("regency") or record.values.get("place") or record.values.get("district")
        if not place:
            continue
        known = first[name_key(str(record.values["name"])), str(place)]
        same = next((other for other in known if not _contradict(record.values, other.values)), None)
        if same is None:
            known.append(record)
        else:
            join(same.row, record.row)


def _contradict(one: dict[str, Any], other: dict[str, Any]) -> bool:
    for name in ("nib", "owner_name", "country"):
        if one.get(name) and other.get(name) and one[name] != other[name]:
            return True
    numbers = [{phone["number"] for phone in values.get("phone", ())} for values in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    streets = [address_key(values) for values in (one, other)]
    return bool(all(streets) and streets[0] != streets[1])


def _together(records: list[Record]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for record in records:
        for name, value in record.values.items():
            if value not in (None, "", []):
                values.setdefault(name, value)
    return values
