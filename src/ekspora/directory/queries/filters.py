"""Narrowing the list of businesses, also when it holds hundreds of thousands.

Databases guess badly how many businesses a word, a sector or a list has. So each narrowing that stands in another table
looks first: a few are collected and sorted, and of many each business is asked while the list is read in the order of
its index. Either way the database reads little more than it shows.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import (
    Business,
    Certificate,
    ImportedRow,
    Listing,
    Note,
    SearchKey,
    Statement,
)
from ekspora.directory.queries.conditions import LED, MISSING, Condition, steps, validity
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

    Once few are left, whatever comes next is asked of these only. ``crossed``: how many tables that hold many have to
    be met at once; then nobody knows whether few or many are left.
    """

    def __init__(self, own: Q) -> None:
        self.found = Business.objects.filter(own)
        # Without an index of their own columns they are counted as they lie: in the order of any other index each look
        # into another table goes somewhere else.
        self.counted = self.found if own else Business.objects.filter(pk__gt=0)
        self.crossed = 0
        self._are_few = False
        self._last = Q()

    def among(
        self, rows: QuerySet[Any], column: str = "business", *, yes: bool = True, own: Q | None = None
    ) -> None:
        """Keep the businesses that stand in a column of these rows, or (``yes`` is False) the others. ``own`` says the
        same of their own columns."""
        asked = own or Q(Exists(rows.filter(**{column: OuterRef("pk")})))
        if self._are_few or not yes:
            self._keep(asked if yes else ~asked)
            return
        numbers = rows.order_by().values_list(column, flat=True)
        # What is far behind is looked for alone: of many rows it costs least to know that they are many.
        self._are_few = not numbers[SOME : SOME + 1]
        if self._are_few:
            few = list(numbers[: FEW + 1])
            self._keep(Q(pk__in=set(few)) if len(few) <= FEW else Q(pk__in=numbers))
        elif rows.model is Listing:
            self._last &= asked  # a long list is asked last: it rules out the least
        else:
            self.crossed += 1
            self._keep(asked, own or Q(pk__in=numbers))  # to count, nobody needs their order

    def _keep(self, rule: Q, to_count: Q | None = None) -> None:
        self.found = self.found.filter(rule)
        self.counted = self.counted.filter(to_count or rule)

    def end(self) -> "Narrowing":
        """The same, whole."""
        self._keep(self._last)
        self._last = Q()
        return self

    def by(self, condition: Condition) -> None:
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
        return Narrowing(Q(pk__in=()))
    left = Narrowing(_own_columns(filters))
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
    if filters.has_nib is not None:
        left.among(Business.objects.filter(nib__gt=""), "pk", yes=filters.has_nib, own=~Q(nib=""))
    if filters.certificate or filters.certificates:
        _certified(left, filters.certificate, filters.certificates)
    if filters.is_checked is not None:
        left.among(_checked(), yes=filters.is_checked)
    if filters.sector:
        left.among(SearchKey.objects.filter(key=SECTOR + filters.sector))
    for code, table in ((filters.step, steps()), (filters.missing, MISSING)):
        if code in table:
            left.by(table[code])
    return left.end()


def _own_columns(filters: Filters) -> Q:
    names = ("province", "regency", "country", "size", "legal_form")
    found = Q(**{name: value for name in names if (value := getattr(filters, name))})
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
        left.among(held.filter(validity(state)))


def _checked() -> QuerySet[Statement]:
    """Facts somebody looked at and nobody has stated anew since."""
    anew = Statement.objects.filter(
        business=OuterRef("business"), field=OuterRef("field"), pk__gt=OuterRef("pk")
    )
    of_business = Q(product__isnull=True) & ~Exists(anew.filter(product__isnull=True))
    of_product = Q(product__isnull=False) & ~Exists(anew.filter(product=OuterRef("product")))
    return Statement.objects.filter(of_business | of_product, verified_at__isnull=False)
