"""Lists as files for a spreadsheet, in which no cell can run as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO

import xlsxwriter
from django.core.files import File
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

Cell = str | int | Decimal
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); an apostrophe makes it text. Where
# Indonesian is set, a spreadsheet cuts a CSV at semicolons, so what follows one begins a cell too.
_BEGINS_FORMULA = re.compile(r"(^|[;\r\n][ ]*)(?=[=+\-@\t\r])")
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


def as_long_download(file: "File[bytes]", name: str) -> StreamingHttpResponse:
    """The same of a file that is too long for memory; it is opened when it is asked for."""

    def parts() -> Iterator[bytes]:
        with file.open("rb") as opened:
            yield from opened.chunks()

    response = StreamingHttpResponse(parts(), content_type=_KINDS[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX with a sheet for each (name, head, lines). A number is one, every other cell is text: what begins
    with "=" stays a text.

    The head is bold and stays in sight, each column has a filter, widths follow the contents.
    """
    out = io.BytesIO()
    _fill(out, sheets, in_memory=True)
    return out.getvalue()


def write_file(out: IO[bytes], kind: str, sheet: Sheet) -> None:
    """The same of one sheet, or a CSV, into a file: line after line, so that memory does not grow with the list."""
    _name, head, lines = sheet
    if kind == "xlsx":
        _fill(out, [sheet], constant_memory=True)
        return
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    csv.writer(text).writerows([_as_text(str(cell)) for cell in line] for line in chain([head], lines))
    text.detach()


def _fill(out: IO[bytes], sheets: Iterable[Sheet], **memory: bool) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, **memory}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        amount = book.add_format({"num_format": "#,##0.00"})
        for name, head, lines in sheets:
            sheet = book.add_worksheet(name[:31])
            widths = [len(cell) for cell in head]
            last = 0
            for last, line in enumerate(chain([head], lines)):
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


def comma_separated(head: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV in UTF-8 with the mark by which Excel knows it."""
    out = io.BytesIO()
    write_file(out, "csv", ("", head, lines))
    return out.getvalue()


def _as_text(cell: str) -> str:
    return _BEGINS_FORMULA.sub(r"\1'", cell)
