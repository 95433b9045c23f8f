"""Real registers, when they lie beside the project."""

from pathlib import Path

import pytest

from ekspora.engines.registers import Understanding, read_source, understand

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "cases" / "registers"


def understood(name: str) -> Understanding:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return understand(read_source(path.read_bytes(), name), "businesses")


@pytest.mark.parametrize("name", ["ikm.redacted.csv", "tb_ikm.redacted.csv"])
def test_a_fish_processors_register(name: str) -> None:
    result = understood(name)
    assert (result.rows, result.good, result.bad_rows, result.blank) == (68, 65, 3, 0)
    assert {(i.field, i.value, i.code) for i in result.bad} == {("name", "-", "missing")}
    assert {(i.field, i.code) for i in result.ask} == {("phone", "destroyed_number")}
    assert len(result.ask) == 6
    assert {key.lower(): field for key, field in result.mapping.items()} == {
        "lat": "latitude", "lng": "longitude", "perusahaan": "name", "kontak": "owner_name",
        "jalan": "address",
        "kelurahan": "village", "kecamatan": "district", "telp": "phone", "kategori": "sector",
        "produk": "product_name",
    }  # fmt: skip
    assert sum("phone" in record.values for record in result.records) == 26


def test_a_village_survey_with_shifted_rows_and_typing_faults() -> None:
    result = understood("malawele_dataset_umkm.csv")
    assert (result.rows, result.good, result.bad_rows, result.blank) == (277, 263, 2, 12)
    assert [(i.row, i.code) for i in result.bad] == [(52, "shifted_cells"), (162, "shifted_cells")]
    assert {(r.value, r.reading) for r in result.readings} == {("Kulier", "kuliner"), ("Kulener", "kuliner")}
    assert result.duplicates == []


def test_a_village_catalogue_in_json() -> None:
    result = understood("merbung.redacted.json")
    assert (result.rows, result.good) == (16, 16)
    assert all(record.values["phone"] for record in result.records)
    prices = {r.row: r.products[0].get("price") for r in result.records}
    assert prices[4] == {"min": "4000", "max": "60000", "currency": "IDR", "unit": None}
    assert prices[1] == {"min": "50000", "max": None, "currency": "IDR", "unit": None}
    assert result.duplicates == []


@pytest.mark.parametrize(("name", "rows"), [("jabar_umkm_binaan.csv", 1215), ("umkm.xlsx", 34)])
def test_tables_of_counts_hold_no_business(name: str, rows: int) -> None:
    result = understood(name)
    assert (result.rows, result.good, result.bad_rows) == (rows, 0, rows)
    assert {i.code for i in result.bad} == {"missing"}
    assert "province" in result.mapping.values()
