"""Files that stand for what people send: small workbooks made on the spot."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]
Merge = tuple[int, int, int, int]


def xlsx(
    sheets: Mapping[str, Rows], merges: Sequence[Merge] = (), far: tuple[int, int] | None = None
) -> bytes:
    """A workbook; ``merges`` (top, left, bottom, right) hold in the last sheet, ``far`` gets a stray cell
    there."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if cell not in (None, ""):
                    sheet.write(i, j, cell)
    for top, left, bottom, right in merges:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
    if far:
        sheet.write(*far, "x")
    book.close()
    return buffer.getvalue()


def csv(text: str, encoding: str = "utf-8") -> bytes:
    """A delimited file in an encoding."""
    return text.encode(encoding)
