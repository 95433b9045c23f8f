"""Narrowing the list of businesses, also when it holds hundreds of thousands.

Databases guess badly how many businesses a word, a sector or a list has. So each narrowing that stands in another table
looks first: a few are collected and sorted, and of many each business is asked while the list is read in the order of
its index. Either way the database reads little more than it shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.directory.models import (
    Business,
    Certificate,
    ExportRecord,
    ImportedRow,
    Listing,
    Note,
    Photo,
    Product,
    SearchKey,
    Statement,
    Stewardship,
)
from ekspora.directory.models.certificates import WARNED
from ekspora.directory.search_keys import KBLI, SECTOR, WORD, following, words_sought

# So many are named one by one; so many are collected, and the list is not read in its order.
FEW, SOME = 1000, 5000


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of businesses is narrowed to; empty values narrow nothing. Codes are those of the tables below and of
    Business; ``source`` and ``agency`` are ids, ``kbli`` a beginning of a code."""

    words: str = ""
    note: str = ""
    sector: str = ""
    province: str = ""
    regency: str = ""
    country: str = ""
    size: str = ""
    legal_form: str = ""
    kbli: str = ""
    has_nib: bool | None = None
    step: str = ""
    led: str = ""
    certificate: str = ""
    certificates: str = ""
    is_checked: bool | None = None
    is_active: bool | None = None
    source: int | None = None
    agency: int | None = None
    missing: str = ""
    # Something was asked for that does not exist, or not for whoever asks.
    finds_nothing: bool = False


EVERYTHING = Filters()


class Narrowing:
    """Businesses narrowed step by step: ``found`` to be read in order, ``counted`` the same to be counted.

    Once few are left, whatever comes next is asked of these only.
    """

    def __init__(self, businesses: QuerySet[Business]) -> None:
        self.found = self.counted = businesses
        self._are_few = False

    def among(self, rows: QuerySet[Any], column: str = "business", *, yes: bool = True) -> None:
        """Keep the businesses that stand in a column of these rows, or (``yes`` is False) the others."""
        asked = Exists(rows.filter(**{column: OuterRef("pk")}))
        if self._are_few or not yes:
            return self._keep(Q(asked) if yes else ~Q(asked))
        numbers = rows.order_by().values_list(column, flat=True)
        few = list(numbers[: FEW + 1])
        self._are_few = len(few) <= FEW or numbers[: SOME + 1].count() <= SOME
        if len(few) <= FEW:
            return self._keep(Q(pk__in=set(few)))
        named = Q(pk__in=numbers)
        if self._are_few:
            return self._keep(named)
        # To count, nobody needs their order; but nearly everything is faster asked than collected.
        return self._keep(Q(asked), Q(asked) if rows.model is Listing else named)

    def _keep(self, rule: Q, to_count: Q | None = None) -> None:
        self.found = self.found.filter(rule)
        self.counted = self.counted.filter(to_count or rule)

    def by(self, condition: "Condition") -> None:
        """Keep those in a state."""
        if condition.rows is None:
            self._keep(condition.rule())
        else:
            self.among(condition.rows())


def narrowed(actor: Actor, filters: Filters) -> Narrowing:
    """Those on the lists of the actor's agencies that fit; a query or two for each narrowing that stands in another
    table, what is likely rare first."""
    words = words_sought(filters.words)
    if filters.finds_nothing or (filters.words.strip() and not words):
        return Narrowing(Business.objects.none())
    left = Narrowing(Business.objects.filter(_own_columns(filters)))
    for word in sorted(words, key=len, reverse=True):
        left.among(_keyed(WORD + word))
    if filters.note.split():
        left.among(_noted(actor, filters.note))
    if filters.source:
        rows = ImportedRow.objects.filter(
            source=filters.source, source__agency__in=actor.agencies(), target_type=Business._meta.label_lower
        )
        left.among(rows, "target_id")
    if filters.agency:
        left.among(Listing.objects.filter(agency=filters.agency))
    left.among(Listing.objects.filter(agency__in=actor.agencies()))
    if filters.kbli:
        left.among(_keyed(KBLI + filters.kbli))
    if filters.certificate or filters.certificates:
        _certified(left, filters.certificate, filters.certificates)
    if filters.is_checked is not None:
        left.among(_checked(), yes=filters.is_checked)
    if filters.sector:
        left.among(SearchKey.objects.filter(key=SECTOR + filters.sector))
    for code, table in ((filters.step, STEPS), (filters.missing, MISSING)):
        if code in table:
            left.by(table[code])
    return left


def _own_columns(filters: Filters) -> Q:
    names = ("province", "regency", "country", "size", "legal_form")
    found = Q(**{name: value for name in names if (value := getattr(filters, name))})
    if filters.has_nib is not None:
        found &= Q(nib__gt="") if filters.has_nib else Q(nib="")
    if filters.is_active is not None:
        found &= Q(inactive_since__isnull=filters.is_active)
    return found & Q(**{LED[filters.led][0]: True}) if filters.led in LED else found


def _keyed(beginning: str) -> QuerySet[SearchKey]:
    return SearchKey.objects.filter(key__gte=beginning, key__lt=following(beginning))


def _noted(actor: Actor, words: str) -> QuerySet[Note]:
    notes = Note.objects.filter(agency__in=actor.agencies())
    for word in words.split():
        notes = notes.filter(text__icontains=word)
    return notes


def _certified(left: Narrowing, kind: str, state: str) -> None:
    held = Certificate.objects.filter(type=kind) if kind else Certificate.objects.all()
    if state == "none":
        left.among(held, yes=False)
    else:
        left.among(held.filter(_validity(state)))


def _validity(state: str) -> Q:
    day = today("Asia/Jakarta")
    return {
        "valid": Q(valid_until__gte=day) | Q(has_no_end=True),
        "ending": Q(valid_until__gte=day, valid_until__lte=day + WARNED),
        "ended": Q(valid_until__lt=day),
    }.get(state, Q())


def _checked() -> QuerySet[Statement]:
    """Facts somebody looked at and nobody has stated anew since."""
    anew = Statement.objects.filter(
        business=OuterRef("business"), field=OuterRef("field"), pk__gt=OuterRef("pk")
    )
    of_business = Q(product__isnull=True) & ~Exists(anew.filter(product__isnull=True))
    of_product = Q(product__isnull=False) & ~Exists(anew.filter(product=OuterRef("product")))
    return Statement.objects.filter(of_business | of_product, verified_at__isnull=False)


# Under which name an ownership is chosen: its column and its words.
LED = {
    "women": ("owned_by_women", _("owned by women")),
    "youth": ("owned_by_youth", _("owned by young people")),
    "disability": ("owned_with_disability", _("owned by people with a disability")),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A state of a business in words: ``rule`` decides for one business; where ``rows`` name those that are in it, a
    few are found without asking all."""

    label: Any
    rule: Callable[[], Q]
    rows: Callable[[], QuerySet[Any]] | None = None


def _of(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(business=OuterRef("pk"))))


def _reached(**blank: str) -> Q:
    """There is an owner or companion for whom not all of these are blank."""
    stewards = Stewardship.objects.exclude(**{f"person__{name}": value for name, value in blank.items()})
    return _of(stewards)


def _regular() -> QuerySet[ExportRecord]:
    others = ExportRecord.objects.filter(business=OuterRef("business")).exclude(year=0)
    return ExportRecord.objects.exclude(year=0).filter(Exists(others.exclude(year=OuterRef("year"))))


def _active() -> Q:
    reachable = ~Q(phone="") | ~Q(email="") | _reached(phone="", email="")
    return Q(inactive_since__isnull=True) & _of(Product.objects.all()) & reachable


def _goods() -> QuerySet[Product]:
    return Product.objects.filter(is_service=False)


# How far a business has come, in the order of the way (queries/funnel.py).
STEPS = {
    "active": Condition(_("active: with a product, and reachable"), _active),
    "medium": Condition(_("medium or large"), lambda: Q(size__in=(Business.Size.MEDIUM, Business.Size.LARGE))),
    "exported": Condition(
        _("have exported"), lambda: _of(ExportRecord.objects.all()), ExportRecord.objects.all
    ),
    "regularly": Condition(
        _("export regularly: in two years or more"), lambda: _of(_regular()), _regular
    ),
    "not_exported": Condition(_("have not exported"), lambda: ~_of(ExportRecord.objects.all())),
}  # fmt: skip
# What is missing in a record, the most useful first (completeness.py).
MISSING = {
    "product": Condition(_("no product"), lambda: ~_of(Product.objects.all())),
    "sector": Condition(_("no sector"), lambda: Q(sector="", trades=[])),
    "phone": Condition(_("no phone number"), lambda: Q(phone="") & ~_reached(phone="")),
    "reach": Condition(
        _("neither phone nor email"), lambda: Q(phone="", email="") & ~_reached(phone="", email="")
    ),
    "owner": Condition(
        _("no owner named"), lambda: ~_of(Stewardship.objects.filter(role=Stewardship.Role.OWNER))
    ),
    "photo": Condition(
        _("a product without a photo"),
        lambda: _of(Product.objects.exclude(Exists(Photo.objects.filter(product=OuterRef("pk"))))),
    ),
    "english": Condition(_("a product without English name"), lambda: _of(Product.objects.filter(name_en=""))),
    "capacity": Condition(
        _("a product without capacity"), lambda: _of(_goods().filter(monthly_capacity=None))
    ),
    "about": Condition(_("nothing told about it"), lambda: Q(about="", about_en="")),
    "price": Condition(_("a product without price"), lambda: _of(Product.objects.filter(price=None))),
    "place": Condition(_("no regency"), lambda: Q(country="ID", regency="")),
    "nib": Condition(_("no NIB"), lambda: Q(country="ID", nib="")),
    "hs": Condition(_("a product without HS code"), lambda: _of(_goods().filter(hs=""))),
    "legal": Condition(_("no legal form"), lambda: Q(country="ID", legal_form="")),
}  # fmt: skip
