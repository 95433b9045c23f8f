"""The eight sectors in which programme A presented its makers (agenda of the Bandung promotion)."""

from django.db import models
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
