"""Reading businesses: lists for officers, the own ones of owners, and what anybody at a table may know."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.models import Agency
from ekspora.directory.models import Business, Certificate, ExportRecord, ImportedRow, Listing, Photo, Product
from ekspora.directory.models.certificates import WARNED
from ekspora.directory.models.photos import picture_of
from ekspora.directory.queries.filters import EVERYTHING, SOME, Filters, Narrowing, narrowed
from ekspora.directory.rules import own


def businesses_for(actor: Actor, filters: Filters = EVERYTHING) -> QuerySet[Business]:
    """Businesses on the lists of the actor's agencies, as ``with_signs`` gives them, by name."""
    return with_signs(listed(actor, filters))


def listed(actor: Actor, filters: Filters = EVERYTHING) -> QuerySet[Business]:
    """The same businesses bare, for counting and for writing out."""
    return narrowed(actor, filters).found


def with_signs(businesses: QuerySet[Business]) -> QuerySet[Business]:
    """Each with ``has_exported`` and ``product_count``, by name. One query however many."""
    made = Product.objects.filter(business=OuterRef("pk")).order_by().values("business")
    return businesses.annotate(
        has_exported=Exists(ExportRecord.objects.filter(business=OuterRef("pk"))),
        product_count=Coalesce(Subquery(made.annotate(n=Count("pk")).values("n")), 0),
    ).order_by("name", "pk")


# Beyond so many an exact number costs more than it tells; a bulk action and the map count exactly.
MOST_COUNTED = 10_000
PAGE = 50


class Pages(Paginator[Any]):
    """Pages of a list that may be very long: counts up to ``MOST_COUNTED``, reads the numbers of a page first and then
    only these businesses."""

    def __init__(self, found: Narrowing) -> None:
        self._to_count = found.counted
        # Where several of many meet, few may be left: these are collected, for in their order they lie far apart.
        rows = found.counted if found.crossed > 1 and self._number <= SOME else found.found
        super().__init__(rows.order_by("name", "pk").values_list("pk", flat=True), PAGE)

    @cached_property
    def beginning(self) -> list[int]:
        """The numbers of the first page, and one more where there is a second: then nothing needs to be counted."""
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def counted(self) -> int:
        """How many there are, but at most one more than ``MOST_COUNTED``."""
        if len(self.beginning) <= self.per_page:
            return len(self.beginning)
        return self._number

    @cached_property
    def _number(self) -> int:
        return self._to_count.order_by()[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        """How many can be leafed through."""
        return min(self.counted, MOST_COUNTED)

    @property
    def has_more(self) -> bool:
        """Whether there are more than can be leafed through."""
        return self.counted > MOST_COUNTED

    def page(self, number: int | str) -> "Page[Any]":
        """A page with whole businesses, each with ``thumb``: the address of the photo beside its name, or empty."""
        found = super().page(number)
        is_first = found.number == 1
        numbers: list[int] = self.beginning[: self.per_page] if is_first else list(found.object_list)
        photos = Photo.objects.filter(product__business=OuterRef("pk")).order_by("product", "position", "pk")
        known = with_signs(Business.objects.filter(pk__in=numbers))
        found.object_list = list(known.annotate(cover=Subquery(photos.values("pk")[:1])))
        for business in found.object_list:
            business.thumb = picture_of(business.cover).thumb if business.cover else ""
        return found


def page_of(actor: Actor, filters: Filters, number: int | str | None) -> "Page[Any]":
    """A page of the actor's list: three queries, and one or two for each narrowing that stands in another table."""
    return Pages(narrowed(actor, filters)).get_page(number)


def _listings(actor: Actor) -> QuerySet[Listing]:
    return Listing.objects.filter(business=OuterRef("pk"), agency__in=actor.agencies())


def due_of(actor: Actor) -> QuerySet[Certificate]:
    """Certificates of the actor's own businesses that ended or are about to, the most urgent first."""
    due = Certificate.objects.filter(valid_until__lte=today("Asia/Jakarta") + WARNED)
    mine = due.filter(business__in=Business.objects.filter(own(actor)))
    return mine.select_related("business", "product").order_by("valid_until", "pk")


def public_facts(businesses: QuerySet[Business]) -> QuerySet[Business]:
    """The same businesses with everything ``maker_card`` reads: five more queries however many."""
    return businesses.prefetch_related("products__photos", "exports", "fairs", "certificates")


def whole(businesses: QuerySet[Business]) -> QuerySet[Business]:
    """The same with everything the pages of those who keep or own them show: a constant number of queries more."""
    return public_facts(businesses).prefetch_related(
        "contacts", "certificates__product", "branches", "members", "stewards__person"
    )


def business_for(actor: Actor, pk: int) -> Business | None:
    """A business on the list of one of the actor's agencies, with all that its page shows."""
    found = Business.objects.filter(Exists(_listings(actor)), pk=pk)
    return whole(found).prefetch_related("listings__agency").first()


def product_for(actor: Actor, pk: int) -> Product | None:
    """A product of a business on the list of one of the actor's agencies."""
    product = Product.objects.select_related("business").filter(pk=pk)
    return product.filter(business__listings__agency__in=actor.agencies()).distinct().first()


def own_businesses(actor: Actor) -> QuerySet[Business]:
    """Businesses the actor acts for, by name: their own, and those whose owners agreed."""
    return with_signs(Business.objects.filter(own(actor)))


def own_business(actor: Actor, pk: int) -> Business | None:
    """One business the actor acts for, with all that its page shows."""
    found = Business.objects.filter(own(actor), pk=pk)
    return whole(found).first()


def own_product(actor: Actor, pk: int) -> Product | None:
    """A product of a business the actor acts for."""
    mine = Business.objects.filter(own(actor))
    return Product.objects.select_related("business").filter(business__in=mine, pk=pk).first()


def agencies_of(actor: Actor) -> QuerySet[Agency]:
    """The agencies the actor is an officer of, by name."""
    return Agency.objects.filter(pk__in=actor.agencies())


def provenance(actor: Actor, target_type: str, ids: list[int]) -> QuerySet[ImportedRow]:
    """Which rows of which files made or changed these records, newest first; only files of the actor's
    agencies."""
    rows = ImportedRow.objects.select_related("source__agency", "source__person")
    mine = rows.filter(target_type=target_type, target_id__in=ids, source__agency__in=actor.agencies())
    return mine.order_by("-source_id", "row")


def photo_to_change(actor: Actor, pk: int, *, officer: bool) -> Photo | None:
    """A photo of a product the actor keeps as an officer, or acts for."""
    photo = Photo.objects.select_related("product__business").filter(pk=pk).first()
    read = product_for if officer else own_product
    return photo if photo is not None and read(actor, photo.product_id) is not None else None
