"""Certificates and licences, of a whole business or of one product, with their validity and the paper itself."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import today
from ekspora.directory.models.businesses import Business
from ekspora.directory.models.products import Product

# From then on owners and officers are reminded: renewal takes weeks (SPP-IRT may be renewed from six months before).
WARNED = timedelta(days=90)


class Certificate(models.Model):
    """One certificate. Without ``valid_until`` and ``has_no_end`` its end is not known."""

    class Type(models.TextChoices):
        HALAL = "halal", _("Halal")
        PIRT = "pirt", "SPP-IRT"
        BPOM = "bpom", "BPOM MD/ML/NA"
        GMP = "gmp", "CPPOB / GMP"
        HACCP = "haccp", "HACCP"
        ISO = "iso", "ISO"
        SNI = "sni", "SNI"
        ORGANIC = "organic", _("Organic")
        SKP = "skp", "SKP"
        NKV = "nkv", "NKV"
        SVLK = "svlk", "SVLK"
        SLHS = "slhs", "SLHS"
        TRADEMARK = "trademark", _("Trademark")
        GI = "gi", _("Geographical indication")
        BATIKMARK = "batikmark", "Batikmark"
        FAIRTRADE = "fairtrade", "Fairtrade"
        TKDN = "tkdn", "TKDN"
        CE = "ce", "CE"
        FDA = "fda", "FDA"
        OTHER = "other", _("other")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="certificates")
    product = models.ForeignKey(
        Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="own_certificates",
    )  # fmt: skip
    type = models.CharField(_("type"), max_length=10, choices=Type)
    # As it is written on the paper or in the list; it names the types the list above does not hold.
    name = models.CharField(_("name"), max_length=120, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    has_no_end = models.BooleanField(_("has no end"), default=False)
    file = models.FileField(_("scan or PDF"), upload_to="certificates/", blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ("id",)
        indexes = (models.Index(fields=["valid_until", "business"]),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(type="other") | ~models.Q(name=""), name="other_certificate_has_name",
                violation_error_message=_("Say which certificate it is."),
            ),
            models.CheckConstraint(
                condition=models.Q(has_no_end=False) | models.Q(valid_until__isnull=True),
                name="end_or_no_end",
                violation_error_message=_("A certificate without an end has no last day."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True) | models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_begin",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["business", "type", "name", "number"], condition=models.Q(product__isnull=True),
                name="certificate_once",
                violation_error_message=_("This certificate is noted already."),
            ),
            models.UniqueConstraint(
                fields=["product", "type", "name", "number"], condition=models.Q(product__isnull=False),
                name="product_certificate_once",
                violation_error_message=_("This certificate is noted already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(self.get_type_display())

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state(today("Asia/Jakarta")) == "ended"

    def state(self, on: date) -> str:
        """``ended``, ``ending`` (within ``WARNED``), ``valid``, or ``unknown`` where no end is known."""
        if self.valid_until is None:
            return "valid" if self.has_no_end else "unknown"
        if self.valid_until < on:
            return "ended"
        return "ending" if self.valid_until <= on + WARNED else "valid"
