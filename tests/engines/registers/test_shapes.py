"""Shapes in which offices keep their registers: several tables on a sheet, titles that hold for the rows below."""

import json
from typing import Any

import pytest

from ekspora.engines.registers import Understanding, read_source, understand
from tests.engines.registers.build import csv, xlsx


def _read(data: bytes, name: str = "daftar.xlsx", as_: str = "businesses") -> Understanding:
    return understand(read_source(data, name), as_)


def _names(result: Understanding) -> list[str]:
    return [record.values["name"] for record in result.records]


def test_titles_with_roman_numbers_name_the_place_of_the_rows_below() -> None:
    result = _read(xlsx({"Data": [
        ["NO", "NAMA USAHA", "PEMILIK", "NO HP"],
        ["A", "KABUPATEN KLATEN", "", ""],
        ["I", "Kec. Bayat", "", ""],
        ["1", "Batik Sekar", "Ani", "081234567801"],
        ["B", "KOTA SURAKARTA", "", ""],
        ["1", "Kue Sari", "Budi", "081234567802"],
        ["II", "MAKANAN", "", ""],
        ["2", "Roti Sari", "Budi", "081234567803"],
    ]}))  # fmt: skip
    assert _names(result) == ["Batik Sekar", "Kue Sari", "Roti Sari"]
    assert [record.values["place"] for record in result.records] == ["33.10.04", "33.72", "33.72"]
    assert result.records[1].values.get("district") is None
    assert result.blank == 4
    assert result.bad_rows == 0


def test_titles_in_the_column_of_names_are_no_businesses_but_names_like_places_are() -> None:
    result = _read(csv(
        "Nama Usaha,Pemilik,Alamat\nKABUPATEN BANDUNG,,\nBatik A,Ani,Jl. A 1\nKota Roti,,\n"
        "Desa Wisata Pentingsari,,\nKabupaten Coffee,,\n"
    ))  # fmt: skip
    assert _names(result) == ["Batik A", "Kota Roti", "Desa Wisata Pentingsari", "Kabupaten Coffee"]
    assert result.records[0].values["regency"] == "32.04"


def test_what_the_row_itself_says_beats_the_title() -> None:
    result = _read(csv(
        "No,Nama Usaha,Kab/Kota,Alamat\n,KOTA SURAKARTA,,\n1,A,Klaten,Jl. 1\n2,B,,Jl. 2\n", "utf-8"
    ))  # fmt: skip
    assert [record.values["regency"] for record in result.records] == ["33.10", "33.72"]


def test_a_second_table_with_other_columns_comes_under_the_first_header() -> None:
    result = _read(xlsx({"Data": [
        ["No", "Nama Usaha", "Pemilik", "Telepon"],
        ["1", "Roti A", "Ani", "081234567801"],
        [],
        ["Daftar UMKM Kerajinan"],
        ["No", "Nama Pemilik", "Nama Usaha", "Telepon", "Email"],
        ["1", "Cici", "Kriya C", "081234567803", "c@contoh.id"],
    ]}))  # fmt: skip
    assert _names(result) == ["Roti A", "Kriya C"]
    assert result.records[1].values["owner_name"] == "Cici"
    assert result.records[1].values["email"] == ["c@contoh.id"]
    assert (result.rows, result.good, result.blank, result.bad_rows) == (5, 2, 3, 0)


def test_a_recapitulation_below_is_no_register() -> None:
    result = _read(xlsx({"Data": [
        ["No", "Nama Usaha", "Pemilik", "Kecamatan"],
        ["1", "Roti A", "Ani", "Bayat"],
        [],
        ["REKAPITULASI"],
        ["No", "Kecamatan", "Jumlah UMKM"],
        ["1", "Bayat", "1"],
        ["Jumlah", "", "1"],
        [],
        ["No", "Nama Usaha", "Pemilik", "Kecamatan"],
        ["2", "Roti B", "Budi", "Cawas"],
    ]}))  # fmt: skip
    assert _names(result) == ["Roti A", "Roti B"]
    assert result.bad == []


@pytest.mark.parametrize("gap", [[""], []])
def test_tables_side_by_side_are_read_one_after_the_other(gap: list[str]) -> None:
    head = ["No", "Nama Usaha", "Telepon"]
    result = _read(xlsx({"Data": [
        [*head, *gap, *head],
        ["1", "Roti A", "081234567801", *gap, "3", "Kriya C", "081234567803"],
        ["2", "Roti B", "081234567802", *gap, "", "", ""],
    ]}))  # fmt: skip
    assert _names(result) == ["Roti A", "Roti B", "Kriya C"]
    assert [phone["number"] for phone in result.records[0].values["phone"]] == ["+6281234567801"]
    assert [result.sheet.source_row(n) for n in (1, 2, 3)] == [2, 3, 2]


def test_subtotals_of_whatever_are_no_businesses_where_rows_are_numbered() -> None:
    result = _read(csv(
        "No;Nama Usaha;Kecamatan;Jumlah Karyawan;Omzet per Tahun\n1;Roti A;Bayat;3;100.000.000\n"
        ";Sub Total Bayat;;3;100.000.000\n2;Jumlah Berkah;Cawas;4;200.000.000\n;Jumlah Kec. Cawas;;4;200.000.000\n"
        "TOTAL KESELURUHAN;;;7;Rp 300.000.000,-\n"
    ))  # fmt: skip
    assert _names(result) == ["Roti A", "Jumlah Berkah"]
    assert (result.blank, result.bad_rows) == (3, 0)


@pytest.mark.parametrize("line", ["(a);(b);(c);(d)", "1;2;3;4=2x3", ";;(Rp);(orang)"])
def test_lines_that_number_or_measure_the_columns_belong_to_the_header(line: str) -> None:
    result = _read(csv(f"No;Nama Usaha;Omzet per Tahun;Tenaga Kerja\n{line}\n1;A;Rp 120.000.000;3\n"))
    assert (result.sheet.header_row, result.rows, result.good) == (2, 1, 1)
    assert result.records[0].values["employees"] == 3
    assert result.records[0].values["yearly_sales"]["amount"] == "120000000"


def test_group_names_reach_over_the_last_columns_of_a_three_line_header() -> None:
    rows: list[list[str]] = [
        ["NO", "NAMA USAHA", "LOKASI", "", "TENAGA KERJA", ""],
        ["", "", "ALAMAT", "", "LAKI-LAKI", "PEREMPUAN"],
        ["", "", "DESA", "KEC", "", ""],
        ["1", "Roti A", "Paseban", "Bayat", "1", "2"],
    ]
    merges = [
        (0, 0, 2, 0),
        (0, 1, 2, 1),
        (0, 2, 0, 3),
        (0, 4, 0, 5),
        (1, 2, 1, 3),
        (1, 4, 2, 4),
        (1, 5, 2, 5),
    ]
    values = _read(xlsx({"Data": rows}, merges)).records[0].values
    assert (values["employees_men"], values["employees_women"]) == (1, 2)


def test_a_header_after_many_empty_lines_is_found() -> None:
    assert _names(_read(csv("\n" * 70 + "Nama Usaha,HP\nA,081234567801\n"))) == ["A"]


_RECORDS = [{"nama_usaha": "A", "telepon": "081234567801"}, {"nama_usaha": "B", "telepon": None}]


@pytest.mark.parametrize(
    "document",
    [
        {"fields": [{"id": "nama_usaha"}, {"id": "telepon"}], "records": [["A", "081234567801"], ["B", None]]},
        {"result": {"fields": [{"id": n, "type": "text"} for n in "abcd"], "records": _RECORDS}},
        {"nama_usaha": {"0": "A", "1": "B"}, "telepon": {"0": "081234567801", "1": None}},
        {"columns": ["nama_usaha", "telepon"], "index": [0, 1], "data": [["A", "081234567801"], ["B", None]]},
        {"nama_usaha": ["A", "B"], "telepon": ["081234567801", None]},
        [{"type": "header"}, {"type": "database", "name": "x"}, {"type": "table", "data": _RECORDS[:1]}],
        [{"kecamatan": "Bayat", "umkm": _RECORDS[:1]}, {"kecamatan": "Cawas", "umkm": _RECORDS[1:]}],
        {"Bayat": _RECORDS[:1], "Cawas": _RECORDS[1:]},
    ],
)  # fmt: skip
def test_json_as_programs_write_it(document: Any) -> None:
    result = _read(json.dumps(document).encode(), "daftar.json")
    names = _names(result)
    assert names == ["A", "B"][: len(names)]
    assert len(names) == (1 if isinstance(document, list) and "type" in document[0] else 2)
    assert result.records[0].values["phone"][0]["number"] == "+6281234567801"
    assert result.bad_rows == 0


def test_an_empty_list_of_products_does_not_take_the_place_of_the_first() -> None:
    result = _read(json.dumps([
        {"nama_usaha": "B", "produk": []},
        {"nama_usaha": "A", "produk": [{"nama": "Kopi", "harga": "Rp 10.000"}, {"nama": "Teh", "harga": "Rp 5.000"}]},
    ]).encode(), "daftar.json")  # fmt: skip
    assert [(p["product_name"], p["price"]["min"]) for p in result.records[1].products] == [
        ("Kopi", "10000"), ("Teh", "5000"),
    ]  # fmt: skip


def test_whole_numbers_written_as_fractions_are_whole() -> None:
    result = _read(csv(
        "nama_usaha,nib,no_hp,tahun_berdiri,kbli,kode_provinsi\nA,1234567890123.0,81234567801.0,2012.0,10761.0,32.0\n"
        "B,,0.0,,,\n"
    ))  # fmt: skip
    values = result.records[0].values
    assert (values["nib"], values["year_founded"], values["kbli"], values["province"]) == (
        "1234567890123", 2012, ["10761"], "32",
    )  # fmt: skip
    assert values["phone"][0]["number"] == "+6281234567801"
    assert result.good == 2
