"""Several tables on one sheet: beside each other, and below each other under headers of their own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ekspora.engines.registers.headings import candidates, is_counter, is_exact, words_of
from ekspora.engines.registers.wording import clean, fold

_DIGIT = re.compile(r"\d")
_TITLE_LINES = 5


@dataclass(slots=True)
class Below:
    """What stands under a later header: the columns it adds, its rows in the order of the first table's columns,
    and the lines that are no records with their text; all numbered like the rows."""

    added: list[str] = field(default_factory=list)
    rows: dict[int, list[str]] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)


def beside(names: Sequence[str], data: list[list[str]]) -> list[range]:
    """The columns of tables of the same header that stand side by side, ``[]`` where there is one table only.

    They are told by an empty column between them, or by each beginning with a running number."""
    filled = {i for row in data for i, cell in enumerate(row) if cell.strip()} if "" in names else set()
    empty = [i for i, name in enumerate(names) if not name and i not in filled]
    edges = [-1, *empty, len(names)]
    blocks = [range(a + 1, b) for a, b in pairwise(edges) if b - a > 2]
    if len(blocks) == 1 and blocks[0] == range(len(names)) and names and is_counter(names[0]):
        starts = [i for i, name in enumerate(names) if fold(name) == fold(names[0])]
        blocks = [range(a, b) for a, b in zip(starts, [*starts[1:], len(names)], strict=True)]
    if len(blocks) < 2:
        return []
    first = [fold(names[i]) for i in blocks[0]]
    alike = all([fold(names[i]) for i in block] == first for block in blocks)
    return blocks if alike and len(set(first)) == len(first) > 1 else []


def stacked(blocks: Sequence[range], data: list[list[str]]) -> list[list[str]]:
    """The rows of tables side by side, one table after the other."""
    rows = [list(row[block.start : block.stop]) for block in blocks for row in data]
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    return rows


def below(columns: list[str], rows: list[list[str]]) -> Below:
    """What later headers make of the rows under them: a table with names is brought under the first header,
    another one (a recapitulation) is left out."""
    found = Below()
    starts = _headers(columns, rows)
    for start, end in zip(starts, [*starts, len(rows) + 1][1:], strict=True):
        header = [clean(cell) for cell in rows[start - 1]]
        for n in _titles(rows, start):
            found.left_out[n] = _joined(rows[n - 1])
        found.left_out[start] = _joined(rows[start - 1])
        places = _places(columns, found.added, header) if names_somebody(header) else None
        for n in range(start + 1, end):
            row = rows[n - 1]
            if places is None:
                if any(map(str.strip, row)):
                    found.left_out[n] = _joined(row)
            else:
                moved = [""] * (len(columns) + len(found.added))
                for k, cell in zip(places, row, strict=False):
                    if k is not None:
                        moved[k] = cell
                found.rows[n] = moved
    return found


def _headers(columns: Sequence[str], rows: list[list[str]]) -> list[int]:
    """The rows that are the header of another table, counted from 1. The first header come again is one only
    after another."""
    if not names_somebody(columns):
        return []
    own = [fold(column) for column in columns]
    found: list[int] = []
    for n, row in enumerate(rows, 1):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) < 2 or len(filled) > 60 or _DIGIT.search("".join(filled)):
            continue
        known = sum(_is_name(cell) for cell in filled)
        apart = n == 1 or sum(bool(cell.strip()) for cell in rows[n - 2]) < 2
        if known < (max(2, 0.6 * len(filled)) if apart else max(3, 0.8 * len(filled))):
            continue
        if found or [fold(cell) for cell in row] != own[: len(row)]:
            found.append(n)
    return found


def _is_name(cell: str) -> bool:
    return len(cell) <= 60 and (is_counter(clean(cell)) or is_exact(clean(cell)))


def names_somebody(header: Sequence[str]) -> bool:
    """Whether a column holds names of businesses or people."""
    return any(key in ("name", "first_name") for column in header for key in _meanings(column))


def _meanings(column: str) -> set[str]:
    return {
        key
        for as_ in ("businesses", "representatives")
        for score, key in candidates(as_, column)
        if score >= 0.7
    }


def _titles(rows: list[list[str]], start: int) -> list[int]:
    """The lines over a header that hold one text only."""
    found = []
    for n in range(start - 1, max(0, start - 1 - _TITLE_LINES), -1):
        filled = [cell for cell in rows[n - 1] if cell.strip()]
        if len(filled) > 1:
            break
        if filled:
            found.append(n)
    return found


def _places(columns: list[str], added: list[str], header: list[str]) -> list[int | None]:
    """Where each column of a later table belongs among the first one's; new ones are added at the end."""
    names = [*columns, *added]
    places: list[int | None] = []
    for name in header:
        same = [k for k, own in enumerate(names) if k not in places and name and fold(own) == fold(name)]
        same = same or [
            k for k, own in enumerate(names) if k not in places and name and words_of(own) == words_of(name)
        ]
        same = same or [
            k for k, own in enumerate(columns) if k not in places and _meanings(own) & _meanings(name)
        ]
        if not same and name:
            added.append(name)
            names.append(name)
            same = [len(names) - 1]
        places.append(same[0] if same else None)
    return places


def under(columns: list[str], others: Sequence[str]) -> tuple[list[int], list[str]]:
    """Where each column of another sheet belongs among these, and the names of those it adds at the end."""
    added: list[str] = []
    places = _places(columns, added, list(others))
    return [place for place in places if place is not None], added


def are_alike(columns: list[str], others: Sequence[str]) -> bool:
    """Whether two sheets are of one shape: both name somebody, and of the narrower one's columns three quarters
    stand in the other as well."""
    if not (names_somebody(columns) and names_somebody(others)):
        return False
    named = [[name for name in names if fold(name) and not is_counter(name)] for names in (columns, others)]
    narrow, wide = sorted(named, key=len)
    return len(under(wide, narrow)[1]) <= 0.25 * len(narrow)


def _joined(row: Sequence[str]) -> str:
    return " | ".join(clean(cell) for cell in row if cell.strip())
