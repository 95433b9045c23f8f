"""Rows into records, faults and questions."""

from typing import Any

from ekspora.engines.registers import Issue, Understanding, read_source, report, understand

from .build import csv, xlsx


def understood(text: str, as_: str = "businesses", **more: Any) -> Understanding:
    return understand(read_source(csv(text), "x.csv"), as_, **more)


def faults(result: Understanding) -> list[tuple[int, str | None, str, str]]:
    return [(i.row, i.field, i.value, i.code) for i in result.bad]


def test_rows_are_good_bad_or_blank() -> None:
    result = understood(
        "No,Nama Usaha,NIB,Surel\n1,A,1234567890123,a@b.id\n2,-,,\n3,B,12,x@\n,,,\n5,,,\n6,C,,\n"
    )
    assert (result.rows, result.good, result.bad_rows, result.blank) == (6, 2, 1, 3)
    assert faults(result) == [(3, "nib", "12", "bad_nib"), (3, "email", "x@", "bad_email")]
    assert [record.row for record in result.records] == [1, 6]


def test_a_mark_for_nothing_is_no_name() -> None:
    result = understood("Nama Usaha,Kota\n-,Kota Bandung\n")
    assert faults(result) == [(1, "name", "-", "missing")]


def test_questions_leave_a_row_good_without_the_value() -> None:
    result = understood("Nama Usaha,Telepon\nA,8.52E+10\n")
    assert (result.good, result.bad_rows) == (1, 0)
    assert [(i.row, i.field, i.value, i.code) for i in result.ask] == [
        (1, "phone", "8.52E+10", "destroyed_number")
    ]
    assert "phone" not in result.records[0].values


def test_a_question_on_a_needed_field_makes_the_row_bad() -> None:
    result = understood("Name,Country\nLi,RRT\nKim,Korea\nX,Narnia\nY,\n", "representatives")
    assert faults(result) == [
        (2, "country", "Korea", "ambiguous_country"), (3, "country", "Narnia", "unknown_country"),
        (4, "country", "", "missing"),
    ]  # fmt: skip
    assert not result.ask


def test_a_shifted_row_is_bad_as_a_whole() -> None:
    rows = "".join(f"U{n},Jasa,Jl. A\n" for n in range(30))
    result = understood(f"nama,kategori,alamat\n{rows}Toko (A, B),Jasa,Jl. A\n")
    assert faults(result) == [(31, None, "Toko (A | B) | Jasa | Jl. A", "shifted_cells")]


def test_products_of_a_row() -> None:
    result = understood(
        "Nama Usaha,Produk,Harga,Kode HS,Satuan\n"
        "A,Kopi sangrai,Rp 50.000,090121,kg\n"
        'B,"Keripik (pedas, manis), rengginang",,,pcs\n'
        'C,"Kopi\nTeh",Rp10.000 - Rp20.000,,\n'
        'D,"Kopi; Teh",,090121,\n'
        "E,,,,kg\n"
        "F,,Rp 5.000,,\n"
    )
    goods = [record.products for record in result.records]
    assert goods[0] == [{
        "product_name": "Kopi sangrai", "hs": "090121", "unit": "kg",
        "price": {"min": "50000", "max": "50000", "currency": "IDR", "unit": None},
    }]  # fmt: skip
    assert [p["product_name"] for p in goods[1]] == ["Keripik (pedas, manis)", "rengginang"]
    assert [p["price"]["max"] for p in goods[2]] == ["20000", "20000"]
    assert [(i.row, i.field, i.code) for i in result.ask] == [
        (4, "hs", "which_product"),
        (6, "price", "no_product"),
    ]
    assert goods[4:] == [[], []]


def test_a_description_without_product_is_the_business_own() -> None:
    record = understood("Nama Usaha,Deskripsi\nA,Sejak lama\n").records[0]
    assert (record.values["description"], record.products) == ("Sejak lama", [])


def test_numbered_product_columns_and_currencies() -> None:
    result = understood("Nama Usaha,Produk 1,Harga 1 (USD),Produk 2,Harga 2\nA,Kopi,3.50,Teh,2 juta\n")
    goods = result.records[0].products
    assert [(p["product_name"], p["price"]["min"], p["price"]["currency"]) for p in goods] == [
        ("Kopi", "3.5", "USD"), ("Teh", "2000000", "IDR"),
    ]  # fmt: skip
    result = understood("Nama Usaha,Produk,Harga\nA,Kopi,3.50\n")
    assert [(i.field, i.code) for i in result.ask] == [("price", "currency_unknown")]


def test_places_are_made_one() -> None:
    result = understood(
        "Nama Usaha,Provinsi,Kab/Kota,Kecamatan,Desa\n"
        "A,JABAR,Kab. Bandung,Cimaung,Campakamulya\n"
        "B,Papua Barat,Kota Sorong,,\n"
        "C,,Bandung,Cimaung,\n"
        "D,Jawa Timur,Kab. Bogor,,\n"
        "E,Jawa Barat,Bandung,,\n"
    )
    places: dict[int, tuple[Any, ...]] = {
        r.row: (r.values.get("province"), r.values.get("regency"), r.values.get("place"))
        for r in result.records
    }
    assert places[1][:2] == ("32", "32.04")
    assert places[1][2].startswith("32.04.")
    assert places[1][2].count(".") == 3
    assert places[2] == ("96", "96.71", "96.71")
    assert places[3][1] == "32.04"
    assert places[5] == ("32", None, "32")
    assert faults(result) == [(4, "regency", "Kabupaten Bogor – Jawa Timur", "place_mismatch")]
    assert [(i.row, i.code) for i in result.ask] == [(5, "ambiguous_regency")]


def test_names_beat_codes_and_sure_codes_stand_alone() -> None:
    head = "Nama Usaha,kode_provinsi,nama_provinsi,kode_kabupaten_kota,nama_kabupaten_kota\n"
    result = understood(head + "A,94,PAPUA,9471,KOTA JAYAPURA\nB,32,,3273,\nC,94,,,\n")
    assert [(r.values.get("province"), r.values.get("regency")) for r in result.records] == [
        ("91", "91.71"), ("32", "32.73"), (None, None),
    ]  # fmt: skip
    assert not result.bad
    assert [(i.row, i.field, i.code) for i in result.ask] == [(3, "province_code", "disputed_code")]


def test_a_foreign_business_has_its_own_places_and_phones() -> None:
    result = understood("Nama Usaha,Negara,Telepon,Kota\nA,Malaysia,012-345 6789,Kuching\n")
    assert result.records[0].values["phone"][0]["number"] == "+60123456789"
    assert result.records[0].values["regency"] == "Kuching"


def test_defaults_fill_what_the_register_does_not_say() -> None:
    result = understood("Nama Usaha,Kecamatan\nA,Mayangan\n", defaults={"regency": "Kota Probolinggo"})
    assert result.records[0].values["place"].startswith("35.74.")


def test_the_same_content_has_the_same_hash_however_it_is_written() -> None:
    one = understood("Nama Usaha,Telepon,Kota\nA,0812-3456-7890,Kota Bandung\n").records[0].hash
    other = understood("No;Kab/Kota;HP;Nama Usaha\n7;BANDUNG CITY;+62 812 3456 7890;A\n").records[0].hash
    third = understood("Nama Usaha,Telepon,Kota\nA,0812-3456-7891,Kota Bandung\n").records[0].hash
    assert one == other != third


def test_duplicates_and_stalls_of_one_name() -> None:
    result = understood(
        "Nama Usaha,Telepon,Alamat,NIB\n"
        "CV Kopi Enak,081234567890,,\n"
        "KOPI ENAK,+62 812-3456-7890,Jl. Baru 2,\n"
        "Kopi Enakk,0812 3456 7890,,\n"
        "Batik Sari,081234567890,,\n"
        "Warung Tegal,,Pasar Baru,\n"
        "Warung Tegal,,Pasar Baru,1234567890123\n"
        "Warung Bahari,,Jl. Mawar No. 5,\n"
        "Warung Bahari,,Jalan Mawar 5,\n"
        "Sari Rasa,,,2234567890123\n"
        "Sari Rasa Jaya,,,2234567890123\n"
        "Sama,085236581505,,3234567890123\n"
        "Sama,085236581505,,4234567890123\n"
    )
    assert result.duplicates == [[1, 2, 3], [7, 8], [9, 10]]


def test_rows_of_one_business_with_several_products_are_one_cluster() -> None:
    rows = [["Nama Usaha", "Produk"], ["A", "Kopi"], ["", "Teh"], ["A", "Batik"]]
    merged = understand(read_source(xlsx({"S": rows}, merges=[(1, 0, 2, 0)]), "x"), "businesses")
    assert merged.duplicates == [[1, 2]]
    named = understood("Nama Usaha,Pemilik,Produk\nA,Budi,Kopi\nA,Budi,Teh\nA,Cici,Teh\n")
    assert named.duplicates == [[1, 2]]


def test_many_stalls_of_one_name_are_compared_quickly() -> None:
    stalls = "".join(f"Warung Tegal,,Pasar Baru,{n}\n" for n in range(20_000))
    assert understood(f"Nama Usaha,Telepon,Alamat,Jumlah Karyawan\n{stalls}").duplicates == []


def test_representatives() -> None:
    result = understood(
        "Name,Position,Country,Embassy,Residence,Email,Phone,Arrival,Interests\n"
        "Ratu N,Trade Attaché,Fiji,Embassy of Fiji,Jakarta,a@b.fj,"
        '+62 811 1234 567,3 July 2019,"Kopi, Footwear"\n'
        'Amina K,Counsellor,Uganda,High Commission,"Kuala Lumpur, Malaysia",,,,\n'
        "Ratu N,,FIJI,,,,,,\n"
        "Kim,,DPRK,,,,,,\n",
        "representatives",
    )
    first, second = result.records[0].values, result.records[1].values
    assert (first["country"], first["residence_country"], first["residence_city"]) == ("FJ", "ID", "Jakarta")
    assert first["interests"] == {"sectors": ["agro", "footwear"], "words": ["Kopi", "Footwear"]}
    assert (second["residence_country"], second["residence_city"]) == ("MY", "Kuala Lumpur")
    assert result.records[3].values == {"name": "Kim", "country": "KP"}
    assert result.duplicates == [[1, 3]]


def test_rows_can_be_held_back_for_reasons_outside_the_file() -> None:
    result = understood("Nama Usaha,Telepon\nA,8.52E+10\nB,081234567890\nC,\n")
    told = Issue(1, "name", "A", "taken", {"id": "Sudah ada.", "en": "Exists already."})
    result.hold_back([told])
    assert (result.good, result.bad_rows, result.ask, faults(result)) == (
        2,
        1,
        [],
        [(1, "name", "A", "taken")],
    )
    assert [(record.row, record.values["name"]) for record in result.records] == [(2, "B"), (3, "C")]


def test_failed_formulas_are_faults() -> None:
    result = understood("Nama Usaha,Telepon\nA,#REF!\n#NAME?,\nB,#N/A\n")
    assert faults(result) == [(1, "phone", "#REF!", "formula_error"), (2, "name", "#NAME?", "formula_error")]


def test_a_table_of_counts_is_read_and_says_what_it_lacks() -> None:
    result = understood("Provinsi,Jumlah UMKM\nAceh,1102000\nRiau,1.000.000\n")
    assert (result.good, result.bad_rows) == (0, 2)
    assert {i.code for i in result.bad} == {"missing"}


def test_the_report_has_exactly_the_promised_keys() -> None:
    data = xlsx({"Data": [["Nama Usaha", "Telepon"], ["A", "0812"], ["", ""], ["B", "8.52E+10"]]})
    told = report(understand(read_source(data, "/tmp/daftar.xlsx"), "businesses"))
    assert list(told) == [
        "file", "encoding", "delimiter", "sheet", "header_row", "mapping", "rows", "blank", "good",
        "bad_rows", "bad", "ask",
        "duplicates",
    ]  # fmt: skip
    assert told["file"] == "daftar.xlsx"
    assert told["mapping"] == {"Nama Usaha": "name", "Telepon": "phone"}
    assert (told["rows"], told["good"], told["bad_rows"], told["blank"]) == (3, 1, 1, 1)
    assert set(told["bad"][0]) == {"row", "field", "value", "code", "remedy"}
    assert set(told["bad"][0]["remedy"]) == {"id", "en"}
    assert told["ask"][0]["row"] == 3
