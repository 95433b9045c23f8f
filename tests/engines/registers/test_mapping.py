"""Which column is which field."""

import pytest

from ekspora.engines.registers import RegisterError, propose, read_source, schema, schemas
from ekspora.engines.registers.headings import candidates, group_of

from .build import csv


def proposed(text: str, as_: str = "businesses", remembered: dict[str, str] | None = None) -> dict[str, str]:
    return propose(read_source(csv(text), "x"), as_, remembered).fields


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("PERUSAHAAN", "name"), ("nama_usaha", "name"), ("namaUsaha", "name"), ("Nma Usaha", "name"),
        ("Company Name", "name"),
        ("No. Telp/HP", "phone"), ("noWaTelp", "phone"), ("Nomor WhatsApp Aktif", "phone"),
        ("No Telfon", "phone"),
        ("KEL/DESA", "village"), ("Kec.", "district"), ("Kab/Kota", "regency"),
        ("nama_kabupaten_kota", "regency"),
        ("kode_kabupaten_kota", "regency_code"), ("Propinsi", "province"), ("Ktegori", "sector"),
        ("Jenis Usaha", "sector"),
        ("Thn Berdiri", "year_founded"), ("Jml. Tenaga Kerja (orang)", "employees"),
        ("Harga Jual (Rp)", "price"),
        ("Nama Produk (Inggris)", "product_name_en"), ("rangeHarga", "price"), ("E-mail", "email"),
        ("Nomor Induk Berusaha", "nib"),
        ("Nama Pemilik UMKM", "owner_name"), ("Kapasitas Produksi per Bulan", "monthly_capacity"),
        ("MOQ", "minimum_order"),
        ("Has exported?", "has_exported"), ("Negara Tujuan Ekspor", "export_countries"),
        ("Main Products", "product_name"),
    ],
)  # fmt: skip
def test_names_of_columns_in_both_languages(header: str, key: str) -> None:
    assert candidates("businesses", header)[0][1] == key


@pytest.mark.parametrize(
    "header",
    [
        "NIK",
        "Kode Pos",
        "Alamat Rumah",
        "Tanggal Lahir",
        "jumlah_umkm",
        "Foto Produk",
    ],
)
def test_columns_of_other_things_stay_unmapped(header: str) -> None:
    assert candidates("businesses", header) == ()


def test_every_label_and_name_of_a_field_leads_back_to_it() -> None:
    for as_, kind in schemas().items():
        for field in kind.fields:
            for header in (*field.headers, *field.label.values()):
                assert field.key in {key for _, key in candidates(as_, header)}, (as_, field.key, header)


def test_the_stronger_name_wins_and_the_weaker_one_finds_another_meaning() -> None:
    fields = proposed("Nama Usaha,Nama,Telp\nA,Budi,081234567890\n")
    assert fields == {"Nama Usaha": "name", "Nama": "owner_name", "Telp": "phone"}
    assert proposed("Nama,Telp\nA,081234567890\n")["Nama"] == "name"


def test_content_decides_between_two_meanings() -> None:
    people = "Perusahaan,Kontak\n" + "".join(f"U{n},Bu Ani\n" for n in range(5))
    phones = "Perusahaan,Kontak\n" + "".join(f"U{n},08123456789{n}\n" for n in range(5))
    assert proposed(people)["Kontak"] == "owner_name"
    assert proposed(phones)["Kontak"] == "phone"


def test_content_alone_suffices_for_what_cannot_be_anything_else() -> None:
    text = "Nama Usaha,K1,K2,K3\n" + "".join(f"U{n},u{n}@x.id,08123456789{n},{n:013d}\n" for n in range(5))
    found = propose(read_source(csv(text), "x"), "businesses")
    assert found.fields == {"Nama Usaha": "name", "K1": "email", "K2": "phone", "K3": "nib"}
    assert found.by_content == ("K1", "K2", "K3")


def test_two_columns_for_one_field_are_reported_not_merged() -> None:
    found = propose(read_source(csv("Nama Usaha,Nama Perusahaan\nA,B\nC,D\nE,F\n"), "x"), "businesses")
    assert found.fields == {"Nama Usaha": "name"}
    assert [(a.column, a.fields) for a in found.ambiguous] == [("Nama Perusahaan", ("name",))]
    assert found.unmapped == ("Nama Perusahaan",)


def test_a_remembered_mapping_wins_and_can_leave_out() -> None:
    text = "Nama Usaha,Nama,Telp\nA,Budi,081234567890\n"
    assert proposed(text, remembered={"Nama": "", "Telp": "email", "Gone": "nib"}) == {
        "Nama Usaha": "name",
        "Telp": "email",
    }
    with pytest.raises(RegisterError, match="no field"):
        proposed(text, remembered={"Nama": "shoe_size"})


def test_columns_numbered_alike_belong_together() -> None:
    assert [group_of(h) for h in ("Produk 1", "Harga2", "products 3.name", "Produk", "Tahun 2019")] == [
        1,
        2,
        3,
        1,
        1,
    ]
    fields = proposed("Nama Usaha,Produk 1,Harga 1,Produk 2,Harga 2,HP 1,HP 2\nA,B,1,C,2,0812,0813\n")
    assert sorted(set(fields.values())) == ["name", "phone", "price", "product_name"]
    assert len(fields) == 7


def test_required_fields() -> None:
    assert [f.key for f in schema("businesses").fields if f.required] == ["name"]
    assert [f.key for f in schema("representatives").fields if f.required] == ["name", "country"]
    with pytest.raises(RegisterError, match="Unknown kind"):
        schema("buyers")
