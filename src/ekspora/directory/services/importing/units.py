"""Rows of one file that speak of one business: several rows are several products of it."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, overload

from ekspora.engines.registers import Record, Understanding
from ekspora.engines.registers.duplicates import address_key, name_key
from ekspora.engines.registers.records import Records

# What tells two businesses of one name in one place apart where both rows say it.
_TELLING = ("nib", "owner_name", "country", "sector", "year_founded", "legal_form")
_NEAR = 0.001  # degrees, about a hundred metres


@dataclass(slots=True)
class Unit:
    """The rows of one business or person, in the order of the file, and their values taken together."""

    records: list[Record]
    values: dict[str, Any]

    @property
    def first(self) -> Record:
        """The row that is credited with what the rows say together."""
        return self.records[0]


class Units(Sequence[Unit]):
    """A file's good rows by what they speak of; each is opened when it is asked for, so a long file stays small."""

    def __init__(self, records: Records, groups: Sequence[Sequence[int]]) -> None:
        self._records, self._groups = records, groups

    def __len__(self) -> int:
        return len(self._groups)

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | list[Unit]:
        if isinstance(index, slice):
            return [self._open(group) for group in self._groups[index]]
        return self._open(self._groups[index])

    def _open(self, group: Sequence[int]) -> Unit:
        records = [self._records[position] for position in group]
        return Unit(records, _together(records))


def units(understanding: Understanding, joined: Iterable[tuple[int, int]] = ()) -> Units:
    """The file's good rows by what they speak of, in the order of their first rows.

    Rows are one where the reader of registers finds them so (same NIB, same name and phone …), where name and
    place agree and nothing contradicts, and where somebody says so (``joined``: pairs of rows). Of two values
    the first row's holds. About O(rows).
    """
    records = understanding.records
    position = {row: n for n, row in enumerate(records.rows)}
    parent = array("i", range(len(records)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    def join(one: int, other: int) -> None:
        a, b = sorted((root(one), root(other)))
        parent[b] = a

    for cluster in understanding.duplicates:
        known = [position[row] for row in cluster if row in position]
        for n in known[1:]:
            join(known[0], n)
    if understanding.as_ == "businesses":
        _join_by_place(records, join)
    for one, other in joined:
        if one in position and other in position:
            join(position[one], position[other])
    groups: dict[int, list[int]] = {}
    for n in range(len(records)):
        groups.setdefault(root(n), []).append(n)
    return Units(records, list(groups.values()))


def _join_by_place(records: Records, join: Any) -> None:
    """Rows with one name in one place; what most rows have for themselves is never opened a second time."""
    by_key: dict[int, int] = {}
    more: dict[int, list[int]] = defaultdict(list)
    for n, record in enumerate(records):
        values = record.values
        place = values.get("regency") or values.get("place") or values.get("district")
        if place:
            key = hash((name_key(str(values["name"])), str(place)))
            if by_key.setdefault(key, n) != n:
                more[key].append(n)
    for key, others in more.items():
        known: list[tuple[int, dict[str, Any]]] = []
        for n in [by_key[key], *others]:
            values = records[n].values
            same = next((other for other, theirs in known if not _contradict(values, theirs)), None)
            if same is None:
                known.append((n, values))
            else:
                join(same, n)


def _contradict(one: dict[str, Any], other: dict[str, Any]) -> bool:
    for name in _TELLING:
        if one.get(name) and other.get(name) and one[name] != other[name]:
            return True
    if name_key(str(one["name"])) != name_key(str(other["name"])):
        return True
    for name in ("latitude", "longitude"):
        if name in one and name in other and abs(float(one[name]) - float(other[name])) > _NEAR:
            return True
    numbers = [{phone["number"] for phone in values.get("phone", ())} for values in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    streets = [address_key(values) for values in (one, other)]
    return bool(all(streets) and streets[0] != streets[1])


def _together(records: list[Record]) -> dict[str, Any]:
    if len(records) == 1:
        return records[0].values
    values: dict[str, Any] = {}
    for record in records:
        for name, value in record.values.items():
            if value not in (None, "", []):
                values.setdefault(name, value)
    return values
