"""Files as they come: totals among the rows, failed formulas, nesting, bytes no database takes, names of tricks."""

import io
import json

import pytest
import xlsxwriter

from ekspora.engines.registers import Understanding, read_source, report, understand


def understood(data: bytes | str, name: str = "x") -> Understanding:
    return understand(read_source(data if isinstance(data, bytes) else data.encode(), name), "businesses")


def names(result: Understanding) -> list[str]:
    return [str(record.values["name"]) for record in result.records]


@pytest.mark.parametrize(
    "total", ["TOTAL;2;Rp 3.000.000", ";JUMLAH;12", "Sub Total;;15,5", "Jumlah keseluruhan;2;"]
)
def test_lines_that_only_add_up_are_no_businesses(total: str) -> None:
    text = f"Nama Usaha;Tenaga Kerja;Omzet per tahun\nA;2;Rp 1.000.000\n{total}\nB;3;Rp 2.000.000\n"
    result = understood(text)
    assert names(result) == ["A", "B"]
    assert (result.rows, result.blank) == (3, 1)


def test_a_business_called_total_stays() -> None:
    assert names(understood("Nama Usaha;No HP\nTotal;0812-3456-7890\nTotal Jaya;2\n"))[:1] == ["Total"]


def test_a_failed_formula_is_a_fault_and_not_an_empty_cell() -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet("Kosong & lain")
    sheet = book.add_worksheet("Data & <1>")
    sheet.write_row(0, 0, ("Nama Usaha", "Telepon", "Email"))
    for n, error in enumerate(("#DIV/0!", "#N/A", "#REF!"), 1):
        sheet.write(n, 0, f"Usaha {n}")
        sheet.write_formula(n, 1, "=1/0", None, error)
    book.close()
    result = understood(buffer.getvalue())
    assert [(issue.row, issue.field, issue.value, issue.code) for issue in result.bad] == [
        (1, "phone", "#DIV/0!", "formula_error"), (3, "phone", "#REF!", "formula_error")
    ]  # fmt: skip
    assert names(result) == ["Usaha 2"]


def test_a_list_beside_other_objects_is_found_and_its_lists_are_products() -> None:
    products = [{"nama": "Dodol", "harga": "Rp 25.000"}, {"nama": "Kerupuk", "harga": 15000}]
    items = [
        {"nama_usaha": "A", "kontak": {"telepon": ["0812-3456-7890"]}, "produk": products},
        {"nama_usaha": "B"},
    ]
    result = understood(json.dumps({"meta": {"n": 2}, "data": {"items": items}}))
    assert names(result) == ["A", "B"]
    assert [product["product_name"] for product in result.records[0].products] == ["Dodol", "Kerupuk"]


def test_an_object_of_like_objects_is_a_register() -> None:
    assert names(
        understood(json.dumps({"u1": {"nama": "A", "hp": "-"}, "u2": {"nama": "B", "kota": ""}}))
    ) == ["A", "B"]


@pytest.mark.parametrize(
    "data",
    [
        b'[{"nama": "A\\u0000B", "alamat": "x\\ud800"}]',
        b"Nama Usaha;Alamat\nA\x00B;x\x00\n",
    ],
)
def test_what_no_database_takes_is_gone(data: bytes) -> None:
    result = understood(data)
    told = json.dumps(report(result), ensure_ascii=False) + repr([record.values for record in result.records])
    assert "\x00" not in told
    assert "\\u0000" not in json.dumps(report(result))
    told.encode()
    assert names(result) == ["AB"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/daftar.csv",
        "C:\\\\x\\daftar.csv",
        "daftar\x00.csv",
        "daftar\u202evsc.exe",
        "d" * 5000 + ".csv",
    ],
)
def test_the_name_of_a_file_is_only_a_name(name: str) -> None:
    file = understood("Nama Usaha;Kota\nA;Kota Bandung\n", name).sheet.file
    assert len(file) <= 200
    assert not set(file) & set("/\\\x00\u202e")


@pytest.mark.parametrize(
    ("text", "year"),
    [("±2015", 2015), ("sejak tahun 2010", 2010), ("2.015", 2015), ("Januari 2019", 2019), ("05/2019", 2019)],
)
def test_years_as_people_write_them(text: str, year: int) -> None:
    (record,) = understood(f"Nama Usaha;Tahun berdiri\nA;{text}\n").records
    assert record.values["year_founded"] == year


@pytest.mark.parametrize(
    ("text", "code"),
    [("43468", "date_as_number"), ("Jan-19", "short_year"), ("98", "short_year"), ("2010-an", "unclear_year"),
     ("5 tahun", "unclear_year"), ("2015/2016", "unclear_year")],
)  # fmt: skip
def test_years_only_a_person_knows_are_asked(text: str, code: str) -> None:
    result = understood(f"Nama Usaha;Tahun berdiri\nA;{text}\n")
    assert ([issue.code for issue in result.ask], result.good) == ([code], 1)


def test_letters_under_employees_are_men_and_women() -> None:
    result = understood("Nama Usaha;Tenaga Kerja;;Kota\n;L;P;\nA;3;4;Kota Bandung\nB;1;2;Kota Bandung\n")
    assert [(r.values["employees_men"], r.values["employees_women"]) for r in result.records] == [
        (3, 4),
        (1, 2),
    ]
