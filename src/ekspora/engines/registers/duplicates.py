"""Rows of one file that are one business or one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ekspora.engines.registers.wording import distance, fold

if TYPE_CHECKING:
    from ekspora.engines.registers.understanding import Record

_LEGAL = frozenset(
    [
        "pt",
        "cv",
        "ud",
        "pd",
        "tb",
        "toko",
        "kop",
        "koperasi",
        "usaha",
        "perusahaan",
        "firma",
        "fa",
        "the",
        "tbk",
        "dan",
        "and",
        "umkm",
        "ikm",
    ]
)
_STREET = frozenset(
    [
        "jl",
        "jln",
        "jalan",
        "no",
        "nomor",
        "gg",
        "gang",
        "rt",
        "rw",
        "dsn",
        "dusun",
        "kel",
        "desa",
        "kec",
        "kp",
        "perum",
        "perumahan",
        "blok",
        "komplek",
    ]
)
_LARGEST_BLOCK = 200


def clusters(records: Sequence[Record], as_: str) -> list[list[int]]:
    """Clusters of row numbers, each sorted, in the order of their first rows.

    Two businesses are one when they have the same NIB, or nearly the same name and a telephone in common, or
    the same name at the same address, or when all that is known of them is equal. The same name in the same
    market without any of these is another stall; the same telephone under another name is another business
    of its owner; two different NIB are two businesses whatever else agrees. Representatives are one by mail
    address, or by name and country. Only rows that share one of these keys are compared: about O(rows).
    """
    parent = {record.row: record.row for record in records}

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for block in _blocks(records, as_):
        for n, one in enumerate(block):
            for other in block[n + 1 :]:
                a, b = root(one.row), root(other.row)
                if a != b and _same(one, other, as_):
                    parent[max(a, b)] = min(a, b)
    found = defaultdict(list)
    for row in parent:
        found[root(row)].append(row)
    return sorted(sorted(rows) for rows in found.values() if len(rows) > 1)


def _blocks(records: Sequence[Record], as_: str) -> Iterable[list[Record]]:
    by_key: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        for key in _keys(record, as_):
            by_key[key].append(record)
    return [block[:_LARGEST_BLOCK] for block in by_key.values() if len(block) > 1]


def _keys(record: Record, as_: str) -> list[tuple[str, str]]:
    values = record.values
    name = name_key(str(values["name"]))
    if as_ == "representatives":
        return [
            ("name", f"{values['country']} {name}"),
            *(("email", mail) for mail in values.get("email", ())),
        ]
    keys = [("nib", values["nib"])] if "nib" in values else []
    keys += [("phone", phone["number"]) for phone in values.get("phone", ())]
    address = address_key(values)
    return [*keys, ("address", f"{name} {address}")] if address else [*keys, ("all", record.hash)]


def name_key(name: str) -> str:
    """A name without legal form, case and punctuation, for comparing."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def address_key(values: dict[str, Any]) -> str:
    """An address without the words every address has, with the village; ``""`` without a street address."""
    words = [word for word in fold(str(values.get("address", ""))).split() if word not in _STREET]
    return " ".join([*words, fold(str(values.get("village", "")))]) if len(words) > 1 else ""


def _same(one: Record, other: Record, as_: str) -> bool:
    a, b = one.values, other.values
    if as_ == "representatives":
        same_name = name_key(str(a["name"])) == name_key(str(b["name"]))
        return same_name if a["country"] == b["country"] else False
    if "nib" in a and "nib" in b:
        return bool(a["nib"] == b["nib"])
    first, second = name_key(str(a["name"])), name_key(str(b["name"]))
    phones = {p["number"] for p in a.get("phone", ())}, {p["number"] for p in b.get("phone", ())}
    if phones[0] & phones[1]:
        return first == second or distance(first, second, 2) <= (2 if min(len(first), len(second)) > 9 else 1)
    if first != second or (phones[0] and phones[1]):
        return False
    address = address_key(a)
    return one.hash == other.hash or bool(
        address and address == address_key(b) and any(c.isdigit() for c in address)
    )
