"""The product sheet: one page about a business in both languages, to hand over or forward.

It names no owner, no phone and no email: contact goes through the organiser.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from ekspora.directory.models import Business, Product
from ekspora.directory.places import where
from ekspora.directory.public_words import without_numbers
from ekspora.directory.queries.maker_cards import markets_of
from ekspora.ui import formats
from ekspora.ui.pdf import framed, render_pdf

_TEMPLATE = Path(__file__).with_name("typst") / "product_sheet.typ"
# What one page holds: products with a photo, the letters of texts.
PICTURED = 6
NAMED = 12
_OTHER = {"id": "en", "en": "id"}


def product_sheet(business: Business, language: str) -> bytes:
    """A PDF of one page, ``language`` ("id" or "en") first and the other below it.

    ``business`` comes from ``public_facts``. Photos of at most six products are shown, more are only
    named.
    """
    products = sorted(business.products.all(), key=lambda product: (not product.photos.all(), product.pk))
    shown, rest = products[:PICTURED], products[PICTURED:]
    data = {
        "language": language,
        "title": _short(business.name, 90),
        "fictitious": business.is_fictitious,
        "pictured": [bool(product.photos.all()) for product in shown],
        "first": _told(business, shown, rest, language),
        "second": _told(business, shown, rest, _OTHER[language]),
    }
    return render_pdf(_TEMPLATE, data, pictures=_pictures(shown))


def _pictures(products: list[Product]) -> Mapping[str, bytes]:
    pictures: dict[str, bytes] = {}
    for number, product in enumerate(products):
        for photo in list(product.photos.all())[:1]:
            with photo.file.open("rb") as file:
                pictures[f"product-{number}.svg"] = framed(file.read())
    return pictures


def _told(business: Business, shown: list[Product], rest: list[Product], language: str) -> dict[str, Any]:
    """Every word of the sheet in one language."""
    with translation.override(language):
        named = [_short(_name(product, language), 60) for product in rest[:NAMED]]
        return {
            "kind": _("Product sheet"),
            "sector": business.get_sector_display() if business.sector else "",
            "where": where(country=business.country, province=business.province, regency=business.regency,
                           place=business.place),
            "about": _short(without_numbers(_text(business.about, business.about_en, language)), 420),
            "facts": _facts(business),
            "products": [_product(product, language) for product in shown],
            "also": _("Also: %(products)s") % {"products": _short(", ".join(named), 180)} if named else "",
            "contact": _contact(business),
            "fictitious": _("Fictitious business, made for the demonstration"),
        }  # fmt: skip


def _facts(business: Business) -> list[list[str]]:
    exports = list(business.exports.all())
    facts: list[list[str]] = []
    if business.founded:
        facts.append([_("Founded"), str(business.founded)])
    if business.size:
        facts.append([_("Size"), str(business.get_size_display())])
    if business.employees:
        facts.append([_("Employees"), formats.number(business.employees)])
    if business.has_branches:
        facts.append([_("Branch offices"), _("yes")])
    if exports:
        names = [formats.country(code) for code in markets_of(exports)]
        facts.append(
            [_("Has exported to"), _short(", ".join(names), 90) if names else _("yes, markets not stated")]
        )
    fairs = [f"{fair.name} {fair.year or ''}".strip() for fair in business.fairs.all()]
    if fairs:
        facts.append([_("Fairs"), _short(", ".join(fairs), 110)])
    return facts


def _product(product: Product, language: str) -> dict[str, Any]:
    return {
        "name": _short(_name(product, language), 70),
        "text": _short(without_numbers(_text(product.description, product.description_en, language)), 150),
        "price": _price(product),
        "facts": _product_facts(product),
    }


def _product_facts(product: Product) -> list[list[str]]:
    facts = [] if product.is_service else [[_("HS code"), product.hs]]
    for label, amount in (
        (_("Capacity a month"), product.monthly_capacity),
        (_("Minimum order"), product.minimum_order),
    ):
        if amount is not None:
            facts.append([label, formats.quantity(amount.normalize(), product.unit or "")])
    if product.lead_time_days:
        facts.append([_("Lead time"), _("%(days)s days") % {"days": formats.number(product.lead_time_days)}])
    if product.shelf_life_days:
        facts.append([_("Keeps for"), _("%(days)s days") % {"days": formats.number(product.shelf_life_days)}])
    facts.append([_("Certificates"), _short(product.certificates, 70)])
    return [fact for fact in facts if fact[1]]


def _price(product: Product) -> str:
    """The price in US dollars with its Incoterm; a sheet for abroad names no other currency."""
    if product.price is None or product.currency != "USD":
        return ""
    text = formats.money(product.price, "USD")
    if product.price_to is not None:
        text = f"{text} – {formats.number(product.price_to, 2)}"
    elif product.is_price_from:
        text = _("from %(price)s") % {"price": text}
    per = f" / {product.unit}" if product.unit else ""
    return f"{text}{per} {product.incoterm}".strip()


def _contact(business: Business) -> str:
    listing = business.listings.select_related("agency").order_by("since", "pk").first()
    if listing is None:
        return _("Contact through the organiser.")
    agency = listing.agency
    name = agency.name_en if formats.locale().language == "en" and agency.name_en else agency.name
    place = f", {agency.city}" if agency.city else ""
    return _("Contact through the organiser: %(agency)s") % {"agency": name + place}


def _name(product: Product, language: str) -> str:
    return (product.name_en if language == "en" else product.name) or product.name


def _text(indonesian: str, english: str, language: str) -> str:
    return (english if language == "en" else indonesian).strip()


def _short(text: str, most: int) -> str:
    """At most ``most`` letters, cut between words."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,.;:") + " …"
