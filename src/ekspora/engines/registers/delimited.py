"""Delimited text: its encoding, its delimiter, its records."""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.header import known_headers
from ekspora.engines.registers.limits import MAX_CELL, MAX_ROWS, too_many_rows
from ekspora.engines.registers.sheet import Grid

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_NAMES = {"utf-8-sig": "utf-8"}
_TWICE_ENCODED = re.compile("â€[\x80-\uffff]|[ÃÂ][\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, by the zeros of UTF-16, as UTF-8, else as
    Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _table_text(data.decode(encoding), file), _NAMES.get(encoding, encoding)
            except UnicodeDecodeError:
                break
    for encoding, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[0:2000:2])):
        if len(data) % 2 == 0 and zeros.count(0) > 0.6 * len(zeros):
            try:
                return _table_text(data.decode(encoding), file), encoding
            except UnicodeDecodeError:
                continue
    try:
        return _table_text(data.decode("utf-8"), file), "utf-8"
    except UnicodeDecodeError:
        return _table_text(data.decode("cp1252", errors="replace"), file), "cp1252"


def _table_text(text: str, file: str) -> str:
    """Refuses what is no text: too many control characters or bytes that stand for nothing."""
    sample = text[:200_000]
    strange = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    if strange > max(4, 0.005 * len(sample)):
        raise RegisterError(
            "not_a_table",
            f"{file}: isinya bukan tabel. Simpan daftar sebagai XLSX atau CSV.",
            f"{file}: the content is not a table. Save the register as XLSX or CSV.",
        )
    return _repaired(text.replace("\x00", ""))


def _repaired(text: str) -> str:
    """Lines that were UTF-8 and once read as Windows-1252 (``â€“`` for a dash) as they were meant."""
    if not _TWICE_ENCODED.search(text):
        return text
    lines = text.split("\n")
    for n, line in enumerate(lines):
        if _TWICE_ENCODED.search(line):
            with contextlib.suppress(UnicodeError):
                lines[n] = line.encode("cp1252").decode("utf-8")
    return "\n".join(lines)


def delimited_grid(text: str, file: str) -> tuple[Grid, str | None]:
    """The records of a delimited text and its delimiter (``None`` with a single column)."""
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _delimiter(text)
    rows = _records(text, delimiter or ",", file) if delimiter else [[line] for line in text.splitlines()]
    if declared:
        rows.insert(0, [])
    grid = Grid(None, rows, ragged=True)
    return grid, delimiter


def _delimiter(text: str) -> str | None:
    """The delimiter under which the first records are most even, known headers counting most."""
    best: tuple[float, str | None] = (0.0, None)
    head = text[:100_000]
    for delimiter in _DELIMITERS:
        if delimiter not in head:
            continue
        try:
            rows = [row for row, _ in zip(_reader(head, delimiter), range(200), strict=False) if row]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        if width < 2:
            continue
        known, cells = max(((known_headers(row), len(row)) for row in rows[:30]), default=(0, 0))
        if known and cells < 2:
            continue
        score = known * 10 + times / len(rows) * 5 + min(width, 10) / 10
        best = max(best, (score, delimiter), key=lambda item: item[0])
    return best[1]


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=False)


def _records(text: str, delimiter: str, file: str) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL * 4)
    if text.count("\n") > 2 * MAX_ROWS + 100_000:
        raise too_many_rows(file)
    rows: list[list[str]] = []
    seen: dict[str, str] = {}
    try:
        for row in _reader(text, delimiter):
            if len(rows) > MAX_ROWS + 50:
                raise too_many_rows(file)
            rows.append([seen.setdefault(cell, cell) if len(cell) < 40 else cell for cell in row])
    except csv.Error:
        raise RegisterError(
            "open_quote",
            f"{file}: tanda kutip tidak ditutup di sekitar baris "
            f"{len(rows) + 1}. Perbaiki atau simpan ulang sebagai XLSX.",
            f"{file}: a quotation mark is not closed near line {len(rows) + 1}. Correct it or save as XLSX.",
        ) from None
    return rows
