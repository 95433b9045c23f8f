"""What a guest may know of a maker: public facts only, never a phone number, an email or a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ekspora.core.pictures import Picture
from ekspora.directory.models import Business, ExportRecord, Product
from ekspora.directory.models.photos import picture_of
from ekspora.directory.places import where
from ekspora.directory.public_words import without_numbers
from ekspora.ui import formats


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One product as guests see it. ``name`` and ``about`` are in the reader's language where it is known."""

    pk: int
    name: str
    name_id: str
    name_en: str
    about: str
    is_service: bool
    hs: str
    unit: str
    monthly_capacity: Decimal | None
    free_capacity: Decimal | None
    minimum_order: Decimal | None
    lead_time_days: int | None
    shelf_life_days: int | None
    price: Decimal | None
    price_to: Decimal | None
    is_price_from: bool
    currency: str
    incoterm: str
    certificates: str
    photos: tuple[Picture, ...]
    carton: str

    @property
    def thumb(self) -> str:
        """The photo beside its name; empty where there is none."""
        return self.photos[0].thumb if self.photos else ""


@dataclass(frozen=True, slots=True)
class MakerCard:
    """One business as guests see it. ``markets`` are ISO codes; ``has_exported`` also without a known
    market."""

    pk: int
    name: str
    sector: str
    sector_label: str
    size_label: str
    where: str
    country: str
    founded: int | None
    employees: int | None
    has_branches: bool | None
    has_exported: bool
    markets: tuple[str, ...]
    fairs: tuple[str, ...]
    about: str
    is_fictitious: bool
    products: tuple[ProductCard, ...]

    @property
    def thumb(self) -> str:
        """The photo beside its name: that of the first product that has one."""
        return thumb_of(self.products)


def thumb_of(products: Iterable[ProductCard]) -> str:
    """The first photo of several products, for beside a name; empty where none has one."""
    return next((product.thumb for product in products if product.photos), "")


def maker_card(business: Business) -> MakerCard:
    """The card of a business read through ``public_facts``; then it costs no query."""
    products = tuple(product_card(product) for product in business.products.all())
    exports = list(business.exports.all())
    return MakerCard(
        pk=business.pk, name=business.name, sector=business.sector,
        sector_label=business.get_sector_display(), size_label=business.get_size_display(),
        where=where(country=business.country, province=business.province, regency=business.regency,
                    place=business.place),
        country=business.country, founded=business.founded, employees=business.employees,
        has_branches=business.has_branches, has_exported=bool(exports), markets=markets_of(exports),
        fairs=tuple(f"{fair.name} {fair.year or ''}".strip() for fair in business.fairs.all()),
        about=without_numbers(_in_language(business.about, business.about_en)), is_fictitious=business.is_fictitious,
        products=products,
    )  # fmt: skip


def product_card(product: Product) -> ProductCard:
    """The card of one product read through ``public_facts``; costs no query."""
    photos = tuple(picture_of(photo.pk, without_numbers(str(photo))) for photo in product.photos.all())
    return ProductCard(
        pk=product.pk, name=_in_language(product.name, product.name_en), name_id=product.name,
        name_en=product.name_en, about=without_numbers(_in_language(product.description, product.description_en)),
        is_service=product.is_service, hs=product.hs, unit=product.unit,
        monthly_capacity=product.monthly_capacity, free_capacity=product.free_capacity,
        minimum_order=product.minimum_order, lead_time_days=product.lead_time_days,
        shelf_life_days=product.shelf_life_days, price=product.price, price_to=product.price_to,
        is_price_from=product.is_price_from, currency=product.currency, incoterm=product.incoterm,
        certificates=product.certificates,
        photos=photos, carton=_carton(product),
    )  # fmt: skip


def _carton(product: Product) -> str:
    """The carton in one line: units, sides, weights; empty where nothing is known."""
    sides = (product.carton_length, product.carton_width, product.carton_height)
    known = []
    if product.units_per_carton:
        known.append(formats.quantity(product.units_per_carton, product.unit or ""))
    if product.carton_volume is not None:
        known.append(
            " × ".join(formats.number(side.normalize()) for side in sides if side is not None) + " cm"
        )
    if product.gross_weight is not None:
        known.append(_("%(weight)s kg gross") % {"weight": formats.number(product.gross_weight.normalize())})
    return ", ".join(known)


def markets_of(exports: Iterable[ExportRecord]) -> tuple[str, ...]:
    """The countries exported to, each once, in alphabetical order of their codes."""
    return tuple(sorted({record.market for record in exports if record.market}))


def _in_language(indonesian: str, english: str) -> str:
    wanted = english if (get_language() or "id").startswith("en") else indonesian
    return wanted or indonesian or english
