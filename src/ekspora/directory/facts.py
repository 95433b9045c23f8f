"""The facts of a business in the groups its pages show and change them by, each with who stated it.

Reads what ``queries.businesses.whole`` fetches and one query for the statements, however much there is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from ekspora.core.clock import today
from ekspora.directory.forms.fields import language_choices
from ekspora.directory.forms.rows import ROWS
from ekspora.directory.forms.steps import STEPS
from ekspora.directory.models import Business, Certificate, ExportRecord, Product, Statement
from ekspora.directory.models.products import PACKAGE
from ekspora.directory.places import place_name
from ekspora.directory.queries.statements import Told
from ekspora.directory.sectors import Sector, Trade
from ekspora.directory.sizes import size_class
from ekspora.ui import formats

SHORT = 5  # letters: shorter texts are numbers and yes or no, which tell nothing by themselves


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as people read it. ``statement`` is None where nobody is known to have said it; ``state`` is that of a
    certificate; ``file`` the id of a certificate or export with a paper."""

    field: str
    label: str
    text: str
    statement: Statement | None
    product: int | None = None
    state: str = ""
    row: Any = None

    @property
    def key(self) -> str:
        """Names the fact in the form that notes it as checked."""
        return f"{self.product or ''}.{self.field}"


@dataclass(frozen=True, slots=True)
class Group:
    """Facts changed on one page: ``key`` is a step of ``STEPS``, ``place``, or a kind of ``ROWS``."""

    key: str
    label: str
    facts: list[Fact]
    is_rows: bool = False

    @property
    def summary(self) -> str:
        """The facts in one line; a number or a yes says what of."""
        return " · ".join(
            fact.text if len(fact.text) > SHORT else f"{fact.label}: {fact.text}" for fact in self.facts
        )

    @property
    def state(self) -> str:
        """The state that most wants to be seen: a certificate that ended, else one that is about to."""
        states = {fact.state for fact in self.facts}
        return next((state for state in ("ended", "ending") if state in states), "")


def groups_of(business: Business, told: Told) -> list[Group]:
    """Every group that a business of this legal form has, also where nothing is known yet."""
    fields: dict[str, Callable[[Business], Iterator[tuple[str, str]]]] = {
        "about": _about,
        "trades": _trades, "legal": _legal, "place": _place, "contact": _contact, "size": _size,
    }  # fmt: skip
    labels: dict[str, Any] = {"place": _("Place")} | {key: step.label for key, step in STEPS.items()}
    groups = []
    for key, read in fields.items():
        facts = [Fact(field, _label(field), text, told.of(field)) for field, text in read(business) if text]
        groups.append(Group(key, str(labels[key]), facts))
    for key, rows in ROWS.items():
        if rows.for_whom(business):
            groups.append(Group(key, str(rows.label), rows_of(business, key, told), is_rows=True))
    return groups


def rows_of(business: Business, kind: str, told: Told) -> list[Fact]:
    """The rows of a kind, each as a fact."""
    return [_row(kind, row, told) for row in getattr(business, kind).all()]


def facts_of_products(business: Business, told: Told) -> list[Group]:
    """For each product what was stated of it, as far as an officer checks it."""
    return [
        Group(str(product.pk), product.name, [
            Fact(field, _name_of(Product, field), text, told.of(field, product.pk), product.pk)
            for field, text in _of_product(product) if text
        ])
        for product in business.products.all()
    ]  # fmt: skip


def _name_of(model: type[models.Model], field: str) -> str:
    return next(str(known.verbose_name) for known in model._meta.concrete_fields if known.name == field)


def _label(field: str) -> str:
    """The column's name, or a word that people use where the column is a code."""
    plain = {
        "province": _("Province"), "regency": _("Regency or city"), "district": _("District"),
        "village": _("Village"), "country": _("Country"), "phone": _("Phone"), "npwp_tail": "NPWP / NIK",
    }  # fmt: skip
    return plain.get(field) or _name_of(Business, field)


def _about(b: Business) -> Iterator[tuple[str, str]]:
    yield "name", b.name
    yield "sector", str(b.get_sector_display() if b.sector else "")
    yield "about", b.about
    yield "about_en", b.about_en


def _trades(b: Business) -> Iterator[tuple[str, str]]:
    yield (
        "other_sectors",
        ", ".join(str(Sector(code).label) for code in b.other_sectors if code in Sector.values),
    )
    yield "trades", ", ".join(str(Trade(code).label) for code in b.trades if code in Trade.values)


def _legal(b: Business) -> Iterator[tuple[str, str]]:
    yield "legal_form", str(b.get_legal_form_display() if b.legal_form else "")
    yield "nib", b.nib
    if b.npwp_checked_at is not None:
        day = formats.day(b.npwp_checked_at, weekday=False)
        yield "npwp_tail", _("…%(tail)s, well formed on %(day)s") % {"tail": b.npwp_tail, "day": day}
    yield "kbli", ", ".join(b.kbli)
    yield "founded", str(b.founded or "")


def _place(b: Business) -> Iterator[tuple[str, str]]:
    if b.country != "ID":
        yield "country", formats.country(b.country)
    yield "province", place_name(b.province)
    yield "regency", place_name(b.regency)
    yield "district", place_name(b.district)
    yield "village", place_name(b.village)
    yield "place", "" if b.district else b.place
    yield "address", b.address
    if b.latitude is not None:
        yield "latitude", f"{b.latitude:f}, {b.longitude:f}"


def _contact(b: Business) -> Iterator[tuple[str, str]]:
    yield "phone", b.phone
    yield "email", b.email
    yield "website", b.website
    names = dict(language_choices())
    yield "languages", ", ".join(names.get(code, code) for code in b.languages)


def size_text(b: Business, on: date) -> str:
    """The size class with what it follows from; where nothing says so it is marked as told."""
    found = size_class(
        sales=b.yearly_sales, sales_year=b.sales_year, capital=b.capital, capital_on=b.capital_on, on=on
    )
    if found is None:
        return _("%(size)s (as told)") % {"size": b.get_size_display()} if b.size else ""
    what = _("yearly sales") if found.basis == "sales" else _("capital")
    text = _("%(size)s by %(what)s %(when)s, %(rule)s") % {
        "size": b.get_size_display(), "what": what, "when": found.as_of, "rule": found.rule,
    }  # fmt: skip
    if found.other:
        text += ". " + _("By capital it would be %(size)s.") % {"size": Business.Size(found.other).label}
    return text + (" " + _("Check again.") if found.stale else "")


def _size(b: Business) -> Iterator[tuple[str, str]]:
    yield "size", size_text(b, today("Asia/Jakarta"))
    if b.yearly_sales is not None:
        yield "yearly_sales", f"{formats.money(b.yearly_sales, 'IDR')} ({b.sales_year or '–'})"
    if b.capital is not None:
        yield "capital", formats.money(b.capital, "IDR")
    for name in ("employees", "employees_women"):
        count = getattr(b, name)
        yield name, "" if count is None else formats.number(count)
    for name in ("owned_by_women", "owned_by_youth", "owned_with_disability", "has_branches"):
        yield name, {True: _("yes"), False: _("no"), None: ""}[getattr(b, name)]


def _row(kind: str, row: Any, told: Told) -> Fact:
    field = f"{kind}:{row.pk}"
    state = row.state(today("Asia/Jakarta")) if isinstance(row, Certificate) else ""
    return Fact(field, str(row._meta.verbose_name), row_text(row), told.of(field), state=state, row=row)


def row_text(row: Any) -> str:
    """A row in one line."""
    if isinstance(row, ExportRecord):
        return _export(row)
    if isinstance(row, Certificate):
        product = row.product.name if row.product else ""
        until = (
            _("until %(day)s") % {"day": formats.day(row.valid_until, weekday=False)}
            if row.valid_until
            else ""
        )
        return " · ".join(filter(None, (str(row), row.number, row.issuer, product, until)))
    names = [str(row)]
    for name in ("function", "phone", "email"):
        names += [value for value in (getattr(row, name, ""),) if value and value != names[0]]
    if getattr(row, "country", "ID") not in ("ID", ""):
        names.append(formats.country(row.country))
    names += [str(year) for year in (getattr(row, "year", 0), getattr(row, "since", 0)) if year]
    return " · ".join(names)


def _export(row: ExportRecord) -> str:
    where = formats.country(row.market) if row.market else _("exported, market not stated")
    value = formats.money(row.value, row.currency) if row.value is not None else ""
    trader = _("through a trader") if row.is_indirect else ""
    evidence = str(row.get_evidence_display()) if row.evidence else ""
    return " · ".join(filter(None, (where, str(row.year or ""), trader, value, evidence, row.reference)))


def _of_product(p: Product) -> Iterator[tuple[str, str]]:
    yield "name", p.name
    yield "hs", p.hs
    for name in ("monthly_capacity", "free_capacity", "minimum_order"):
        amount = getattr(p, name)
        yield name, "" if amount is None else formats.quantity(amount.normalize(), p.unit or "")
    for name in ("lead_time_days", "shelf_life_days"):
        yield name, str(getattr(p, name) or "")
    if p.price is not None:
        yield "price", f"{formats.money(p.price, p.currency)} {p.incoterm}".strip()
        yield "price_basis", p.price_basis
    for name in PACKAGE:
        amount = getattr(p, name)
        yield name, "" if amount is None else formats.number(Decimal(amount).normalize())
