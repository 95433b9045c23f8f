"""Spreadsheet files: guarded first, then read by calamine."""

import io
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ekspora.engines.registers.archive import check_archive
from ekspora.engines.registers.cells import cell_text
from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.formula_errors import Errors, failed_formulas
from ekspora.engines.registers.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows
from ekspora.engines.registers.sheet import Grid

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def workbook_kind(data: bytes, file: str) -> str | None:
    """``xlsx``, ``xls`` or ``ods`` by content, ``None`` for text. Archives of other things are refused."""
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise _protected(file)
        return "xls"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return check_archive(data, file)
    return "xls" if data[:2] == b"\x09\x08" and data[2:4] in (b"\x10\x00", b"\x08\x00") else None


def _protected(file: str) -> RegisterError:
    return RegisterError(
        "password",
        f"{file}: terkunci kata sandi. Buka kuncinya, lalu simpan ulang.",
        f"{file}: protected by a password. Remove it and save again.",
    )


def _broken(file: str) -> RegisterError:
    return RegisterError(
        "broken_workbook",
        f"{file}: berkas rusak atau terpotong. Unduh atau simpan ulang dari aplikasinya.",
        f"{file}: the file is damaged or cut off. Download it or save it again.",
    )


def workbook_grids(data: bytes, kind: str, file: str) -> Iterator[Grid]:
    """The visible worksheets that hold anything; hidden ones only when no visible one does."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
        failed = failed_formulas(data) if kind == "xlsx" else {}
        empty = True
        for visible in (True, False):
            for meta in sheets:
                if (meta.visible == SheetVisibleEnum.Visible) == visible:
                    grid = _grid(book.get_sheet_by_name(meta.name), file, failed.get(meta.name, {}))
                    if grid.rows:
                        empty = False
                        yield grid
            if not empty:
                return
    except PasswordError:
        raise _protected(file) from None
    except RegisterError:
        raise
    except (CalamineError, ValueError, OSError, OverflowError, MemoryError):
        raise _broken(file) from None
    except BaseException as error:  # calamine's own panics on damaged files derive from BaseException
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(file) from None


def _grid(sheet: CalamineSheet, file: str, failed: Errors) -> Grid:
    if sheet.start is None:
        return Grid(sheet.name, [])
    top, left = sheet.start
    if sheet.width > 16 * MAX_COLUMNS:
        raise too_many_columns(file, sheet.width)
    lead: list[str] = [""] * left
    rows: list[list[str]] = [[] for _ in range(top)]
    seen: dict[str, str] = {}
    filled = 0
    for cells in sheet.iter_rows():
        row = [cell if type(cell) is str else cell_text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        filled += bool(row)
        if filled > MAX_ROWS + 50:
            raise too_many_rows(file)
        rows.append(
            [*lead, *(seen.setdefault(cell, cell) if len(cell) < 40 else cell for cell in row)] if row else []
        )
    for (i, k), error in failed.items():
        if i < len(rows) and k < MAX_COLUMNS:
            rows[i].extend([""] * (k + 1 - len(rows[i])))
            rows[i][k] = rows[i][k] or error
    while rows and not rows[-1]:
        rows.pop()
    merged = [(t, left, b, right) for (t, left), (b, right) in sheet.merged_cell_ranges or []]
    return Grid(sheet.name, rows, merged)
