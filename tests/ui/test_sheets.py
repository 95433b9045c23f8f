"""Files for a spreadsheet carry texts, never formulas."""

import csv
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from ekspora.ui.sheets import comma_separated, workbook

HEAD = ("Nama", "Telepon")
EVIL = ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "biasa", ""]


def test_a_workbook_holds_every_cell_as_text() -> None:
    data = workbook([("Data", HEAD, [(cell, "x") for cell in EVIL]), ("Kosong", HEAD, [])])
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Data", "Kosong"]
    rows = book.get_sheet_by_name("Data").to_python()
    assert [row[0] for row in rows] == ["Nama", *EVIL]
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


@pytest.mark.parametrize("cell", EVIL)
def test_no_cell_of_a_csv_begins_a_formula(cell: str) -> None:
    data = comma_separated(HEAD, [(cell, "x")])
    assert data.startswith(b"\xef\xbb\xbf")
    ((_, _), (written, _)) = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert written.removeprefix("'") == cell
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["Kopi;=1+1", "Kopi; @SUM(1)", 'Kopi\n=HYPERLINK("x")', ";-1"])
def test_nothing_begins_with_a_formula_where_a_spreadsheet_cuts_at_semicolons(cell: str) -> None:
    text = comma_separated(HEAD, [(cell, "x")]).decode("utf-8-sig")
    for part in re.split(r"[;,\r\n]", text.replace('"', "")):
        assert not part.strip(" ").startswith(("=", "+", "-", "@")), part
