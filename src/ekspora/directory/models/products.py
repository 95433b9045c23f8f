"""What a business makes. A service has no HS code, carton or Incoterm."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models.businesses import Business


class Product(models.Model):
    """One product or service, described in Indonesian and English."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(_("name in Indonesian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    description = models.TextField(_("description in Indonesian"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    is_service = models.BooleanField(_("is a service"), default=False)
    hs = models.CharField(
        _("HS code"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^(\d{4}|\d{6}|\d{8})$", _("An HS code has 4, 6 or 8 digits."))],
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    monthly_capacity = models.DecimalField(
        _("capacity a month"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    free_capacity = models.DecimalField(
        _("free capacity a month"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    minimum_order = models.DecimalField(
        _("minimum order"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    lead_time_days = models.PositiveSmallIntegerField(_("lead time in days"), null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=16, decimal_places=2, null=True, blank=True)
    price_to = models.DecimalField(
        _("highest price, where prices differ"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    is_price_from = models.BooleanField(_("prices begin here"), default=False)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    incoterm = models.CharField(_("Incoterm"), max_length=3, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(_("keeps for, in days"), null=True, blank=True)
    certificates = models.CharField(_("certificates"), max_length=200, blank=True)
    photo = models.ImageField(_("photo"), upload_to="products/", blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["business", "name"],
                name="product_name_is_unique",
                violation_error_message=_("This business has a product of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_service=False) | models.Q(hs="", incoterm=""),
                name="service_has_no_hs_no_incoterm",
                violation_error_message=_("A service has no HS code and no Incoterm."),
            ),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | ~models.Q(currency=""),
                name="price_has_currency",
                violation_error_message=_("A price needs its currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(free_capacity__isnull=True)
                | models.Q(monthly_capacity__isnull=True)
                | models.Q(free_capacity__lte=models.F("monthly_capacity")),
                name="free_within_capacity",
                violation_error_message=_("Free capacity cannot be more than the whole capacity."),
            ),
        )

    def __str__(self) -> str:
        return self.name
