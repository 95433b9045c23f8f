"""What a register's row says, in the words of our tables."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ekspora.directory.services.businesses import Export, FairVisit
from ekspora.directory.services.importing.units import Unit
from ekspora.engines.registers import Record
from ekspora.engines.registers.wording import fold

_SERVICE = re.compile(r"^(?:jasa|layanan|service|services)\b")
_YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
# Each unit in the smallest of its kind, so that a capacity in tonnes can stand beside a price for the
# kilogram.
_SCALES = {
    "g": ("mass", 1), "kg": ("mass", 1000), "q": ("mass", 100_000), "t": ("mass", 1_000_000),
    "ml": ("volume", 1), "l": ("volume", 1000),
}  # fmt: skip
_CENT = Decimal("0.01")


@dataclass(slots=True)
class Owner:
    """Whom a row names as the person behind the business."""

    name: str
    phone: str
    email: str
    has_whatsapp: bool


@dataclass(slots=True)
class Draft:
    """One business as its rows describe it: fields of Business, who owns it, what it has shown and sold
    where."""

    unit: Unit
    values: dict[str, Any]
    owner: Owner | None
    exports: list[Export]
    fairs: list[FairVisit]
    products: list[tuple[Record, dict[str, Any]]]


def draft(unit: Unit) -> Draft:
    """The business of a unit of rows."""
    values = unit.values
    exports = [Export(str(market)) for market in values.get("export_countries", ())]
    if values.get("has_exported") and not exports:
        exports = [Export("")]
    named = values.get("joined_fairs", {}).get("names", ())
    return Draft(
        unit, _business(values), _owner(values), exports, [_fair(text) for text in named], _products(unit)
    )


def _business(values: dict[str, Any]) -> dict[str, Any]:
    country = values.get("country", "ID")
    at_home = country == "ID"
    sectors, phones = values.get("sector") or [""], values.get("phone") or [{"number": ""}]
    online = [*values.get("website", ()), *values.get("social", ())]
    return {
        "name": values["name"],
        "nib": values.get("nib", ""),
        "sector": sectors[0],
        "country": country,
        "province": values.get("province", "") if at_home else "",
        "regency": values.get("regency", "") if at_home else "",
        "place": ", ".join(filter(None, (values.get("village"), values.get("district")))),
        "address": values.get("address", ""),
        "phone": phones[0]["number"],
        "email": (values.get("email") or [""])[0],
        "website": online[0] if online else "",
        "founded": values.get("year_founded"),
        "employees": values.get("employees"),
        "has_branches": values.get("has_branches"),
    }


def _owner(values: dict[str, Any]) -> Owner | None:
    phones = values.get("phone") or []
    mobile = next((phone for phone in phones if phone["mobile"] or phone["whatsapp"]), None)
    number = (mobile or (phones[0] if phones else {"number": ""}))["number"]
    if not values.get("owner_name") and not number:
        return None
    return Owner(
        values.get("owner_name") or values["name"],
        number,
        (values.get("email") or [""])[0],
        mobile is not None,
    )


def _fair(text: str) -> FairVisit:
    found = _YEAR.search(text)
    name = _YEAR.sub("", text).strip(" ,()-") if found else text
    return FairVisit(name or text, "", int(found[1]) if found else 0)


def _products(unit: Unit) -> list[tuple[Record, dict[str, Any]]]:
    made: dict[str, tuple[Record, dict[str, Any]]] = {}
    for record in unit.records:
        certificates = ", ".join(item["text"] for item in record.values.get("certificates", ()))
        for product in record.products:
            if not product.get("product_name"):
                continue
            values = product_values(product) | {"certificates": certificates}
            known = made.setdefault(fold(values["name"]), (record, values))[1]
            known.update({name: value for name, value in values.items() if known.get(name) in (None, "")})
    return list(made.values())


def product_values(product: dict[str, Any]) -> dict[str, Any]:
    """Fields of Product. Quantities are in the product's unit; KeyError cannot happen, ``unit_of`` was
    asked."""
    price = product.get("price") or {}
    unit = unit_of(product)
    low, high = _decimal(price.get("min")), _decimal(price.get("max"))
    name = str(product["product_name"])
    return {
        "name": name,
        "name_en": product.get("product_name_en", ""),
        "description": product.get("description", ""),
        "is_service": bool(_SERVICE.match(fold(name)))
        and not product.get("hs")
        and not product.get("incoterm"),
        "hs": product.get("hs", ""),
        "unit": unit,
        "monthly_capacity": _amount(product.get("monthly_capacity"), unit),
        "free_capacity": _amount(product.get("free_capacity"), unit),
        "minimum_order": _amount(product.get("minimum_order"), unit),
        "lead_time_days": product.get("lead_time_days"),
        "shelf_life_days": product.get("shelf_life"),
        "price": low,
        "price_to": high if high != low else None,
        "is_price_from": low is not None and high is None,
        "currency": price.get("currency") or "",
        "incoterm": product.get("incoterm", ""),
    }


def unit_of(product: dict[str, Any]) -> str:
    """The unit all amounts of a product are kept in: its own, else the price's, else the first amount's."""
    amounts = [product.get(name) or {} for name in ("monthly_capacity", "free_capacity", "minimum_order")]
    price = product.get("price") or {}
    return product.get("unit") or price.get("unit") or next((a["unit"] for a in amounts if a.get("unit")), "")


def fits(amount: dict[str, Any] | None, unit: str) -> bool:
    """Whether an amount can be told in a unit."""
    own = (amount or {}).get("unit")
    return not own or not unit or own == unit or (_kind(own) is not None and _kind(own) == _kind(unit))


def _kind(unit: str) -> str | None:
    return _SCALES[unit][0] if unit in _SCALES else None


def _amount(amount: dict[str, Any] | None, unit: str) -> Decimal | None:
    if not amount:
        return None
    value, own = Decimal(amount["amount"]), amount["unit"]
    if own and own != unit and own in _SCALES and unit in _SCALES:
        value = value * _SCALES[own][1] / _SCALES[unit][1]
    return value.quantize(_CENT)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text).quantize(_CENT)
