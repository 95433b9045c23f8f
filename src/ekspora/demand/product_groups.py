"""The product groups under which interest is counted, by HS code; where it is not known, by sector.

The groups are those in which the guests of programme A stated interest: coffee, footwear, processed food, batik
and garments, IT. Codes: HS 2022 of the World Customs Organization, chapters and headings.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductGroup(models.TextChoices):
    """What interest is counted by."""

    COFFEE = "coffee", _("Coffee")
    FOOTWEAR = "footwear", _("Footwear")
    FOOD = "food", _("Processed food")
    GARMENTS = "garments", _("Batik and garments")
    IT = "it", _("Information technology")
    OTHER = "other", _("Other products")


# The longest beginning that fits decides: coffee stands before food and among the spices of chapter 09.
_BY_HS = {
    "0901": ProductGroup.COFFEE,
    "210111": ProductGroup.COFFEE,
    "210112": ProductGroup.COFFEE,
    "64": ProductGroup.FOOTWEAR,
    **{str(chapter): ProductGroup.FOOD for chapter in range(16, 23)},
    **{str(chapter): ProductGroup.GARMENTS for chapter in (*range(50, 64),)},
    "8471": ProductGroup.IT,
    "8523": ProductGroup.IT,
}
_BY_SECTOR = {
    "footwear": ProductGroup.FOOTWEAR,
    "culinary": ProductGroup.FOOD,
    "fashion": ProductGroup.GARMENTS,
    "it": ProductGroup.IT,
}


def group_of(hs: str, sector: str) -> ProductGroup:
    """The group of a product: by its HS code, or by the sector of its maker where no code is known."""
    if not hs:
        return _BY_SECTOR.get(sector, ProductGroup.OTHER)
    found = [start for start in _BY_HS if hs.startswith(start)]
    return _BY_HS[max(found, key=len)] if found else ProductGroup.OTHER
