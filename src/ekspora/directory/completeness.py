"""The one thing an owner does next so that guests can choose the business.

Three fields are enough to begin: name, phone, product. After that the list below is the ranking, the most useful first:
what keeps guests from choosing at all, then what they ask at the table, then what an order needs, then what a
programme asks for. The first that is missing is shown, nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.directory.models import Business, Product


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is missing, why it matters, and where it is filled in."""

    label: str
    why: str
    url: str


Check = Callable[[Business], Iterator[NextStep]]


def missing_step(business: Business) -> NextStep | None:
    """The most useful thing missing, None when nothing is. Reads what ``public_facts`` has fetched."""
    return next((step for check in RANKING for step in check(business)), None)


@dataclass(frozen=True, slots=True)
class Needed:
    """What some of one's businesses need next: the words for it, its place in the ranking, and the businesses."""

    label: str
    rank: int
    entries: tuple[tuple[Business, NextStep | None], ...]


def grouped(businesses: Iterable[Business]) -> list[Needed]:
    """Businesses by the one next thing each needs, in the order of the ranking; those that need nothing last."""
    groups: dict[int, list[tuple[Business, NextStep | None]]] = {}
    for business in businesses:
        found = ((rank, step) for rank, check in enumerate(RANKING) for step in check(business))
        rank, step = next(found, (len(RANKING), None))
        groups.setdefault(rank, []).append((business, step))
    return [
        Needed(entries[0][1].label if entries[0][1] else _("complete"), rank, tuple(entries))
        for rank, entries in sorted(groups.items())
    ]


def _to(business: Business, step: str) -> str:
    return reverse("my_business_step", args=[business.pk, step])


def _of(product: Product, step: str) -> str:
    return reverse("my_product_step", args=[product.pk, step])


def _product(b: Business) -> Iterator[NextStep]:
    if not b.products.all():
        url = reverse("my_product_new", args=[b.pk])
        yield NextStep(_("Add a product"), _("Guests choose by product. Enter what you sell first."), url)


def _sector(b: Business) -> Iterator[NextStep]:
    if not b.sector and not b.trades:
        yield NextStep(_("Choose your sector"), _("Guests look for makers by sector."), _to(b, "about"))


def _phone(b: Business) -> Iterator[NextStep]:
    if not b.phone and not b.email:
        why = _("The organiser reaches you by it. Guests see it only when you agree.")
        yield NextStep(_("Enter your number"), why, _to(b, "contact"))


def _photo(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if not product.photos.all():
            why = _("A product with a photo is looked at first: %(name)s has none yet.") % {
                "name": product.name
            }
            yield NextStep(_("Add a photo"), why, reverse("my_product_photos", args=[product.pk]))


def _english(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if not product.name_en:
            why = _("Guests read English: give %(name)s an English name.") % {"name": product.name}
            yield NextStep(_("Add the English name"), why, _of(product, "about"))


def _capacity(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if product.monthly_capacity is None and not product.is_service:
            why = _("Guests ask how much you can make of %(name)s in a month.") % {"name": product.name}
            yield NextStep(_("Say your capacity"), why, _of(product, "supply"))


def _about(b: Business) -> Iterator[NextStep]:
    if not (b.about or b.about_en):
        why = _("Two or three sentences are enough.")
        yield NextStep(_("Tell about your business"), why, _to(b, "about"))


def _price(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if product.price is None:
            why = _("The first question at the table is the price of %(name)s. The calculator helps.") % {
                "name": product.name
            }
            yield NextStep(_("Say your price"), why, _of(product, "price"))


def _free(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if product.free_capacity is None and not product.is_service:
            why = _("How much of %(name)s is still free in a month? Buyers plan with that.") % {
                "name": product.name
            }
            yield NextStep(_("Say what is free"), why, _of(product, "supply"))


def _place(b: Business) -> Iterator[NextStep]:
    if b.country == "ID" and not b.regency:
        why = _("Programmes choose by province and regency.")
        yield NextStep(_("Choose your place"), why, _to(b, "place"))


def _nib(b: Business) -> Iterator[NextStep]:
    if b.country == "ID" and not b.nib:
        why = _("With an NIB you can export. Enter its 13 digits; it is free of charge at oss.go.id.")
        yield NextStep(_("Enter your NIB"), why, _to(b, "legal"))


def _hs(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if not product.hs and not product.is_service:
            why = _("Customs, duty and rules follow the HS code of %(name)s.") % {"name": product.name}
            yield NextStep(_("Find the HS code"), why, _of(product, "about"))


def _carton(b: Business) -> Iterator[NextStep]:
    for product in b.products.all():
        if not product.is_service and product.carton_volume is None:
            why = _("Freight is counted by the carton: measure the one for %(name)s.") % {
                "name": product.name
            }
            yield NextStep(_("Measure the carton"), why, _of(product, "package"))


def _legal(b: Business) -> Iterator[NextStep]:
    if b.country == "ID" and not b.legal_form:
        why = _("Banks and buyers ask whether you are a company or a person.")
        yield NextStep(_("Say your legal form"), why, _to(b, "legal"))


RANKING: tuple[Check, ...] = (
    _product, _sector, _phone, _photo, _english, _capacity, _about, _price, _free, _place, _nib, _hs, _carton, _legal,
)  # fmt: skip
