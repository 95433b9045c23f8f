"""Registers as people send them, made for the tests."""

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Membership, Person

HEADERS = (
    "Nama usaha", "NIB", "Nama pemilik", "No WA", "Kabupaten/Kota", "Sektor", "Pernah ekspor",
    "Negara tujuan ekspor", "Pameran", "Produk", "Nama produk Inggris", "Kode HS",
    "Kapasitas per bulan", "Harga",
)  # fmt: skip
COFFEE = (
    "CV Kopi Puntang Jaya", "1234567890123", "Siti Rahmawati", "0812-3456-7890", "Kabupaten Bandung",
    "Agro", "ya", "Malaysia, Jepang", "Trade Expo Indonesia 2018", "Kopi arabika sangrai",
    "Roasted arabica coffee", "090121", "2.000 kg", "Rp 150.000",
)  # fmt: skip
BATIK = (
    "Batik Sekar", "", "Ani", "0813-2222-3333", "Kota Bandung", "Fashion", "belum", "", "",
    "Kain batik tulis", "", "", "100 pcs", "Rp 350.000 – Rp 900.000",
)  # fmt: skip
REPRESENTATIVES = ("Title", "Name", "Function", "Country", "Residence country", "Email", "Interests")


def as_csv(headers: Sequence[str], *rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    """A register as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([headers, *rows])
    return buffer.getvalue().encode(encoding)


def as_xlsx(headers: Sequence[str], *rows: Sequence[object], sheet: str = "Data") -> bytes:
    """A register as a workbook of one sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for n, row in enumerate([headers, *rows]):
        page.write_row(n, 0, row)
    book.close()
    return buffer.getvalue()


def changed(row: Sequence[str], **changes: str) -> tuple[str, ...]:
    """A row with some cells changed, named by their columns (``nib="…"``)."""
    names: Mapping[str, int] = {
        "name": 0, "nib": 1, "owner": 2, "phone": 3, "regency": 4, "sector": 5, "exported": 6,
        "markets": 7, "fairs": 8, "product": 9, "product_en": 10, "hs": 11, "capacity": 12, "price": 13,
    }  # fmt: skip
    cells = list(row)
    for name, text in changes.items():
        cells[names[name]] = text
    return tuple(cells)


def officer(person: Person, agency: Agency) -> Actor:
    """An actor who is an officer of one agency."""
    return Actor(person, frozenset({(str(Membership.Role.OFFICER), agency.pk)}))
