"""Reading any register: the kind of file is found by its content, never by its name."""

import os
import re
from collections.abc import Collection

from ekspora.engines.registers.delimited import decode, delimited_grid
from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.header import Found, best_sheet
from ekspora.engines.registers.html_tables import html_grids, looks_like_html
from ekspora.engines.registers.json_records import json_grid, looks_like_json
from ekspora.engines.registers.limits import MAX_BYTES
from ekspora.engines.registers.sheet import SHEETS_BETWEEN, Grid, Sheet
from ekspora.engines.registers.wording import clean
from ekspora.engines.registers.workbook import workbook_grids, workbook_kind

_FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"RIFF", "RIFF"),
)


MAX_NAME = 200
_SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:/\*.*?\*/;?\s*)*(?:INSERT INTO|CREATE TABLE|SET SQL_MODE|DROP TABLE)",
    re.I | re.S,
)


def read_source(data: bytes, filename: str, sheets: Collection[str] = ()) -> Sheet:
    """The register in a file: XLSX, XLS, ODS, CSV/TSV, JSON, or an HTML table saved as a spreadsheet.

    ``sheets`` names the worksheets to read, one after the other; without it the one with the register is found.

    Raises ``RegisterError`` when there is none to be read. Memory: about the text of the cells; time linear
    in it.
    """
    file = clean(os.path.basename(filename.replace("\\", "/")))[:MAX_NAME]
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise RegisterError(
            "empty_file",
            f"{file}: berkas kosong. Pilih berkas yang berisi data.",
            f"{file}: the file is empty. Choose one with data.",
        )
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        raise RegisterError(
            "file_too_large",
            f"{file}: lebih dari {limit} MB. Bagi menjadi beberapa berkas.",
            f"{file}: larger than {limit} MB. Split it into several files.",
        )
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise RegisterError(
                "not_a_table",
                f"{file}: ini berkas {kind}, bukan tabel. Simpan sebagai XLSX atau CSV.",
                f"{file}: this is a {kind} file, not a table. Save it as XLSX or CSV.",
            )
    workbook = workbook_kind(data, file)
    if workbook:
        found = best_sheet(workbook_grids(data, workbook, file), file, sheets)
        return _sheet(file, workbook, None, None, found)
    text, encoding = decode(data, file)
    if _SQL.match(text):
        raise RegisterError(
            "not_a_table",
            f"{file}: ini berkas SQL, bukan tabel. Ekspor tabelnya sebagai CSV atau XLSX.",
            f"{file}: this is an SQL file, not a table. Export the table as CSV or XLSX.",
        )
    if looks_like_html(text):
        return _sheet(file, "html", encoding, None, best_sheet(html_grids(text), file, sheets))
    if looks_like_json(text):
        return _from_json(file, encoding, json_grid(text, file))
    grid, delimiter = delimited_grid(text, file)
    return _sheet(file, "csv", encoding, delimiter, best_sheet([grid], file))


def _storable(found: Found) -> Found:
    """Without zero bytes and halves of characters, which no database takes: old programs and JSON can hold them."""
    found.columns = [_whole(name) for name in found.columns]
    found.rows = [row if _is_storable("".join(row)) else [_whole(cell) for cell in row] for row in found.rows]
    found.uneven = {n: [_whole(cell) for cell in row] for n, row in found.uneven.items()}
    found.left_out = {n: _whole(text) for n, text in found.left_out.items()}
    return found


def _is_storable(text: str) -> bool:
    if "\x00" in text:
        return False
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _whole(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _sheet(file: str, kind: str, encoding: str | None, delimiter: str | None, found: Found) -> Sheet:
    found = _storable(found)
    return Sheet(
        file,
        kind,
        encoding,
        delimiter,
        SHEETS_BETWEEN.join(dict.fromkeys(part.sheet for part in found.parts if part.sheet)) or None,
        found.header_row,
        found.columns,
        found.rows,
        found.uneven,
        found.left_out,
        found.others,
        found.joined,
        found.alike,
        found.parts,
    )


def _from_json(file: str, encoding: str, grid: Grid) -> Sheet:
    found = _storable(Found(None, 0, grid.rows[0], grid.rows[1:], {}, {}, 0))
    return Sheet(file, "json", encoding, None, None, None, found.columns, found.rows)
