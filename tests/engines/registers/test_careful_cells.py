"""Cells that look readable and are not, or the other way round: nothing is guessed, nothing real is refused."""

import pytest

from ekspora.engines.registers import Understanding, read_source, understand


def _read(header: str, *cells: str, as_: str = "businesses", extra: str = "") -> Understanding:
    names = "Nama Usaha" if as_ == "businesses" else "Name"
    lines = [f"{names}|{header}", *(f"U{n}|{cell}" for n, cell in enumerate(cells))]
    return understand(read_source("\n".join(lines).encode(), "a.csv"), as_)


def _asked(result: Understanding) -> list[tuple[str | None, str]]:
    assert result.bad == []
    return [(issue.field, issue.code) for issue in result.ask]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0272-321456 ext 12", ["+62272321456"]),
        ("081234567890-081322223333", ["+6281234567890", "+6281322223333"]),
        ("o812-3456-7890", ["+6281234567890"]),
        ("0062 812 3456 7890", ["+6281234567890"]),
    ],
)
def test_numbers_as_people_type_them(cell: str, numbers: list[str]) -> None:
    (record,) = _read("No HP", cell).records
    assert [phone["number"] for phone in record.values["phone"]] == numbers


@pytest.mark.parametrize("cell", ["08123456789O", "0812-3456-xxxx", "0812****7890", "08123456789x"])
def test_a_number_with_hidden_digits_is_asked(cell: str) -> None:
    assert _asked(_read("No HP", cell)) == [("phone", "masked_number")]


def test_a_fraction_is_no_telephone_and_a_short_link_holds_none() -> None:
    assert [issue.code for issue in _read("No HP", "812345678.5").bad] == ["bad_phone"]
    assert _asked(_read("No WA", "https://wa.link/abc123")) == [("phone", "link_without_number")]


def test_whatsapp_is_said_of_the_number_it_stands_at() -> None:
    (record,) = _read("Telp", "0272-321456 / WA 081234567801").records
    assert [(phone["number"], phone["whatsapp"]) for phone in record.values["phone"]] == [
        ("+62272321456", False), ("+6281234567801", True),
    ]  # fmt: skip


def test_a_guest_may_have_a_number_of_either_country() -> None:
    data = b"Name|Country|Mobile\nA|South Africa|0811-1234-567\nB|Malaysia|0321234567\nC|Fiji|+679 331 2345\n"
    result = understand(read_source(data, "a.csv"), "representatives")
    assert result.bad == []
    assert result.records[0].values["phone"][0]["number"] == "+628111234567"
    assert [(issue.row, issue.code) for issue in result.ask] == [(2, "which_country")]


def test_a_column_of_contact_persons_full_of_numbers_holds_telephones() -> None:
    result = _read("Contact Person", "081234567801", "0812-3456-7802", "+6281234567803")
    assert result.mapping["Contact Person"] == "phone"
    assert result.good == 3


def test_a_number_beside_the_name_leaves_the_name() -> None:
    result = _read("Contact Person", "Ani (081234567801)", "Budi - HP 0812-3456-7802", "Cici")
    assert [record.values["owner_name"] for record in result.records] == ["Ani", "Budi", "Cici"]
    assert [record.values.get("phone", [{}])[0].get("number") for record in result.records] == [
        "+6281234567801", "+6281234567802", None,
    ]  # fmt: skip
    assert [reading.field for reading in result.readings] == ["owner_name", "owner_name"]


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("Omzet/Tahun (Rp.000)", "120.000", "yearly_sales", {"amount": "120000000", "year": None}),
        ("Modal (Rp 000)", "50.000", "capital", {"amount": "50000000", "on": None}),
        ("Provinsi", "35 - Jawa Timur", "province", "35"),
        ("Provinsi", "Banten (36)", "province", "36"),
        ("Kabupaten/Kota", "Cimahi, Jawa Barat", "regency", "32.77"),
        ("Kabupaten/Kota", "3277 - Kota Cimahi", "regency", "32.77"),
        ("Jumlah Karyawan", "2 (dua) orang", "employees", 2),
        ("KBLI", "C10761", "kbli", ["10761"]),
        ("Email", "belum punya email", "email", None),
        ("PIRT", "Ada", "certificates", [{"type": "pirt", "number": None, "text": "PIRT"}]),
        ("No. PIRT", "2063404011234-25", "certificates", [
            {"type": "pirt", "number": "2063404011234-25", "text": "2063404011234-25"}]),
        ("JML NAKER L", "3", "employees_men", 3),
        ("NM PMLK", "Ani", "owner_name", "Ani"),
        ("THN BRDRI", "2012", "year_founded", 2012),
    ],
)  # fmt: skip
def test_cells_are_read_with_what_their_column_says(
    header: str, cell: str, field: str, value: object
) -> None:
    result = _read(header, cell)
    assert result.bad == []
    assert result.records[0].values.get(field) == value


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("NIB", "Ada", "number_not_written"),
        ("NIB", "✓", "number_not_written"),
        ("NPWP", "sudah", "number_not_written"),
        ("Sertifikat", "Ada", "which_certificate"),
        ("Halal", "x", "which_certificate"),
        ("Negara Tujuan Ekspor", "Timur Tengah", "region_given"),
        ("Kabupaten/Kota", "Bandung, Jawa Barat", "ambiguous_regency"),
        ("Kategori", "Mikro", "unknown_sector"),
    ],
)
def test_what_is_doubtful_is_asked(header: str, cell: str, code: str) -> None:
    assert [found for _, found in _asked(_read(header, cell))] == [code]


def _product(header: str, cell: str) -> Understanding:
    return _read(f"Produk|{header}", f"Kopi|{cell}")


def test_a_price_is_in_what_its_column_says() -> None:
    assert _product("Harga (Rp ribu)", "15").records[0].products[0]["price"]["min"] == "15000"
    assert _product("Harga (Rp)", "15000").records[0].products[0]["price"]["min"] == "15000"


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Harga (Rp)", "12.5", "unclear_scale"),
        ("Harga (Rp)", "3", "unclear_scale"),
        ("Harga", "Rp 12.5000", "unclear_separator"),
        ("Harga", "> Rp 50.000", "unclear_price"),
        ("Harga", "< 100.000", "unclear_price"),
        ("Harga", "500 - 2 juta", "unclear_price"),
        ("Kapasitas Produksi per Hari", "20 kg", "not_monthly"),
    ],
)
def test_a_price_or_an_amount_that_cannot_be_meant_is_asked(header: str, cell: str, code: str) -> None:
    assert [found for _, found in _asked(_product(header, cell))] == [code]


def test_a_years_capacity_is_a_twelfth_a_month_and_said() -> None:
    result = _product("Kapasitas Produksi/Tahun", "1200 kg")
    assert result.records[0].products[0]["monthly_capacity"] == {"amount": "100", "unit": "kg"}
    assert [reading.reading for reading in result.readings] == ["1200 / 12"]


def test_a_code_with_its_goods_is_a_code() -> None:
    assert _product("HS Code", "090121 - Kopi sangrai").records[0].products[0]["hs"] == "090121"


def test_columns_of_sizes_and_of_other_things_are_told_apart() -> None:
    result = _read("Kategori|Verifikasi|Jml Naker P", "Mikro|sudah|2", "Kecil|belum|3", "Mikro|sudah|4")
    assert result.mapping == {"Nama Usaha": "name", "Kategori": "size", "Jml Naker P": "employees_women"}


def test_stalls_told_apart_by_a_letter_or_number_are_two() -> None:
    names = ("Roti Sari A", "Roti Sari B", "Roti Sarri A", "Roti Sari 2")
    data = "Nama Usaha,HP\n" + "".join(f"{name},081234567801\n" for name in names)
    assert understand(read_source(data.encode(), "a.csv"), "businesses").duplicates == [[1, 3]]
