"""The rows under a header: merged cells, columns worth keeping, lines that are no records."""

import re

from ekspora.engines.registers.headings import is_counter
from ekspora.engines.registers.sections import title_of
from ekspora.engines.registers.sheet import Grid
from ekspora.engines.registers.wording import clean, fold

_FOOTER = re.compile(
    r"^(?:jumlah|total|grand total|sub ?total|sumber|source|keterangan|catatan|note|notes|mengetahui|"
    r"menyetujui|ket|rata rata|kepala dinas|nip)\b"
)


_TOTAL = re.compile(
    r"(?:grand |sub ?)?(?:total|jumlah)(?: (?:total|jumlah|keseluruhan|seluruhnya|semua|all|umkm|ikm|data))?"
    r"(?: (?:per |di )?(?:kec|kecamatan|kab|kabupaten|kota|desa|kel|kelurahan|prov|provinsi|halaman|hal)\b.*)?|"
    r"rata rata|average"
)
_ADDS_UP = re.compile(r"(?:grand |sub ?)?(?:total|jumlah)\b")
_FIGURE = re.compile(r"(?:rp\.?\s*)?[1-9][\d.,\s]*(?:,?-|%)?|0", re.IGNORECASE)


def is_total(row: list[str], counters: set[int]) -> bool:
    """Whether a line only adds up: a word for a total and nothing but figures beside it. Where rows are numbered
    and this one is not, whatever the total is said to be of."""
    filled = [cell.strip() for cell in row if cell.strip()]
    words = [cell for cell in filled if not _FIGURE.fullmatch(cell)]
    if len(words) != 1 or len(filled) < 2:
        return False
    key = fold(words[0])
    if _TOTAL.fullmatch(key):
        return True
    unnumbered = counters and not any(row[i].strip() not in ("", words[0]) for i in counters if i < len(row))
    return bool(unnumbered and _ADDS_UP.match(key))


def uneven(data: list[list[str]], width: int) -> dict[int, list[str]]:
    """Rows with filled cells beyond the header, and rows that end early unless many do (a program that
    trims)."""
    found = {n: row for n, row in enumerate(data, 1) if len(row) != width and any(map(str.strip, row))}
    trims = sum(len(row) < width for row in found.values()) > 0.05 * len(data)
    return {
        n: row
        for n, row in found.items()
        if (not trims if len(row) < width else any(map(str.strip, row[width:])))
    }


def kept_columns(names: list[str], data: list[list[str]], width: int) -> list[int]:
    """The columns that have a name or anything in them."""
    filled = [bool(name) for name in names] + [False] * max(0, width - len(names))
    missing = [i for i, there in enumerate(filled) if not there]
    for row in data:
        if not missing:
            break
        for i in missing:
            if i < len(row) and row[i].strip():
                filled[i] = True
        missing = [i for i in missing if not filled[i]]
    return [i for i, there in enumerate(filled) if there]


def fill_merged(grid: Grid, first: int) -> list[tuple[int, int, int]]:
    """Cells merged downwards hold their text for every row they cover. Gives the column of the grid, the
    first and the last record of each."""
    joined = []
    for top, left, bottom, right in grid.merged:
        if (
            top < first
            or bottom == top
            or top >= len(grid.rows)
            or left >= len(grid.rows[top])
            or right > left
        ):
            continue
        text = grid.rows[top][left]
        for i in range(top + 1, min(bottom + 1, len(grid.rows))):
            row = grid.rows[i]
            if row:
                row.extend([""] * (left + 1 - len(row)))
                row[left] = row[left] or text
        joined.append((left, top - first + 1, min(bottom, len(grid.rows) - 1) - first + 1))
    return joined


def left_out(columns: list[str], rows: list[list[str]]) -> dict[int, str]:
    """Rows that are no records: the header again on a new page, and totals, sources and signatures below the
    table."""
    left: dict[int, str] = {}
    header = [fold(column) for column in columns]
    counters = {i for i, column in enumerate(columns) if is_counter(column)}
    numbered = any(row[i].strip().isdigit() for row in rows[:200] for i in counters)
    for n, row in enumerate(rows, 1):
        if row and fold(row[0] if row[0] else row[-1]) in header and [fold(c) for c in row] == header:
            left[n] = " | ".join(c for c in row if c)
        elif is_total(row, counters):
            left[n] = " | ".join(cell for cell in row if cell.strip())
        elif len(columns) > 2 and (title := title_of(row, counters, numbered)):
            left[n] = title
    if len(columns) < 3:
        return left
    sizes = sorted(sum(bool(cell.strip()) for cell in row) for row in rows[:2000])
    usual = sizes[len(sizes) // 2] if sizes else 0
    for n in range(len(rows), max(0, len(rows) - 25), -1):
        if n not in left and sum(bool(cell.strip()) for cell in rows[n - 1]) >= max(3, 0.6 * usual):
            return left  # a record: what stands over it is no footer
        cells = [clean(cell) for cell in rows[n - 1] if cell.strip()]
        if len(cells) <= max(1, min(4, len(columns) // 2)) and cells and _FOOTER.match(fold(cells[0])):
            for k in range(n, len(rows) + 1):
                words = [clean(cell) for cell in rows[k - 1] if cell.strip()]
                if words:
                    left[k] = " | ".join(words)
            if sum(k >= n for k in left) > 12:
                return {k: v for k, v in left.items() if k < n}
    return left
