"""Rows of one file that are one business or one person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ekspora.engines.registers.data import listed
from ekspora.engines.registers.wording import distance, fold

_LEGAL = frozenset(
    listed("pt, cv, ud, pd, tb, toko, kop, koperasi, usaha, perusahaan, firma, fa, tbk, umkm, ikm")
)
STREET = frozenset(
    listed("jl, jln, jalan, no, nomor, gg, gang, rt, rw, dsn, dusun, kel, desa, kec, kp, perum, blok")
)
_LARGEST_BLOCK = 200


class Trace(NamedTuple):
    """What of a row is compared: ``number`` is its NIB, ``contacts`` its telephones or mail addresses,
    ``place`` its street address or the country represented, ``content`` a hash of everything known of the
    business; ``person``: a representative."""

    row: int
    name: str
    number: str | None
    contacts: tuple[str, ...]
    place: str
    content: int
    person: bool


def trace(row: int, values: Mapping[str, Any], content: bytes, as_: str) -> Trace:
    """The trace of a row's values."""
    name = name_key(str(values["name"]))
    if as_ == "representatives":
        return Trace(row, name, None, tuple(values.get("email", ())), str(values["country"]), 0, True)
    known = hash(repr(sorted(values.items()))) if "owner_name" in values else hash(content)
    phones = tuple(phone["number"] for phone in values.get("phone", ()))
    return Trace(row, name, values.get("nib"), phones, address_key(values), known, False)


def clusters(traces: Sequence[Trace], joined: Sequence[tuple[int, int]] = ()) -> list[list[int]]:
    """Clusters of row numbers, each sorted, in the order of their first rows.

    Two rows are one business when they have the same NIB, or nearly the same name and a telephone in common,
    or the same name at the same address (with a number in it), or when all that is known of them is equal
    (where the owner is named, whatever the products). ``joined`` gives ranges of rows that the sheet itself
    shows as one by a merged name. The same name in the same market without any of these is another stall;
    the same telephone under another name is another business of its owner; two different NIB are two
    businesses whatever else agrees. Representatives are one by name and country, or by mail address and
    nearly the same name. Only rows that share a key are compared: about O(rows).
    """
    parent = {one.row: one.row for one in traces}

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for first, last in joined:
        rows = [row for row in range(first, last + 1) if row in parent]
        for row in rows[1:]:
            parent[root(row)] = root(rows[0])
    for block in _blocks(traces):
        for n, one in enumerate(block):
            for other in block[n + 1 :]:
                a, b = root(one.row), root(other.row)
                if a != b and _same(one, other):
                    parent[max(a, b)] = min(a, b)
    found = defaultdict(list)
    for row in parent:
        found[root(row)].append(row)
    return sorted(sorted(rows) for rows in found.values() if len(rows) > 1)


def _blocks(traces: Sequence[Trace]) -> list[list[Trace]]:
    """Rows that share a NIB, a contact, or the name with the place or with everything."""
    first: dict[object, Trace] = {}
    more: dict[object, list[Trace]] = {}
    for one in traces:
        keys: list[object] = [*one.contacts, (one.name, one.place) if one.place else (one.name, one.content)]
        if one.number:
            keys.append(("nib", one.number))
        for key in keys:
            if key in first:
                more.setdefault(key, [first[key]]).append(one)
            else:
                first[key] = one
    return [block[:_LARGEST_BLOCK] for block in more.values()]


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """A name without legal form, case and punctuation, for comparing."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def address_key(values: Mapping[str, Any]) -> str:
    """An address without the words every address has, with the village; ``""`` without a number in it, for
    then it names a street or a market and not a door."""
    if "address" not in values:
        return ""
    words = [word for word in fold(str(values["address"])).split() if word not in STREET]
    if len(words) < 2 or not any(map(str.isdigit, words)):
        return ""
    return " ".join([*words, fold(str(values.get("village", "")))])


def _numbered_apart(one: str, other: str) -> bool:
    """Whether two names differ in a number or a letter by which somebody tells his places apart (``Kios 2``)."""
    first, second = one.split(), other.split()
    differ = [pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]]
    return len(first) == len(second) and any(
        len(a) == len(b) == 1 or a.isdigit() or b.isdigit() for a, b in differ
    )


def _same(one: Trace, other: Trace) -> bool:
    if one.number and other.number:
        return one.number == other.number
    if set(one.contacts) & set(other.contacts):
        if _numbered_apart(one.name, other.name):
            return False
        shorter = min(len(one.name), len(other.name))
        return distance(one.name, other.name, 2) <= (2 if shorter > 9 else 1 if shorter > 4 else 0)
    if one.name != other.name or (one.contacts and other.contacts and not one.person):
        return False
    return one.place == other.place if one.place else one.content == other.content
