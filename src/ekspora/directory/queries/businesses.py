"""Reading businesses: lists for officers, the own ones of owners, and what anybody at a table may know."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from ekspora.core.actors import Actor
from ekspora.core.models import Agency
from ekspora.directory.models import Business, ExportRecord, ImportedRow, Listing, Product
from ekspora.directory.rules import own


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of businesses is narrowed to; empty values narrow nothing."""

    words: str = ""
    sector: str = ""
    province: str = ""
    regency: str = ""
    country: str = ""
    has_exported: bool | None = None


def businesses_for(actor: Actor, filters: Filters = Filters()) -> QuerySet[Business]:
    """Businesses on the lists of the actor's agencies, each with ``has_exported``, ``cover`` (the id of
    the product whose photo stands for it) and ``product_count``. One query however many."""
    return _with_signs(listed(actor, filters))


def listed(actor: Actor, filters: Filters = Filters()) -> QuerySet[Business]:
    """The same businesses bare, for counting and for writing out."""
    return _narrowed(Business.objects.filter(Exists(_listings(actor))), filters)


def _listings(actor: Actor) -> QuerySet[Listing]:
    return Listing.objects.filter(business=OuterRef("pk"), agency__in=actor.agencies())


def _with_signs(businesses: QuerySet[Business]) -> QuerySet[Business]:
    pictured = Product.objects.filter(business=OuterRef("pk")).exclude(photo="").order_by("pk")
    return businesses.annotate(
        has_exported=Exists(ExportRecord.objects.filter(business=OuterRef("pk"))),
        cover=Subquery(pictured.values("pk")[:1]),
        product_count=Count("products"),
    ).order_by("name", "pk")


def _narrowed(businesses: QuerySet[Business], filters: Filters) -> QuerySet[Business]:
    exact = {
        name: value
        for name in ("sector", "province", "regency", "country")
        if (value := getattr(filters, name))
    }
    businesses = businesses.filter(**exact)
    if filters.has_exported is not None:
        exported = Exists(ExportRecord.objects.filter(business=OuterRef("pk")))
        businesses = businesses.filter(exported if filters.has_exported else ~exported)
    for word in filters.words.split():
        made = Product.objects.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(hs__startswith=word),
            business=OuterRef("pk"),
        )
        text = Q(name__icontains=word) | Q(place__icontains=word) | Q(nib__startswith=word)
        businesses = businesses.filter(text | Exists(made))
    return businesses


def public_facts(businesses: QuerySet[Business]) -> QuerySet[Business]:
    """The same businesses with everything ``maker_card`` reads: three more queries however many."""
    return businesses.prefetch_related("products", "exports", "fairs")


def business_for(actor: Actor, pk: int) -> Business | None:
    """A business on the list of one of the actor's agencies, with all that its page shows."""
    found = Business.objects.filter(Exists(_listings(actor)), pk=pk)
    return public_facts(found).prefetch_related("stewards__person", "listings__agency").first()


def product_for(actor: Actor, pk: int) -> Product | None:
    """A product of a business on the list of one of the actor's agencies."""
    product = Product.objects.select_related("business").filter(pk=pk)
    return product.filter(business__listings__agency__in=actor.agencies()).distinct().first()


def own_businesses(actor: Actor) -> QuerySet[Business]:
    """Businesses the actor acts for, by name: their own, and those whose owners agreed."""
    return _with_signs(Business.objects.filter(own(actor)))


def own_business(actor: Actor, pk: int) -> Business | None:
    """One business the actor acts for, with all that its page shows."""
    found = Business.objects.filter(own(actor), pk=pk)
    return public_facts(found).prefetch_related("stewards__person").first()


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
