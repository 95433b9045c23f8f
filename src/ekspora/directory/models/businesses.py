"""A business is registered once for the whole country and every programme."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.sectors import Sector
from ekspora.engines.registers.duplicates import name_key


class BusinessQuerySet(models.QuerySet["Business"]):
    """Keeps the folded name also when many are written at once."""

    def bulk_create(self, objs: "Iterable[Business]", *args: Any, **options: Any) -> "list[Business]":
        """Django's, with the folded names set."""
        businesses = list(objs)
        for business in businesses:
            business.name_key = name_key(business.name)[:160]
        return super().bulk_create(businesses, *args, **options)


class Business(models.Model):
    """A maker: micro to large, from Indonesia or abroad (then without NIB and Indonesian places)."""

    class Size(models.TextChoices):
        MICRO = "micro", _("micro")
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium")
        LARGE = "large", _("large")

    name = models.CharField(_("name of the business"), max_length=160)
    # The name without legal form, case, accents and punctuation: how a register's row finds its business.
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    nib = models.CharField(
        _("business number (NIB)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", _("An NIB has 13 digits."))],
    )
    sector = models.CharField(_("sector"), max_length=12, choices=Sector, blank=True)
    size = models.CharField(_("size"), max_length=8, choices=Size, blank=True)
    country = models.CharField(_("country (ISO code)"), max_length=2, default="ID")
    # Kemendagri codes such as 32 and 32.04; empty abroad and where unknown.
    province = models.CharField(_("province code"), max_length=2, blank=True)
    regency = models.CharField(_("regency code"), max_length=5, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("business phone (E.164)"), max_length=20, blank=True)
    email = models.EmailField(_("business email"), blank=True)
    website = models.CharField(_("website or social media"), max_length=200, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    has_branches = models.BooleanField(_("has branch offices"), null=True, blank=True)
    about = models.TextField(_("about, in Indonesian"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    is_fictitious = models.BooleanField(_("fictitious (demonstration)"), default=False)
    created_at = models.DateTimeField(default=now)
    listed_by = models.ManyToManyField(Agency, through="Listing", related_name="businesses")

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business")
        verbose_name_plural = _("businesses")
        ordering = ("name", "id")
        indexes = (models.Index(fields=["sector", "name"]), models.Index(fields=["province"]))
        constraints = (
            models.UniqueConstraint(
                fields=["nib"],
                condition=~models.Q(nib=""),
                name="nib_is_unique",
                violation_error_message=_("Another business has this NIB already."),
            ),
            models.CheckConstraint(
                condition=models.Q(country="ID") | models.Q(nib="", province="", regency=""),
                name="abroad_no_nib_no_province",
                violation_error_message=_("A business abroad has no NIB and no Indonesian province."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Keep the folded name beside the name."""
        self.name_key = name_key(self.name)[:160]
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], "name_key"}
        super().save(*args, **options)


class Listing(models.Model):
    """An agency keeps a business on its list; only such agencies' officers see its record."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="listings")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="listings")
    since = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = (models.UniqueConstraint(fields=["business", "agency"], name="listing_is_unique"),)

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.business_id}"


class Stewardship(models.Model):
    """Who acts for a business: its owner, or a companion the owner agreed to."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        COMPANION = "companion", _("companion")

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="stewards")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stewardships")
    role = models.CharField(max_length=10, choices=Role)
    # A companion acts only where consent is noted: when, and in which words or how it was given.
    consent_at = models.DateTimeField(null=True, blank=True)
    consent_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("stewardship")
        verbose_name_plural = _("stewardships")
        constraints = (
            models.UniqueConstraint(fields=["business", "person"], name="stewardship_is_unique"),
            models.CheckConstraint(
                condition=models.Q(role="owner") | models.Q(consent_at__isnull=False),
                name="companion_needs_consent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.business_id}"


class ExportRecord(models.Model):
    """A business has sold abroad: to which market, in which year; direct, or indirect through a trader."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="exports")
    # Empty where it is known that the business exported, but not to where.
    market = models.CharField(_("country (ISO code)"), max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(_("year (0: not known)"), default=0)
    is_indirect = models.BooleanField(_("indirect, through a trader"), default=False)

    class Meta:
        verbose_name = _("export record")
        verbose_name_plural = _("export records")
        constraints = (
            models.UniqueConstraint(
                fields=["business", "market", "year", "is_indirect"], name="export_record_is_unique"
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
        constraints = (models.UniqueConstraint(fields=["business", "name", "year"], name="fair_is_unique"),)

    def __str__(self) -> str:
        return self.name
