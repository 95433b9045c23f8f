"""One row into one record: cells to values, products of the row, places made consistent."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.fields import Field, schema
from ekspora.engines.registers.headings import words_of
from ekspora.engines.registers.location import locate
from ekspora.engines.registers.values import contacts, texts
from ekspora.engines.registers.values.countries import represented
from ekspora.engines.registers.values.figures import price_in, told_by, unlikely
from ekspora.engines.registers.values.money import NO_CURRENCY, currency_named
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import clean, is_blank, without_idle_fraction

_FORMULA_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE
)
_BAD_FORMULA = Bad(
    "formula_error",
    pair(
        "Rumus di sel ini gagal. Ganti dengan nilainya.",
        "The formula in this cell failed. Replace it by its value.",
    ),
)
_MISSING = Bad("missing", pair("Wajib diisi.", "This field must be filled in."))
_WHICH_PRODUCT = Ask(
    "which_product",
    pair(
        "Satu nilai untuk beberapa produk. Tulis satu produk per baris.",
        "One value for several products. Write one product per row.",
    ),
)
_NO_PRODUCT = Ask(
    "no_product",
    pair("Nama produknya belum ada. Isi nama produk.", "The product has no name. Enter the product's name."),
)
_WHICH_MARKET = Ask(
    "which_market",
    pair(
        "Satu nilai untuk beberapa negara. Tulis satu negara per baris.",
        "One value for several countries. Write one country per row.",
    ),
)
_ALONE = frozenset({"description", "unit", "currency"})
_OF_ONE = frozenset({"hs", "product_name_en", "monthly_capacity", "free_capacity", "minimum_order"})
_CACHED = (
    2_000  # per field: columns with few different values fill it, names and numbers overflow it harmlessly
)

_NUMBER_IN_NAME = re.compile(r"(?:\+?62|0)[\s().-]*8[\d\s().-]{7,}\d")
_LEFT_BARE = re.compile(
    r"[(\[]\s*(?:hp|wa|telp|tlp|no)?[.:\s]*[)\]]|[\s/,;:|–-]*(?:\b(?:hp|wa|telp|tlp)\b[.:]*)?\s*$|^[\s/,;:|–-]+",
    re.IGNORECASE,
)
_HERE = Context()
_QUOTED = "=+-@\t\r\n0123456789"  # after an apostrophe, by which spreadsheets mark text
_UNSEEN = object()


@dataclass(slots=True)
class RowResult:
    """The outcome of one row. ``bad`` and ``ask`` hold (field, text, outcome), ``readings`` (field, text,
    reading)."""

    values: dict[str, Any] = field(default_factory=dict)
    products: list[dict[str, Any]] = field(default_factory=list)
    bad: list[tuple[str, str, Bad]] = field(default_factory=list)
    ask: list[tuple[str, str, Ask]] = field(default_factory=list)
    readings: list[tuple[str, str, str]] = field(default_factory=list)


class Reader:
    """Reads rows of one register. Equal cells of a field are parsed once."""

    def __init__(
        self, as_: str, columns: Sequence[tuple[int, str, Field, int]], defaults: Mapping[str, str]
    ) -> None:
        self._as = as_
        self._guests = as_ == "representatives"
        self._own = [(i, f) for i, _, f, _ in columns if not f.product]
        whatsapp = {i for i, column, f, _ in columns if f.key == "phone" and _only_whatsapp(column)}
        self._goods = [(i, f, group) for i, _, f, group in columns if f.product]
        self._country = next((i for i, f in self._own if f.key == "country"), None)
        self._required = [f.key for f in schema(as_).fields if f.required]
        self._hints = {i: currency_named(column) for i, column, f, _ in columns if f.key == "price"}
        told = {i: told_by(column) for i, column, f, _ in columns if f.of_heading}
        self._told = told | dict.fromkeys(whatsapp, Context(whatsapp=True))
        self._fields = schema(as_).by_key
        self._known: dict[tuple[int, str], Context] = {}
        self._defaults = defaults
        self._cache: defaultdict[tuple[str, str, str, bool], dict[str, object]] = defaultdict(dict)

    def read(self, cells: Sequence[str], told: Mapping[str, str]) -> RowResult:
        """The record of a row, or what is wrong with it. ``told`` is what a title over the row says of it."""
        result = RowResult()
        context = self._context(cells)
        for i, f in self._own:
            self._put(result, f, cells[i], self._seen(i, context), result.values)
        for key, text in (*(told.items() if context.country == "ID" else ()), *self._defaults.items()):
            if key not in result.values and key in self._fields:
                self._put(result, self._fields[key], text, context, result.values)
        if self._guests:
            _complete_person(result.values)
        elif self._goods:
            self._products(result, cells, context)
        self._number_beside_name(result, context)
        _one_market(result)
        for key in self._required:
            if key not in result.values and not any(entry[0] == key for entry in result.bad):
                raw = next((cells[i] for i, f in self._own if f.key == key), "")
                asked = [entry for entry in result.ask if entry[0] == key]
                result.bad += [(key, text, Bad(ask.code, ask.remedy)) for _, text, ask in asked] or [
                    (key, raw, _MISSING)
                ]
        if self._as == "businesses" and result.values.get("country", "ID") == "ID":
            locate(result.values, result.bad, result.ask)
        return result

    def _context(self, cells: Sequence[str]) -> Context:
        if self._country is None:
            return _HERE
        found = self._parse(self._fields["country"], cells[self._country], _HERE)
        return Context(str(found.value), guest=self._guests) if isinstance(found, Parsed) else _HERE

    def _seen(self, i: int, context: Context) -> Context:
        """What is known when a cell of a column is read: of the row, and of the column's name."""
        told = self._told.get(i)
        if told is None:
            return context
        if (i, context.country) not in self._known:
            self._known[i, context.country] = replace(told, country=context.country, guest=context.guest)
        return self._known[i, context.country]

    def _parse(self, f: Field, text: str, context: Context) -> Outcome | None:
        """What a cell gives, ``None`` when it is empty or says that there is nothing."""
        cache = self._cache[f.key, context.country, context.heading, context.whatsapp]
        found = cache.get(text, _UNSEEN)
        if found is _UNSEEN:
            if is_blank(text) and not (f.placeholder_counts and len(text.strip()) > 3):
                found = None
            elif text[:1] == "#" and _FORMULA_ERROR.fullmatch(text.strip()):
                found = _BAD_FORMULA
            else:
                abroad = context.country != "ID" and f.key in ("province", "regency")
                found = (texts.text if abroad else f.parser)(text, context)
            if len(cache) < _CACHED and len(text) < 60:
                cache[text] = found
        return cast("Outcome | None", found)

    def _put(self, result: RowResult, f: Field, text: str, context: Context, values: dict[str, Any]) -> None:
        """Reads one cell into ``values``; several columns of a field with ``many`` add up."""
        if text[:1] == "'" and text[1:2] and text[1] in _QUOTED:
            text = text[1:]
        elif text[:2] == '="' and text[-1:] == '"' and text.count('"') == 2:
            text = text[2:-1]  # how programs make a spreadsheet keep a number as text
        text = without_idle_fraction(text)
        outcome = self._parse(f, text, context) if text else None
        if f.key in contacts.KEYS and outcome is not None:
            moved = contacts.elsewhere(f.key, text, outcome, context)
            if moved.keys() <= self._fields.keys() and moved:
                self._move(result, f, text, moved)
                return
        if outcome is None:
            return
        if isinstance(outcome, Bad):
            result.bad.append((f.key, text, outcome))
        elif isinstance(outcome, Ask):
            result.ask.append((f.key, text, outcome))
        else:
            if outcome.reading:
                result.readings.append((f.key, text, outcome.reading))
            if outcome.value is None or (outcome.value == [] and not f.placeholder_counts):
                return
            known = values.get(f.key) if f.many else None
            values[f.key] = outcome.value if known is None else _joined(known, outcome.value)

    def _move(self, result: RowResult, f: Field, text: str, moved: Mapping[str, Outcome]) -> None:
        """Contacts in a cell of another field go where they belong, and that is said."""
        for key, outcome in moved.items():
            if isinstance(outcome, Ask):
                result.ask.append((f.key, text, outcome))
            elif isinstance(outcome, Parsed) and isinstance(outcome.value, list):
                known = result.values.get(key)
                result.values[key] = outcome.value if known is None else _joined(known, outcome.value)
                if key != f.key:
                    label = "; ".join(str(one["number"] if key == "phone" else one) for one in outcome.value)
                    result.readings.append((f.key, text, f"{self._fields[key].label['id']}: {label}"))

    def _number_beside_name(self, result: RowResult, context: Context) -> None:
        """A telephone written into the cell of the owner's name (``Ani (0812…)``) goes where telephones stand."""
        text = str(result.values.get("owner_name", ""))
        if not (number := _NUMBER_IN_NAME.search(text)):
            return
        name = " ".join(_LEFT_BARE.sub(" ", text[: number.start()] + " " + text[number.end() :]).split())
        found = self._fields["phone"].parser(number[0], context)
        if not isinstance(found, Parsed) or not any(map(str.isalpha, name)):
            return
        known = result.values.get("phone", [])
        listed = {phone["number"] for phone in known}
        new = [phone for phone in cast("list[dict[str, Any]]", found.value) if phone["number"] not in listed]
        result.values |= {"owner_name": name, "phone": [*known, *new]}
        result.readings.append(("owner_name", text, name))

    def _products(self, result: RowResult, cells: Sequence[str], context: Context) -> None:
        groups: dict[int, dict[str, Any]] = {}
        written: dict[int, dict[str, str]] = {}
        columns: dict[int, int] = {}
        for i, f, group in self._goods:
            written.setdefault(group, {}).setdefault(f.key, cells[i])
            if f.key == "price":
                columns[group] = i
            self._put(result, f, cells[i], self._seen(i, context), groups.setdefault(group, {}))
        for group, product in sorted(groups.items()):
            if "price" in product:
                self._complete_price(result, product, written[group]["price"], columns[group], context)
            result.products += self._split(result, product, written[group])
        for product in result.products:
            product.pop("currency", None)

    def _complete_price(
        self, result: RowResult, product: dict[str, Any], text: str, column: int, context: Context
    ) -> None:
        price, told = dict(product["price"]), price_in(text, product["price"], self._told[column])
        price |= told
        price["currency"] = price["currency"] or product.get("currency") or self._hints[column]
        if price["currency"] is None and context.country == "ID" and Decimal(price["min"]) >= 100:
            price["currency"] = "IDR"
        question = NO_CURRENCY if price["currency"] is None else unlikely(price, said=text)
        if question:
            result.ask.append(("price", text, question))
            del product["price"]
            return
        if told:
            result.readings.append(("price", text, price["min"]))
        product["price"] = price

    def _split(
        self, result: RowResult, product: dict[str, Any], written: dict[str, str]
    ) -> list[dict[str, Any]]:
        """One product, or several when the cell lists them. A price or range said once holds for each; what
        is of one product only (HS code, capacity) is asked; a description stays with the first."""
        if "product_name" not in product and "product_name_en" in product:
            product["product_name"] = product["product_name_en"]
        if "product_name" not in product:
            _nameless(result, product, written)
            return []
        details = sorted(product.keys() & _OF_ONE)
        items = [
            clean(item) for item in texts.split_list(written.get("product_name", ""), commas=not details)
        ]
        if len(items) < 2:
            return [product]
        result.ask += [(key, written[key], _WHICH_PRODUCT) for key in details]
        if "price" in product:
            result.readings.append(("price", written["price"], f"× {len(items)}"))
        shared = {
            key: value
            for key, value in product.items()
            if key not in _OF_ONE | {"product_name", "description"}
        }
        first = {key: product[key] for key in ("description",) if key in product}
        return [{"product_name": item, **shared, **(first if n == 0 else {})} for n, item in enumerate(items)]


def _nameless(result: RowResult, product: dict[str, Any], written: dict[str, str]) -> None:
    """Without a product a description is the business's own; a price or code alone is asked."""
    if "description" in product:
        result.values.setdefault("description", product["description"])
    result.ask += [(key, written[key], _NO_PRODUCT) for key in sorted(product.keys() - _ALONE)]


def _one_market(result: RowResult) -> None:
    """What was sold to several countries together is nobody's figure of one of them."""
    markets = result.values.get("export_countries", [])
    if "export_value" in result.values and len(markets) > 1:
        amount = result.values.pop("export_value")
        result.ask.append(("export_value", f"{amount['currency']} {amount['amount']}", _WHICH_MARKET))


def _joined(old: Any, new: Any) -> Any:
    if isinstance(old, list) and isinstance(new, list):
        return old + [item for item in new if item not in old]
    if isinstance(old, dict) and isinstance(new, dict) and "amount" in old:  # of several years the last
        return max(old, new, key=lambda figure: str(figure.get("year") or figure.get("on") or ""))
    if isinstance(old, dict) and isinstance(new, dict) and "names" in old:
        return {"joined": old["joined"] or new["joined"], "names": _joined(old["names"], new["names"])}
    return old


def _complete_person(values: dict[str, Any]) -> None:
    """First and last name make the name; a residence gives its country and its city."""
    residence = values.pop("residence_country", None)
    if residence:
        values["residence_country"] = residence["country"]
        if residence["city"]:
            values.setdefault("residence_city", residence["city"])
    if "country" not in values and (code := represented(str(values.get("mission", "")))):
        values["country"] = code
    parts = [str(values.pop(key)) for key in ("first_name", "last_name") if key in values]
    if parts and "name" not in values:
        values["name"] = " ".join(parts)


def _only_whatsapp(column: str) -> bool:
    words = set(words_of(column))
    return "wa" in words and not words & {"telepon", "hp", "kontak"}
