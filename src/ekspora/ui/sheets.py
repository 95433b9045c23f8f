"""Lists as files for a spreadsheet, in which no cell can run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

Cell = str | int | Decimal
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); an apostrophe makes it text.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_download(content: bytes, name: str) -> HttpResponse:
    """A file to be saved under ``name``, whose ending says which kind it is: ``.xlsx`` or ``.csv``."""
    response = HttpResponse(content, content_type=_KINDS[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX with a sheet for each (name, head, lines). A number is one, every other cell is text: what begins
    with "=" stays a text.

    The head is bold and stays in sight, each column has a filter, widths follow the contents.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        amount = book.add_format({"num_format": "#,##0.00"})
        for name, head, lines in sheets:
            sheet = book.add_worksheet(name[:31])
            widths = [len(cell) for cell in head]
            last = 0
            for last, line in enumerate([head, *lines]):
                for column, cell in enumerate(line):
                    if isinstance(cell, str):
                        sheet.write_string(last, column, cell, None if last else bold)
                    else:
                        sheet.write_number(last, column, cell, amount if isinstance(cell, Decimal) else None)
                    widths[column] = max(widths[column], min(len(str(cell)), _WIDEST))
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width + 2)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(last, 1), len(head) - 1)
    return out.getvalue()


def comma_separated(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """A CSV in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_as_text(cell) for cell in line] for line in (head, *lines))
    return out.getvalue().encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_FORMULA) else cell
