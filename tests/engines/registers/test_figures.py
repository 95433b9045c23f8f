"""Sales, capital and ownership as registers write them."""

from typing import Any

import pytest

from ekspora.engines.registers import Record, Understanding, read_source, understand


def understood(header: str, *cells: str) -> Understanding:
    rows = "".join(f"Usaha {n};{cell}\n" for n, cell in enumerate(cells))
    return understand(read_source(f"Nama Usaha;{header}\n{rows}".encode(), "x.csv"), "businesses")


def only(header: str, cell: str) -> dict[str, Any]:
    result = understood(header, cell)
    (record,) = result.records
    assert isinstance(record, Record)
    assert not result.ask, result.ask
    return {key: value for key, value in record.values.items() if key != "name"}


def asked(header: str, cell: str) -> list[str]:
    result = understood(header, cell)
    assert (result.good, [set(record.values) for record in result.records]) == (1, [{"name"}])
    return [issue.code for issue in result.ask]


@pytest.mark.parametrize(
    ("header", "cell", "field", "amount", "year"),
    [
        ("Omzet per tahun (Rp)", "Rp 250.000.000,-", "yearly_sales", "250000000", None),
        ("Omset Tahun 2023", "1,5 jt", "yearly_sales", "1500000", 2023),
        ("Omset/Bulan", "20 juta", "monthly_sales", "240000000", None),
        ("Penjualan per tahun (juta rupiah)", "250", "yearly_sales", "250000000", None),
        ("Penjualan per tahun (juta rupiah)", "Rp 250 juta", "yearly_sales", "250000000", None),
        ("Omzet per bulan 2024 (Rp juta)", "12,5", "monthly_sales", "150000000", 2024),
        ("Omzet", "Rp 20 juta/bulan", "sales", "240000000", None),
        ("Omzet", "300 juta per tahun (2022)", "sales", "300000000", 2022),
        ("Omzet 2022", "300000000", "sales", "300000000", 2022),
        ("Annual turnover 2024 (IDR million)", "300", "yearly_sales", "300000000", 2024),
        ("Monthly sales", "IDR 5,000,000", "monthly_sales", "60000000", None),
        ("Omzet per tahun", "2 miliar", "yearly_sales", "2000000000", None),
    ],
)
def test_sales_are_read_as_a_years(header: str, cell: str, field: str, amount: str, year: int | None) -> None:
    assert only(header, cell) == {field: {"amount": amount, "year": year}}


@pytest.mark.parametrize(
    ("header", "cell", "on"),
    [
        ("Modal usaha", "Rp 75.000.000", None),
        ("Modal usaha per 31 Desember 2023", "Rp 75 jt", "2023-12-31"),
        ("Aset per 30/06/2024 (Rp)", "75000000", "2024-06-30"),
        ("Modal 2023 (juta)", "75", "2023-12-31"),
    ],
)
def test_capital_comes_with_its_day(header: str, cell: str, on: str | None) -> None:
    assert only(header, cell) == {"capital": {"amount": "75000000", "on": on}}


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Omzet", "100 juta", "period_unknown"),
        ("Omzet", "1 juta/hari", "other_period"),
        ("Omzet per hari", "1 juta", "other_period"),
        ("Omzet per tahun", "2.5E+08", "destroyed_number"),
        ("Omzet per tahun", "250", "unclear_scale"),
        ("Omzet per bulan (juta)", "15000000", "unclear_scale"),
        ("Omzet per tahun", "< Rp 300 juta", "range_given"),
        ("Omzet per tahun", "Rp 50 juta - Rp 300 juta", "range_given"),
        ("Omzet per tahun", "USD 20000", "not_rupiah"),
        ("Modal usaha", "2 M", "unclear_price"),
        ("Jenis kelamin", "x", "unknown_sex"),
        ("Nilai ekspor", "250000", "currency_unknown"),
    ],
)
def test_what_only_a_person_knows_is_asked(header: str, cell: str, code: str) -> None:
    assert asked(header, cell) == [code]


def test_twelve_months_and_the_scale_are_told() -> None:
    result = understood("Omset per bulan (juta)", "20")
    assert [(r.field, r.value, r.reading) for r in result.readings] == [
        ("monthly_sales", "20", "20000000 × 12")
    ]


def test_of_several_years_the_last_one_with_a_figure_counts() -> None:
    result = understood("Omzet 2022;Omzet 2023", "80 jt;100 jt", "80 jt;")
    assert [record.values["sales"]["year"] for record in result.records] == [2023, 2022]


@pytest.mark.parametrize(
    ("header", "cell", "is_woman"),
    [("L/P", "P", True), ("L/P", "L", False), ("P/W", "P", False), ("P/W", "W", True),
     ("Jenis Kelamin", "Perempuan", True), ("Gender", "male", False)],
)  # fmt: skip
def test_letters_for_the_sex_of_the_owner(header: str, cell: str, is_woman: bool) -> None:
    assert only(header, cell) == {"owner_sex": is_woman}


@pytest.mark.parametrize(("cell", "owned"), [("Tuna daksa", True), ("ya", True), ("Non disabilitas", False)])
def test_which_disability_it_is_goes_nowhere(cell: str, owned: bool) -> None:
    result = understood("Penyandang disabilitas", cell)
    assert [record.values["owned_with_disability"] for record in result.records] == [owned]
    assert not result.readings


def test_an_export_with_its_value_year_and_way() -> None:
    header = "Negara tujuan ekspor;Tahun ekspor;Nilai ekspor (USD);Ekspor langsung / tidak langsung"
    assert only(header, "Jepang;2023;12500.50;tidak langsung") == {
        "export_countries": ["JP"], "export_year": 2023, "export_kind": "indirect",
        "export_value": {"amount": "12500.5", "currency": "USD"},
    }  # fmt: skip


def test_one_value_for_two_countries_is_asked() -> None:
    result = understood("Negara tujuan ekspor;Nilai ekspor (USD)", "Jepang, Malaysia;12500.50")
    assert [issue.code for issue in result.ask] == ["which_market"]
    assert "export_value" not in result.records[0].values
