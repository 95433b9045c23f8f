"""What a register's row says, in the words of our tables."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ekspora.core.clock import now
from ekspora.directory import tax_numbers
from ekspora.directory.models import Certificate
from ekspora.directory.places import codes_of
from ekspora.directory.sectors import Sector
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
_OF_MANY = frozenset({"cooperative", "group", "village_company", "foundation", "state_company"})
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Export:
    """A market sold to: ISO code (empty: not known), year (0: not known), how, and for how much."""

    market: str
    year: int = 0
    is_indirect: bool = False
    value: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class FairVisit:
    """A fair shown at: name, ISO code of the country (empty: not known), year (0: not known)."""

    name: str
    country: str = ""
    year: int = 0


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
    exports: list[tuple[Record, Export]]
    fairs: list[tuple[Record, FairVisit]]
    products: list[tuple[Record, dict[str, Any]]]
    contacts: list[dict[str, Any]]
    # Fields of Certificate; those of single rows go with the products of these rows, by folded name.
    certificates: list[tuple[str, dict[str, Any]]]


def draft(unit: Unit) -> Draft:
    """The business of a unit of rows."""
    business, owner = _business(unit.values), _owner(unit.values)
    fairs = [
        (record, _fair(text))
        for record in unit.records
        for text in record.values.get("joined_fairs", {}).get("names", ())
    ]
    return Draft(
        unit, business, owner, _exports(unit), fairs, _products(unit),
        _contacts(unit, business, owner), _certificates(unit),
    )  # fmt: skip


def _contacts(unit: Unit, business: dict[str, Any], owner: Owner | None) -> list[dict[str, Any]]:
    """Numbers and addresses beyond the business's own and its owner's."""
    known = {business["phone"], business["email"]} | ({owner.phone, owner.email} if owner else set())
    phones = {p["number"]: p for record in unit.records for p in record.values.get("phone") or ()}
    emails = dict.fromkeys(text for record in unit.records for text in record.values.get("email") or ())
    return [
        {"phone": p["number"], "has_whatsapp": bool(p["whatsapp"]), "email": ""}
        for p in phones.values()
        if p["number"] not in known
    ] + [{"phone": "", "has_whatsapp": False, "email": text} for text in emails if text not in known]


def _exports(unit: Unit) -> list[tuple[Record, Export]]:
    """What each row says was sold abroad; that it was, where no row says to where."""
    found = []
    for record in unit.records:
        values = record.values
        markets = values.get("export_countries") or [""] * bool(
            values.get("has_exported") or values.get("export_value") or values.get("export_year")
        )
        value = values.get("export_value") or {"amount": None, "currency": ""}
        for market in markets:
            found.append((record, Export(
                str(market), values.get("export_year") or 0, values.get("export_kind") == "indirect",
                _decimal(value["amount"]), value["currency"],
            )))  # fmt: skip
    return found


def _figures(values: dict[str, Any]) -> dict[str, Any]:
    """Yearly sales and capital with the year and the day they are of; of several figures the last."""
    told = [values[name] for name in ("yearly_sales", "monthly_sales", "sales") if values.get(name)]
    sales = max(told, key=lambda figure: figure["year"] or 0, default=None)
    capital = values.get("capital")
    day = (capital["on"] or values.get("capital_on")) if capital else None
    return {
        "size": values.get("size", ""),
        "yearly_sales": Decimal(sales["amount"]) if sales else None,
        "sales_year": (sales["year"] or values.get("sales_year")) if sales else None,
        "capital": Decimal(capital["amount"]) if capital else None,
        "capital_on": date.fromisoformat(day[:10]) if day else None,
    }


def _owned_by_women(values: dict[str, Any]) -> bool | None:
    """As told; else by the sex of the one owner, which says nothing of what belongs to many or to the public."""
    if values.get("owned_by_women") is not None or values.get("legal_form") in _OF_MANY:
        return values.get("owned_by_women")
    return values.get("owner_sex")


def _certificates(unit: Unit) -> list[tuple[str, dict[str, Any]]]:
    """What every row names is the whole business's (product ""), what some rows name their products'."""
    listed = [
        {item["text"]: item for item in record.values.get("certificates", ())} for record in unit.records
    ]
    shared = set(listed[0]).intersection(*listed[1:])
    found = [("", listed[0][text]) for text in listed[0] if text in shared]
    for record, items in zip(unit.records, listed, strict=True):
        names = [fold(str(p["product_name"])) for p in record.products if p.get("product_name")] or [""]
        found += [(name, item) for text, item in items.items() if text not in shared for name in names]
    return [(product, _certificate(item)) for product, item in found]


def _certificate(item: dict[str, Any]) -> dict[str, Any]:
    kind = item["type"] if item["type"] in Certificate.Type.values else Certificate.Type.OTHER
    return {"type": str(kind), "name": item["text"], "number": item["number"] or ""}


def _business(values: dict[str, Any]) -> dict[str, Any]:
    country = values.get("country", "ID")
    at_home = country == "ID"
    where = codes_of(values.get("place") or "") if at_home else codes_of("")
    men, women = values.get("employees_men"), values.get("employees_women")
    both = men + women if men is not None and women is not None else None
    tax = tax_numbers.check(values["npwp"]) if values.get("npwp") else None
    sectors, phones = values.get("sector") or [""], values.get("phone") or [{"number": ""}]
    online = [*values.get("website", ()), *values.get("social", ())]
    return {
        "name": values["name"],
        "nib": values.get("nib", ""),
        "legal_form": values.get("legal_form") or "",
        "npwp_tail": tax.tail if tax else "",
        "npwp_checked_at": now() if tax else None,
        "kbli": values.get("kbli") or [],
        "sector": sectors[0],
        "other_sectors": [code for code in sectors[1:] if code in Sector.values],
        "country": country,
        "province": values.get("province", "") if at_home else "",
        "regency": values.get("regency", "") if at_home else "",
        "district": where["district"],
        "village": where["village"],
        "latitude": _degrees(values, "latitude"),
        "longitude": _degrees(values, "longitude"),
        "place": ", ".join(filter(None, (values.get("village"), values.get("district")))),
        "address": values.get("address", ""),
        "phone": phones[0]["number"],
        "email": (values.get("email") or [""])[0],
        "website": online[0] if online else "",
        "founded": values.get("year_founded"),
        "employees": both if values.get("employees") is None else values["employees"],
        "employees_women": women,
        "owned_by_women": _owned_by_women(values),
        "owned_by_youth": values.get("owned_by_youth"),
        "owned_with_disability": values.get("owned_with_disability"),
        "has_branches": values.get("has_branches"),
    } | _figures(values)


def _degrees(values: dict[str, Any], name: str) -> Decimal | None:
    """A coordinate to about a metre; none where the other one is missing."""
    if values.get("latitude") is None or values.get("longitude") is None:
        return None
    return Decimal(str(values[name])).quantize(Decimal("0.00001"))


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
        for product in record.products:
            if not product.get("product_name"):
                continue
            values = product_values(product)
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
