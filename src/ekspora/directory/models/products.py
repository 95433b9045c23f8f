"""What a business makes. A service has no HS code, carton or Incoterm."""

from decimal import Decimal
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.directory.models.businesses import Business

PACKAGE = (
    "units_per_carton", "carton_length", "carton_width", "carton_height", "net_weight", "gross_weight",
)  # fmt: skip


def _measure(label: Any, *, digits: int) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(label, max_digits=8, decimal_places=digits, null=True, blank=True)


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
    # The exchange rate a calculated price rests on, with its day and source; empty for a price that was told.
    price_basis = models.CharField(_("rate of the price"), max_length=120, blank=True)
    incoterm = models.CharField(_("Incoterm"), max_length=3, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(_("keeps for, in days"), null=True, blank=True)
    # The carton it is exported in: outer sides in centimetres, weights in kilograms.
    units_per_carton = models.PositiveIntegerField(_("units in a carton"), null=True, blank=True)
    carton_length = _measure(_("length of the carton in cm"), digits=1)
    carton_width = _measure(_("width of the carton in cm"), digits=1)
    carton_height = _measure(_("height of the carton in cm"), digits=1)
    net_weight = _measure(_("net weight of a carton in kg"), digits=3)
    gross_weight = _measure(_("gross weight of a carton in kg"), digits=3)

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
            models.CheckConstraint(
                condition=models.Q(is_service=False)
                | models.Q(**dict.fromkeys((f"{n}__isnull" for n in PACKAGE), True)),
                name="service_has_no_carton",
                violation_error_message=_("A service has no carton."),
            ),
            models.CheckConstraint(
                condition=models.Q(net_weight__isnull=True)
                | models.Q(gross_weight__isnull=True)
                | models.Q(gross_weight__gte=models.F("net_weight")),
                name="gross_above_net",
                violation_error_message=_("The carton with its content weighs no less than the content."),
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__isnull": True}) | models.Q(**{f"{name}__gt": 0}),
                    name=f"{name}_above_0",
                    violation_error_message=_("Sides, weights and numbers of a carton are more than 0."),
                )
                for name in PACKAGE
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def certificates(self) -> str:
        """Names of its own certificates and the whole business's that have not ended; read from ``public_facts``."""
        day = today("Asia/Jakarta")
        held = [c for c in self.business.certificates.all() if c.product_id in (None, self.pk)]
        return ", ".join(dict.fromkeys(str(one) for one in held if one.state(day) != "ended"))

    @property
    def carton_volume(self) -> Decimal | None:
        """Cubic metres of a carton; None where a side is not known."""
        sides = (self.carton_length, self.carton_width, self.carton_height)
        if any(side is None for side in sides):
            return None
        length, width, height = (side for side in sides if side is not None)
        return length * width * height / 1_000_000

    @property
    def air_weight(self) -> Decimal | None:
        """Kilograms that air freight charges for a carton: its weight, or its volume at 6,000 cm³/kg (IATA)."""
        if self.carton_volume is None or self.gross_weight is None:
            return None
        return max(self.gross_weight, self.carton_volume * 1_000_000 / 6000)
