"""Where a business has sold and shown abroad."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.directory.models.businesses import Business


class ExportRecord(models.Model):
    """A business has sold abroad: to which market, in which year; direct, or indirect through a trader."""

    class Evidence(models.TextChoices):
        PEB = "peb", _("export declaration (PEB)")
        CN = "cn", _("consignment note (CN)")
        INVOICE = "invoice", _("invoice or contract")
        TRANSPORT = "transport", _("bill of lading or air waybill")
        TRADER = "trader", _("letter of the trader")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="exports")
    # Empty where it is known that the business exported, but not to where.
    market = models.CharField(_("country (ISO code)"), max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(_("year (0: not known)"), default=0)
    is_indirect = models.BooleanField(_("indirect, through a trader"), default=False)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence, blank=True)
    reference = models.CharField(_("number of the evidence"), max_length=60, blank=True)
    file = models.FileField(_("scan or PDF"), upload_to="exports/", blank=True)

    class Meta:
        verbose_name = _("export record")
        verbose_name_plural = _("export records")
        constraints = (
            models.UniqueConstraint(
                fields=["business", "market", "year", "is_indirect"],
                name="export_record_is_unique",
                violation_error_message=_("This export is noted already: add to it instead."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | (models.Q(value__gt=0) & ~models.Q(currency="")),
                name="export_value_has_currency",
                violation_error_message=_("A value is more than nothing and has a currency."),
            ),
            models.CheckConstraint(
                condition=models.Q(evidence="", reference="", file="") | ~models.Q(evidence=""),
                name="evidence_has_kind",
                violation_error_message=_("Say what kind of evidence it is."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.business_id} → {self.market}"


class Fair(models.Model):
    """A fair the business has shown at."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="fairs")
    name = models.CharField(max_length=120)
    country = models.CharField(_("country (ISO code)"), max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(_("year (0: not known)"), default=0)

    class Meta:
        verbose_name = _("fair visit")
        verbose_name_plural = _("fair visits")
        constraints = (
            models.UniqueConstraint(
                fields=["business", "name", "year"],
                name="fair_is_unique",
                violation_error_message=_("This fair is noted already."),
            ),
        )

    def __str__(self) -> str:
        return self.name
