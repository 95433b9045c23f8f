"""Reading businesses: lists for officers, the own ones of owners, and what anybody at a table may know."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.models import Agency
from ekspora.directory.models import Business, Certificate, ExportRecord, ImportedRow, Listing, Photo, Product
from ekspora.directory.models.certificates import WARNED
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
    # "ended", or "ending" within the time that owners are warned before.
    certificates: str = ""


def businesses_for(actor: Actor, filters: Filters = Filters()) -> QuerySet[Business]:
    """Businesses on the lists of the actor's agencies, each with ``has_exported``, ``cover`` (the id of
    the photo that stands for it) and ``product_count``. One query however many."""
    return _with_signs(listed(actor, filters))


def listed(actor: Actor, filters: Filters = Filters()) -> QuerySet[Business]:
    """The same businesses bare, for counting and for writing out."""
    return _narrowed(Business.objects.filter(Exists(_listings(actor))), filters)


def _listings(actor: Actor) -> QuerySet[Listing]:
    return Listing.objects.filter(business=OuterRef("pk"), agency__in=actor.agencies())


def _with_signs(businesses: QuerySet[Business]) -> QuerySet[Business]:
    pictured = Photo.objects.filter(product__business=OuterRef("pk")).order_by("product", "position", "pk")
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
    if filters.certificates:
        due = due_certificates(ended=filters.certificates == "ended")
        businesses = businesses.filter(Exists(due.filter(business=OuterRef("pk"))))
    for word in filters.words.split():
        made = Product.objects.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(hs__startswith=word),
            business=OuterRef("pk"),
        )
        text = Q(name__icontains=word) | Q(place__icontains=word) | Q(nib__startswith=word)
        businesses = businesses.filter(text | Exists(made))
    return businesses


def due_certificates(*, ended: bool) -> QuerySet[Certificate]:
    """Certificates that ended already, or those that will end within ``WARNED``."""
    day = today("Asia/Jakarta")
    if ended:
        return Certificate.objects.filter(valid_until__lt=day)
    return Certificate.objects.filter(valid_until__gte=day, valid_until__lte=day + WARNED)


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
    return _with_signs(Business.objects.filter(own(actor)))


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
