"""What a careful officer would read in registers that were misread once: what is sure, asked, moved."""

import pytest

from ekspora.engines.registers import Understanding, read_source, understand

from .build import Rows, xlsx


def understood(*lines: str, as_: str = "businesses", name: str = "a.csv") -> Understanding:
    return understand(read_source("\n".join(lines).encode(), name), as_)


def cell(header: str, text: str) -> Understanding:
    return understood(f"Nama Usaha|{header}", f"A|{text}")


@pytest.mark.parametrize(
    "text",
    ["081234567890/91", "0812-3456-7890 / 5", "0812345678-79", "081234567890 (91)", "0335-421234/35", "08l234567890",
     "0812,3456,7890", "081234567890, 0813"],
)  # fmt: skip
def test_a_number_that_is_not_whole_is_asked(text: str) -> None:
    result = cell("No HP", text)
    assert ([issue.code for issue in result.ask], result.good, result.bad) == (["number_not_whole"], 1, [])
    assert "phone" not in result.records[0].values


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("081234567890 (2 nomor)", ["+6281234567890"]),
        ("081234567890 (jam 8-17)", ["+6281234567890"]),
        ("0812-3456-7890", ["+6281234567890"]),
        ("(0335) 421234", ["+62335421234"]),
        ("0812 3456 7890 (WA 0813-2222-3333)", ["+6281234567890", "+6281322223333"]),
    ],
)
def test_a_remark_is_no_part_of_a_number(text: str, numbers: list[str]) -> None:
    (record,) = cell("No HP", text).records
    assert [phone["number"] for phone in record.values["phone"]] == numbers


@pytest.mark.parametrize(
    ("header", "text", "moved"),
    [
        ("Email", "0812-3456-7890", {"phone": ["+6281234567890"]}),
        ("Email", "ani@x.id / 0812-3456-7890", {"phone": ["+6281234567890"], "email": ["ani@x.id"]}),
        ("No HP", "budi12@x.id", {"email": ["budi12@x.id"]}),
        ("No HP", "0812-3456-7890, budi12@x.id", {"phone": ["+6281234567890"], "email": ["budi12@x.id"]}),
        ("Email", "@kopipuntang", {"social": ["@kopipuntang"]}),
        ("Website", "Shopee: kopi puntang", {"social": ["Shopee: kopi puntang"]}),
        ("Email", "www.toko.id", {"website": ["https://www.toko.id"]}),
    ],
)
def test_a_contact_in_the_wrong_column_goes_where_it_belongs(
    header: str, text: str, moved: dict[str, list[str]]
) -> None:
    result = cell(header, text)
    (record,) = result.records
    found = {
        key: [one["number"] if key == "phone" else one for one in record.values[key]]
        for key in ("phone", "email", "website", "social")
        if key in record.values
    }
    assert found == moved
    assert [reading.value for reading in result.readings] == [text]


def test_what_is_no_contact_at_all_stays_a_fault_and_a_spoilt_number_a_question() -> None:
    assert [issue.code for issue in cell("Email", "ani@x").bad] == ["bad_email"]
    assert [issue.code for issue in cell("Email", "Bu Ani").bad] == ["bad_email"]
    assert [issue.code for issue in cell("No HP", "tanya Bu Ani").bad] == ["bad_phone"]
    assert [(issue.field, issue.code) for issue in cell("Email", "8.12E+10").ask] == [
        ("email", "destroyed_number")
    ]


def test_the_business_is_named_by_its_own_column_and_the_actor_is_its_owner() -> None:
    result = understood("Nama Pelaku Usaha,Nama Usaha", "Sri Wahyuni,Lurik Rejeki")
    assert result.mapping == {"Nama Pelaku Usaha": "owner_name", "Nama Usaha": "name"}
    assert understood("Nama Pelaku Usaha,Alamat", "Lurik,Jl. A").mapping["Nama Pelaku Usaha"] == "name"


@pytest.mark.parametrize("header", ["Nama UKM", "Nama Mitra Binaan", "Nama Tenant", "Nama Usaha / Pemilik"])
def test_other_names_of_the_name(header: str) -> None:
    assert understood(f"{header},Alamat", "A,Jl. A").mapping[header] == "name"


def test_a_question_for_a_number_is_not_the_number() -> None:
    result = understood(
        "Nama Usaha,Apakah sudah memiliki NIB?,\"Jika ya, tuliskan NIB\"", "A,Sudah,1234567890123", "B,Belum,-"
    )  # fmt: skip
    assert result.records[0].values["nib"] == "1234567890123"
    assert (result.ask, result.bad) == ([], [])


def test_group_names_over_columns_without_merged_cells() -> None:
    result = understood(
        "No,Company,Address,,,Contact,", ",,Street,City,Province,Person,Phone",
        "1,PT X,Jl. A,Surabaya,East Java,Ani,031-5551234",
    )  # fmt: skip
    assert (result.sheet.header_row, result.rows, result.good) == (2, 1, 1)
    values = result.records[0].values
    assert (values["regency"], values["owner_name"], values["address"]) == ("35.78", "Ani", "Jl. A")


def test_y_and_t_under_a_heading_that_says_so() -> None:
    result = understood("Nama Usaha|NIB (Y/T)|Halal (Y/T)|Ekspor (Y/T)", "A|Y|T|T", "B|T|Y|Y")
    told = [(r.values["has_exported"], [c["text"] for c in r.values["certificates"]]) for r in result.records]
    assert told == [(False, []), (True, ["Halal"])]
    assert [issue.code for issue in result.ask] == ["number_not_written", "number_not_written"]
    assert [issue.code for issue in cell("Halal", "T").ask] == ["which_certificate"]
    assert [issue.code for issue in cell("Pernah ekspor", "T").ask] == ["not_yes_or_no"]


def test_a_certificate_in_process_is_none_yet() -> None:
    assert cell("PIRT", "Proses").records[0].values["certificates"] == []


def test_small_readings() -> None:
    assert cell("Tenaga Kerja", "2L 3P").records[0].values["employees"] == 5
    assert cell("Tenaga Kerja", "L=2, P=3").records[0].values["employees"] == 5
    assert cell("Tenaga Kerja", "lima").records[0].values["employees"] == 5
    assert cell("Negara Tujuan", "Lokal").records[0].values["export_countries"] == []
    assert cell("Skala usaha", "UMI").records[0].values["size"] == "micro"
    assert cell("NIB", '="1234567890123"').records[0].values["nib"] == "1234567890123"
    assert [issue.code for issue in cell("NIB/SIUP", "503/123/2019").ask] == ["other_number"]
    assert [issue.code for issue in cell("NIB", "503/123/2019").bad] == ["bad_nib"]
    assert [issue.code for issue in cell("NIB", "x").ask] == ["number_not_written"]


def test_numbered_products_on_lines_of_a_cell() -> None:
    sheet = xlsx({"S": [["Nama Usaha", "Produk"], ["A", "1. Dodol\n2. Wajik\n3. Jenang"]]})
    (record,) = understand(read_source(sheet, "x"), "businesses").records
    assert [product["product_name"] for product in record.products] == ["Dodol", "Wajik", "Jenang"]


def test_the_unit_of_another_figure_is_no_unit_of_the_product() -> None:
    (record,) = understood("Nama Usaha,Produk,Nilai Investasi,Satuan", "A,Kopi,1500,RUPIAH").records
    assert record.products == [{"product_name": "Kopi"}]


def test_places_are_forgiven_by_the_length_of_their_own_name() -> None:
    result = understood(
        "Nama Usaha|Kabupaten/Kota", "A|Kab. Tasik", "B|Kab. Taxxn", "C|Waingapu", "D|Kab. Bandong"
    )
    assert [record.values.get("regency") for record in result.records] == ["32.06", None, None, "32.04"]
    assert [(issue.row, issue.code) for issue in result.ask] == [
        (2, "unknown_regency"),
        (3, "unknown_regency"),
    ]


def test_the_name_of_a_mission_says_its_country() -> None:
    result = understood(
        "Name,Embassy", "A,Embassy of the Republic of Fiji", "B,Kedutaan Besar India", "C,Embassy of Korea",
        "D,Kamar Dagang", as_="representatives",
    )  # fmt: skip
    assert [record.values["country"] for record in result.records] == ["FJ", "IN"]
    assert [(issue.row, issue.code) for issue in result.bad] == [(3, "missing"), (4, "missing")]


HEADER = ["No", "Nama Usaha", "No HP", "Kecamatan"]
SEVERAL: dict[str, Rows] = {
    "Rekap": [["Kecamatan", "Jumlah"], ["Bayat", 2]],
    "Kec. Bayat": [["DATA UMKM"], HEADER, [1, "A", "081234567890", ""], [2, "B", "081234567891", ""]],
    "Cawas": [
        [*HEADER, "Email"],
        [1, "C", "081234567892", "Cawas", "c@x.id"],
        [2, "A", "081234567890", "", ""],
    ],
    "Petugas": [["Nama", "NIP"], ["X", "1"]],
}


def test_one_sheet_is_read_and_those_of_its_shape_are_named() -> None:
    sheet = read_source(xlsx(SEVERAL), "x.xlsx")
    assert (sheet.sheet, len(sheet.rows), sheet.alike) == ("Cawas", 2, ("Kec. Bayat", "Cawas"))
    assert "Kec. Bayat" in sheet.others


def test_sheets_of_one_shape_are_read_together() -> None:
    sheet = read_source(xlsx(SEVERAL), "x.xlsx", ("Kec. Bayat", "Cawas"))
    result = understand(sheet, "businesses")
    assert (sheet.sheet, sheet.header_row) == ("Kec. Bayat / Cawas", 2)
    assert [record.values["name"] for record in result.records] == ["A", "B", "C", "A"]
    assert [record.values.get("district") for record in result.records] == ["Bayat", "Bayat", "Cawas", None]
    assert result.records[2].values["email"] == ["c@x.id"]
    assert result.duplicates == [[1, 4]]
    assert [(sheet.source_row(row), part.sheet) for row in (1, 2, 3, 4) if (part := sheet.part_of(row))] == [
        (3, "Kec. Bayat"), (4, "Kec. Bayat"), (2, "Cawas"), (3, "Cawas"),
    ]  # fmt: skip


def test_a_form_is_one_business_and_not_a_list_of_its_labels() -> None:
    rows = [
        ["FORMULIR PENDAFTARAN"], ["Nama Usaha", ":", "Kopi Puntang"], ["No HP", ":", "081234567890"],
        ["Alamat", ":", "Jl. B"], ["Email", ":", "a@b.id"], ["Tanda tangan", ":", ""],
    ]  # fmt: skip
    result = understand(read_source(xlsx({"F": rows}), "x"), "businesses")
    assert (result.rows, result.good, result.sheet.header_row) == (1, 1, 2)
    values = result.records[0].values
    assert (values["name"], values["address"], values["email"]) == ("Kopi Puntang", "Jl. B", ["a@b.id"])


def test_a_list_whose_names_are_like_names_of_columns_stays_a_list() -> None:
    result = understood(
        "Nama Usaha,Kota", "Toko,Kota Bogor", "Alamat,Kota Bogor", "Email,Kota Bogor", "Produk,Kota Bogor"
    )
    assert (result.rows, result.sheet.columns) == (4, ["Nama Usaha", "Kota"])
