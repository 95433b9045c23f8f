"""Workbooks given out come back in: the template clean, the corrections as they were."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from ekspora.engines.registers import corrections, read_source, schema, schemas, template, understand
from ekspora.engines.registers.workbooks import safe

from .build import csv, xlsx

FILLED = {
    "businesses": {
        "Nama usaha": "CV Baru",
        "Telepon / WhatsApp": "081234567890",
        "Kode HS": "090121",
        "Nama produk": "Kopi",
    },
    "representatives": {
        "Nama": "Ratu",
        "Negara yang diwakili": "Fiji",
        "Telepon / WhatsApp": "+628111234567",
    },
}


@pytest.mark.parametrize("as_", sorted(schemas()))
def test_a_template_comes_back_without_its_example(as_: str) -> None:
    sheet = read_source(template(as_), "t.xlsx")
    result = understand(sheet, as_)
    assert (sheet.sheet, sheet.header_row) == ("Data", 2)
    assert (result.good, result.bad_rows, result.rows, result.blank) == (0, 0, 1, 1)
    assert not result.ambiguous
    for column, key in result.mapping.items():
        assert schema(as_).by_key[key].label["en"] in column


@pytest.mark.parametrize("as_", sorted(schemas()))
def test_the_example_itself_would_be_a_good_row(as_: str) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(template(as_))).get_sheet_by_name("Data").to_python()
    result = understand(read_source(xlsx({"Data": [rows[0][1:], rows[2][1:]]}), "x.xlsx"), as_)
    assert (result.good, result.bad, result.ask) == (1, [], [])


@pytest.mark.parametrize("as_", sorted(schemas()))
def test_a_filled_template_is_read(as_: str) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(template(as_))).get_sheet_by_name("Data").to_python()
    titles = [str(cell).rstrip(" *") for cell in rows[0]]
    rows.append([FILLED[as_].get(title, "") for title in titles])
    result = understand(read_source(xlsx({"Data": rows}), "x.xlsx"), as_)
    assert (result.good, result.blank, result.bad) == (1, 1, [])
    values = {**result.records[0].values, **(result.records[0].products or [{}])[0]}
    assert values["phone"][0]["number"].startswith("+628")


def test_a_template_offers_lists_to_choose_from() -> None:
    with zipfile.ZipFile(io.BytesIO(template("businesses"))) as book:
        assert b"Teknologi informasi" in book.read("xl/worksheets/sheet1.xml")


TEXT = (
    "Nama Usaha,NIB,Surel,Telepon\n=cmd()|A,12,a@b.id,0812-3456-7890\nBaik,,,\n@B,,salah,+62 812-3456-7891\n"
)


@pytest.mark.parametrize("language", ["id", "en"])
def test_only_bad_rows_come_back_with_what_is_wrong(language: str) -> None:
    result = understand(read_source(csv(TEXT), "x.csv"), "businesses")
    again = read_source(corrections(result, language), "perbaikan.xlsx")
    assert len(again.rows) == 2
    assert (
        again.rows[0][0]
        == f"{schema('businesses').by_key['nib'].label[language]}: {result.bad[0].remedy[language]}"
    )
    assert again.rows[0][1:] == ["'=cmd()|A", "12", "a@b.id", "0812-3456-7890"]
    assert understand(again, "businesses").mapping == result.mapping


def test_corrected_rows_can_be_uploaded_as_they_are() -> None:
    result = understand(read_source(csv(TEXT), "x.csv"), "businesses")
    sheet = read_source(corrections(result, "id"), "perbaikan.xlsx")
    rows = [list(row) for row in sheet.rows]
    rows[0][2], rows[1][3] = "1234567890123", "b@b.id"
    fixed = understand(read_source(xlsx({"Data": [sheet.columns, *rows]}), "x.xlsx"), "businesses")
    assert (fixed.good, fixed.bad_rows) == (2, 0)
    assert [record.values["name"] for record in fixed.records] == ["=cmd()|A", "@B"]


def test_shifted_rows_come_back_with_all_their_cells() -> None:
    rows = "".join(f"U{n},Jasa,Jl. A\n" for n in range(30))
    result = understand(
        read_source(csv(f"nama,kategori,alamat\n{rows}Toko (A, B),Jasa,Jl. Z\n"), "x"), "businesses"
    )
    assert read_source(corrections(result, "id"), "x").rows[0][1:] == ["Toko (A", " B)", "Jasa", "Jl. Z"]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs_as_a_formula(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["+62 812-3456-7890", "-7.73906", "A=1", "", "0812"])
def test_numbers_stay_as_they_are(text: str) -> None:
    assert safe(text) == text
