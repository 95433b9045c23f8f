"""Photos of a product, in the order in which guests see them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core.pictures import Picture
from ekspora.directory.models.products import Product


class Photo(models.Model):
    """One photo, made anew without what was hidden in it; the first stands for its product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photos")
    file = models.ImageField(_("photo"), upload_to="products/")
    # What it shows, for those who cannot see it; the product's name where it is empty.
    alt = models.CharField(_("what the photo shows"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(condition=~models.Q(file=""), name="photo_has_file"),)

    def __str__(self) -> str:
        return self.alt or self.product.name

    @property
    def picture(self) -> Picture:
        """How pages show it."""
        return picture_of(self.pk, str(self))


def picture_of(pk: int, alt: str = "") -> Picture:
    """The photo of that number for a page."""
    return Picture(reverse("photo", args=[pk]), alt)
