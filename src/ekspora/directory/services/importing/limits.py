"""Rows that are well read and yet cannot go in: what our tables refuse is told as the reader tells its
faults."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from ekspora.core.models import Person
from ekspora.directory.models import Business, Certificate, Fair, Mission, Product, Representative
from ekspora.directory.services.importing.drafts import fits, product_values, unit_of
from ekspora.engines.registers import Issue, Record, Text, Understanding
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.wording import distance

_NIB_ABROAD = pair("Usaha di luar negeri tidak punya NIB. Kosongkan NIB atau perbaiki negaranya.",
                   "A business abroad has no NIB. Empty the NIB or correct the country.")  # fmt: skip
_CAPACITY = pair("Kapasitas tersedia melebihi kapasitas per bulan. Perbaiki salah satunya.",
                 "Free capacity is more than the monthly capacity. Correct one of them.")  # fmt: skip
_UNIT = pair("Satuan ini tidak bisa diubah ke satuan produknya. Pakai satu satuan.",
             "This unit cannot be turned into the product's unit. Use one unit.")  # fmt: skip
_WOMEN = pair("Perempuan lebih banyak daripada seluruh tenaga kerja. Perbaiki salah satunya.",
              "More women than employees. Correct one of them.")  # fmt: skip
_TOO_LARGE = pair(
    "Angka terlalu besar. Periksa angka dan satuannya.", "The number is too large. Check it and its unit."
)
_SMALL = 32_767


def refused(understanding: Understanding) -> Iterator[Issue]:
    """What the tables refuse of the good rows, with the remedy."""
    check = _business if understanding.as_ == "businesses" else _representative
    for record in understanding.records:
        yield from check(record)
    if understanding.as_ == "businesses":
        yield from _one_nib_two_names(understanding.records)


def _business(record: Record) -> Iterator[Issue]:
    values = record.values
    place = ", ".join(filter(None, (values.get("village"), values.get("district"))))
    yield from _too_long(record, "name", values["name"], Business, "name")
    yield from _too_long(record, "owner_name", values.get("owner_name", ""), Person, "name")
    yield from _too_long(record, "district", place, Business, "place")
    for name, texts in (("website", values.get("website", ())), ("social", values.get("social", ()))):
        for text in texts:
            yield from _too_long(record, name, text, Business, "website")
    for text in values.get("joined_fairs", {}).get("names", ()):
        yield from _too_long(record, "joined_fairs", text, Fair, "name")
    for item in values.get("certificates", ()):
        yield from _too_long(record, "certificates", item["text"], Certificate, "name")
        yield from _too_long(record, "certificates", item["number"] or "", Certificate, "number")
    women, whole = values.get("employees_women"), values.get("employees")
    if women is not None and whole is not None and women > whole:
        yield Issue(record.row, "employees_women", str(women), "women_above_employees", _WOMEN)
    if values.get("country", "ID") != "ID" and values.get("nib"):
        yield Issue(record.row, "nib", values["nib"], "nib_abroad", _NIB_ABROAD)
    for product in record.products:
        if product.get("product_name"):
            yield from _product(record, product)


def _product(record: Record, product: dict[str, Any]) -> Iterator[Issue]:
    yield from _too_long(record, "product_name", product["product_name"], Product, "name")
    yield from _too_long(record, "product_name_en", product.get("product_name_en", ""), Product, "name_en")
    unit = unit_of(product)
    yield from _too_long(record, "unit", unit, Product, "unit")
    for name in ("monthly_capacity", "free_capacity", "minimum_order"):
        if not fits(product.get(name), unit):
            text = f"{product[name]['amount']} {product[name]['unit']} ≠ {unit}"
            yield Issue(record.row, name, text, "other_unit", _UNIT)
    values = product_values(product)
    for name in ("monthly_capacity", "free_capacity", "minimum_order", "price", "price_to"):
        if values[name] is not None and abs(values[name]) >= 10**12:
            yield Issue(record.row, name.removesuffix("_to"), str(values[name]), "too_large", _TOO_LARGE)
    for name, field in (("lead_time_days", "lead_time_days"), ("shelf_life", "shelf_life_days")):
        if (values[field] or 0) > _SMALL:
            yield Issue(record.row, name, str(values[field]), "too_large", _TOO_LARGE)
    free, whole = values["free_capacity"], values["monthly_capacity"]
    if free is not None and whole is not None and free > whole:
        yield Issue(record.row, "free_capacity", f"{free:f} > {whole:f}", "free_above_capacity", _CAPACITY)


def _representative(record: Record) -> Iterator[Issue]:
    values = record.values
    for name, column in (("name", "name"), ("title", "title"), ("name_suffix", "suffix")):
        yield from _too_long(record, name, values.get(name, ""), Person, column)
    yield from _too_long(record, "function", values.get("function", ""), Representative, "function")
    yield from _too_long(record, "mission", values.get("mission", ""), Mission, "name")
    words = "; ".join(values.get("interests", {}).get("words", ()))
    yield from _too_long(record, "interests", words, Representative, "interests")
    yield from _too_long(
        record, "residence_city", values.get("residence_city", ""), Mission, "residence_city"
    )


def _too_long(
    record: Record, name: str, text: str, model: type[models.Model], column: str
) -> Iterator[Issue]:
    most: int | None = getattr(model._meta.get_field(column), "max_length", None)
    if most is not None and len(text) > most:
        yield Issue(record.row, name, text, "too_long", _longer_than(most))


def _longer_than(most: int) -> Text:
    return pair(f"Teks terlalu panjang, paling banyak {most} huruf. Ringkas.",
                f"The text is too long, at most {most} characters. Shorten it.")  # fmt: skip


def _one_nib_two_names(records: Iterable[Record]) -> Iterator[Issue]:
    """Rows whose NIB stands earlier in the file under another name; small differences of spelling are one
    name."""
    first: dict[str, tuple[int, str]] = {}
    for record in records:
        nib, name = record.values.get("nib"), str(record.values["name"])
        if not nib:
            continue
        row, other = first.setdefault(nib, (record.row, name))
        if row != record.row and distance(name_key(other), name_key(name), 2) > 2:
            yield Issue(record.row, "nib", nib, "duplicate_nib", pair(
                f"NIB ini sudah dipakai baris {row} ({other}). Perbaiki NIB atau nama usahanya.",
                f"Row {row} ({other}) has this NIB already. Correct the NIB or the name."))  # fmt: skip
