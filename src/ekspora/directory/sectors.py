"""How businesses are grouped: the sectors under which makers are presented, what export rules distinguish, KBLI.

The eight sectors are those in which programme A presented its makers (agenda of the Bandung promotion).
"""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """What a business mainly makes."""

    FASHION = "fashion", _("Fashion")
    CRAFTS = "crafts", _("Crafts")
    AGRO = "agro", _("Agro products")
    CULINARY = "culinary", _("Culinary")
    FOOTWEAR = "footwear", _("Footwear")
    IT = "it", _("Information technology")
    MACHINERY = "machinery", _("Machinery")
    FISHERY = "fishery", _("Fishery and marine processing")


class Trade(models.TextChoices):
    """What a business makes, as finely as the rules of export distinguish it; a business may have several."""

    FSH = "FSH", _("Fashion, garment, batik, woven cloth")
    CRF = "CRF", _("Crafts and home decor")
    FUR = "FUR", _("Furniture of wood and rattan")
    COF = "COF", _("Coffee")
    COC = "COC", _("Cocoa and chocolate")
    SPC = "SPC", _("Spices")
    PFB = "PFB", _("Processed food and beverages, snacks")
    FSP = "FSP", _("Fish and fishery products")
    FTW = "FTW", _("Footwear and leather goods")
    COS = "COS", _("Cosmetics")
    HRB = "HRB", _("Herbal products, jamu, supplements")
    ITS = "ITS", _("IT services")
    MCH = "MCH", _("Small machinery")
    PHA = "PHA", _("Pharmaceuticals")


# The sector a trade is presented in, where one of the eight holds it.
SECTOR_OF: Mapping[str, str] = {
    "FSH": "fashion", "CRF": "crafts", "FUR": "crafts", "COF": "agro", "COC": "agro", "SPC": "agro",
    "PFB": "culinary", "FSP": "fishery", "FTW": "footwear", "ITS": "it", "MCH": "machinery",
}  # fmt: skip
# Languages a business may say it speaks with buyers: those of the markets it meets, by how often they are asked for.
LANGUAGES = ("id", "en", "zh", "ja", "ko", "ar", "ms", "nl", "de", "fr", "es", "ru")
_KBLI = re.compile(r"\d{5}")


def all_sectors(codes: Iterable[str]) -> None:
    """ValidationError for a code that is no sector."""
    if any(code not in Sector.values for code in codes):
        raise ValidationError(_t("Choose from the list."))


def all_trades(codes: Iterable[str]) -> None:
    """ValidationError for a code that is no trade."""
    if any(code not in Trade.values for code in codes):
        raise ValidationError(_t("Choose from the list."))


def all_languages(codes: Iterable[str]) -> None:
    """ValidationError for a language that is not offered."""
    if any(code not in LANGUAGES for code in codes):
        raise ValidationError(_t("Choose from the list."))


def all_kbli(codes: Iterable[str]) -> None:
    """ValidationError for what is no KBLI code: five digits (Peraturan BPS 2/2020)."""
    if any(not _KBLI.fullmatch(str(code)) for code in codes):
        raise ValidationError(_t("A KBLI code has 5 digits."))
