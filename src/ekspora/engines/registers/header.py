"""Where the register stands in a sheet: title rows, stacked and merged headers, footers."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from ekspora.engines.registers.body import fill_merged, kept_columns, left_out, uneven
from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.headings import is_known
from ekspora.engines.registers.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows
from ekspora.engines.registers.sheet import Grid, Part
from ekspora.engines.registers.tables import Below, are_alike, below, beside, names_somebody, stacked, under
from ekspora.engines.registers.upright import upright
from ekspora.engines.registers.wording import clean, fold

_LOOK = 60
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# What a line under the header says of its columns and is no column's name: ``(Rp)``, ``(orang)``.
_UNIT_CELL = re.compile(r"\([^()\d]{1,20}\)|rp\.?|idr|usd|%|orang|org|unit|kg|ton|pcs|buah", re.IGNORECASE)
# What stands under a group's name and is no column's name alone.
_PARTS = frozenset(
    {"l", "p", "lk", "pr", "laki laki", "perempuan", "pria", "wanita", "male", "female", "m", "f"}
)


@dataclass(slots=True)
class Found:
    """A register within a sheet: see ``Sheet`` for the fields."""

    name: str | None
    header_row: int
    columns: list[str]
    rows: list[list[str]]
    uneven: dict[int, list[str]]
    left_out: dict[int, str]
    known: int
    others: tuple[str, ...] = ()
    joined: list[tuple[int, int, int]] = field(default_factory=list)
    alike: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


def known_headers(row: list[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(is_known(clean(cell)) for cell in row[: MAX_COLUMNS * 2] if cell and len(cell) < 100)


def best_sheet(grids: Iterable[Grid], file: str, wanted: Collection[str] = ()) -> Found:
    """The register in the sheets ``wanted``, read one after the other; else in the sheet whose header is known
    best, then the longest. ``others`` names the other sheets with a table, ``alike`` those of the same shape.
    Raises ``RegisterError`` without any."""
    best: Found | None = None
    tables: dict[str, list[str]] = {}
    chosen: list[Found] = []
    for grid in grids:
        found = find(grid, file)
        if not found:
            continue
        if found.known > 1 and found.rows and found.name:
            tables[found.name] = found.columns
        if found.name in wanted:
            chosen.append(found)
        elif not wanted and (best is None or _rank(found) > _rank(best)):
            best = found
    if missing := set(wanted) - {found.name for found in chosen}:
        raise _no_sheet(file, missing, tables)
    best = _one_after_the_other(chosen, file) if chosen else best
    if best is None:
        raise RegisterError(
            "no_register",
            f"{file}: tidak ada daftar di berkas ini. Pastikan ada "
            "baris judul kolom dan sedikitnya satu baris data.",
            f"{file}: there is no register in this file. It needs "
            "a line of column names and at least one row of data.",
        )
    read = {part.sheet for part in best.parts}
    best.others = tuple(name for name in tables if name not in read)
    alike = [name for name, columns in tables.items() if name in read or are_alike(best.columns, columns)]
    best.alike = tuple(alike) if len(alike) > 1 else ()
    return best


def _no_sheet(file: str, missing: Collection[str], tables: Collection[str]) -> RegisterError:
    names, known = ", ".join(sorted(missing)), ", ".join(tables) or "–"
    return RegisterError(
        "unknown_sheet",
        f"{file}: tidak ada daftar di lembar {names}. Lembar yang berisi tabel: {known}.",
        f"{file}: there is no register on sheet {names}. Sheets with a table: {known}.",
    )


def _one_after_the_other(sheets: list[Found], file: str) -> Found:
    """The rows of several sheets in the columns of the first; a column only a later one has is added."""
    whole, *rest = sheets
    for found in rest:
        before = len(whole.rows)
        if before + len(found.rows) > MAX_ROWS:
            raise too_many_rows(file)
        places, added = under(whole.columns, found.columns)
        if added:
            whole.columns = _unique([*whole.columns, *added])
            whole.rows = [row + [""] * len(added) for row in whole.rows]
        if len(whole.columns) > MAX_COLUMNS:
            raise too_many_columns(file, len(whole.columns))
        for row in found.rows:
            moved = [""] * len(whole.columns)
            for k, cell in zip(places, row, strict=True):
                moved[k] = cell
            whole.rows.append(moved)
        whole.left_out |= {n + before: text for n, text in found.left_out.items()}
        whole.joined += [(places[c], first + before, end + before) for c, first, end in found.joined]
        whole.parts += tuple(replace(part, first=part.first + before) for part in found.parts)
    return whole


def _rank(found: Found) -> float:
    return found.known**2 * math.log2(len(found.rows) + 1.5) + (0.001 if found.rows else 0)


def find(grid: Grid, file: str) -> Found | None:
    """The register of one sheet, ``None`` when it holds no table."""
    grid, above = upright(grid, max(map(known_headers, grid.rows[:_LOOK]), default=0))
    rows = grid.rows
    start = _header_start(rows)
    if start is None:
        return None
    top, bottom = _block(grid, start)
    names = _names(grid, top, bottom)
    last = bottom + _numbering(rows, bottom + 1)
    data = rows[last + 1 :]
    if len(data) > MAX_ROWS:
        raise too_many_rows(file)
    width = len(names)
    while width and not names[width - 1]:
        width -= 1
    firsts = [1]
    if blocks := beside(names[:width], data):
        firsts = [k * len(data) + 1 for k in range(len(blocks))]
        names = [names[i] for i in blocks[0]]
        data, width = stacked(blocks, data), len(names)
    odd = uneven(data, width) if grid.ragged else {}
    keep = kept_columns(names, data, width if grid.ragged else max((len(r) for r in data), default=0))
    if len(keep) > MAX_COLUMNS:
        raise too_many_columns(file, len(keep))
    columns = _unique([names[i] if i < len(names) and names[i] else f"({_letter(i)})" for i in keep])
    joined = fill_merged(grid, last + 1)
    table = [
        [row[i] if i < len(row) else "" for i in keep]
        if len(row) != len(keep) or keep[-1:] != [len(keep) - 1]
        else row
        for row in data
    ]
    line = above + last + 1
    found = Found(grid.name, line, columns, table, odd, {}, sum(map(is_known, columns)))
    found.parts = tuple(Part(grid.name, line, first) for first in firsts)
    other = below(found.columns, found.rows)
    _bring_under_one(found, other)
    found.left_out = left_out(found.columns, found.rows) | other.left_out
    places = {column: k for k, column in enumerate(keep)}
    found.joined = [(places[c], first, end) for c, first, end in joined if c in places]
    return found


def _bring_under_one(found: Found, other: Below) -> None:
    """Rows of later tables in the columns of the first; their number of cells is that of their own header."""
    if other.added:
        found.columns = _unique([*found.columns, *other.added])
        found.rows = [row + [""] * len(other.added) for row in found.rows]
    for n, row in other.rows.items():
        found.rows[n - 1] = row + [""] * (len(found.columns) - len(row))
    for n in {*other.rows, *other.left_out}:
        found.uneven.pop(n, None)


def _header_start(rows: list[list[str]]) -> int | None:
    """The line with most known names; without any, the first full line of words above the data."""
    best, at = 0, None
    empty = next((i for i, row in enumerate(rows) if any(map(str.strip, row))), 0)
    look = empty + _LOOK
    for i, row in enumerate(rows[:look]):
        known = known_headers(row)
        if known > best and not _is_sentence_row(row, known):
            best, at = known, i
        if best > 4 and best > 0.5 * sum(map(bool, rows[at or 0])):
            break
    if at is not None:
        return next((i for i in range(empty, at - 2) if _is_first_table(rows[i], best)), at)
    widest = max((sum(map(bool, row)) for row in rows[:look]), default=0)
    for i, row in enumerate(rows[:look]):
        filled = [clean(cell) for cell in row if cell.strip()]
        if filled and len(filled) >= max(1, 0.6 * widest) and len(rows) > i + 1:
            wordy = all(len(cell) <= 80 and not re.fullmatch(r"[\d\s.,/+()-]{4,}", cell) for cell in filled)
            return i if wordy and len(set(filled)) == len(filled) else None
    return None


def _is_first_table(row: list[str], best: int) -> bool:
    """Whether a line well above the best known header is the header of a table of its own that comes first."""
    known = known_headers(row)
    return (
        known >= max(2, 0.6 * best)
        and not _is_sentence_row(row, known)
        and names_somebody([*map(clean, row)])
    )


def _is_sentence_row(row: list[str], known: int) -> bool:
    """A row of data in which a word or two happen to be names of columns."""
    filled = [cell for cell in row if cell.strip()]
    return known < 0.34 * len(filled) and sum(any(c.isdigit() for c in cell) for cell in filled) > 0.3 * len(
        filled
    )


def _block(grid: Grid, start: int) -> tuple[int, int]:
    top = bottom = start
    if start and _is_parent(grid, start - 1, start):
        top = start - 1
    while bottom - top < 3 and bottom + 1 < len(grid.rows) and _is_sub_header(grid, bottom, bottom + 1):
        bottom += 1
    return top, bottom


def _is_parent(grid: Grid, i: int, below: int) -> bool:
    """A line of group names over the header: several, or
    one that spans a part of it; not a title over all."""
    above, row = grid.rows[i], grid.rows[below]
    filled = [k for k, cell in enumerate(above) if cell.strip()]
    if not filled or any(len(above[k]) > 60 for k in filled):
        return False
    spans = [(left, right) for t, left, _, right in grid.merged if t == i and right > left]
    down = [left for t, left, b, _ in grid.merged if t == i and b >= below and left == left]
    width = sum(1 for cell in row if cell.strip())
    if spans or down:
        return all(right - left + 1 < max(width, 2) for left, right in spans)
    gaps = [k for k in filled if k >= len(row) or not row[k].strip()]
    return bool(gaps) and len(filled) > 1


def _is_sub_header(grid: Grid, i: int, below: int) -> bool:
    above, row = grid.rows[i], grid.rows[below]
    filled = [k for k, cell in enumerate(row) if cell.strip()]
    if not filled or any(len(row[k]) > 60 for k in filled):
        return False
    down = {k for t, left, b, right in grid.merged if t <= i and b >= below for k in range(left, right + 1)}
    across = {
        k for t, left, b, right in grid.merged if b == i and right > left for k in range(left, right + 1)
    }
    if _numbering(grid.rows, below):
        return False
    if all(_UNIT_CELL.fullmatch(row[k].strip()) and k < len(above) and above[k].strip() for k in filled):
        return "(" in "".join(row) or len(filled) > 1
    if any(any(c.isdigit() for c in row[k]) and not is_known(clean(row[k])) for k in filled):
        return False
    if (down or across) and all(k in across for k in filled) and across:
        return True
    under_blank = [k for k in filled if k >= len(above) or not above[k].strip()]
    parts = {k for k in filled if fold(row[k]) in _PARTS}
    if not parts.intersection(under_blank):
        parts = set()  # under a name of its own such a letter is what somebody is, not what a column holds
    known = sum(is_known(clean(row[k])) or k in parts for k in filled)
    first = next((k for k, cell in enumerate(above) if cell.strip()), 0)
    if len(under_blank) > 1 and known >= max(2, 0.5 * len(filled)) and filled[0] > first + 1:
        return True  # under groups only: a record would begin where the table does
    if known >= max(2, 0.6 * len(filled)):
        return True
    return (
        bool(known)
        and len(under_blank) >= 0.5 * len(filled)
        and len(filled) < sum(1 for c in above if c.strip())
        and known >= 0.5 * len(filled)
    )


def _numbering(rows: list[list[str]], i: int) -> int:
    """1 when the line under the header only numbers the columns: ``1 2 3``, ``(a) (b) (c)`` or ``1 2 3=1x2``."""
    cells = [fold(cell.partition("=")[0]) for cell in rows[i] if cell.strip()] if i < len(rows) else []
    if len(cells) > 2 and "".join(cells) == _ALPHABET[: len(cells)] and all(len(cell) == 1 for cell in cells):
        return 1
    return int(
        len(cells) > 2
        and all(cell.isdigit() and len(cell) < 4 for cell in cells)
        and [int(c) for c in cells] == list(range(int(cells[0]), int(cells[0]) + len(cells)))
        and int(cells[0]) < 3
    )


def _names(grid: Grid, top: int, bottom: int) -> list[str]:
    """The name of each column, upper names before lower ones with a slash between."""
    lines = [_spread(grid, i, bottom) for i in range(top, bottom + 1)]
    width = max(len(line) for line in lines)
    names = []
    for k in range(width):
        parts: list[str] = []
        for line in lines:
            part = clean(line[k]) if k < len(line) else ""
            if part and part not in parts:
                parts.append(part)
        names.append(" / ".join(parts))
    return names


def _spread(grid: Grid, i: int, bottom: int) -> list[str]:
    """A line of the header, its group names repeated over the columns they span."""
    row = list(grid.rows[i])
    wide = max(map(len, grid.rows[i : bottom + 1]))
    row += [""] * (wide - len(row))
    spans = [(left, right) for t, left, b, right in grid.merged if t <= i <= b and right > left]
    for left, right in spans:
        for k in range(left, min(right + 1, len(row))):
            row[k] = row[k] or row[left]
    if i < bottom and not spans:
        below = grid.rows[bottom]
        for k in range(1, min(len(row), len(below))):
            if (
                not row[k].strip()
                and below[k].strip()
                and row[k - 1].strip()
                and k - 1 < len(below)
                and below[k - 1].strip()
            ):
                row[k] = row[k - 1]
    return row


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def _letter(i: int) -> str:
    letters = ""
    i += 1
    while i:
        i, rest = divmod(i - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
