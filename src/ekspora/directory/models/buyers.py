"""Buyers: who in the end orders and pays. A mission introduces them; it is never one itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models.guests import Mission
from ekspora.directory.names_of_buyers import buyer_key


class Buyer(models.Model):
    """A named company or shop that buys, or that brings goods to those who do."""

    class Kind(models.TextChoices):
        IMPORTER = "importer", _("importer")
        RETAILER = "retailer", _("retailer")
        COMPANY = "company", _("large company")
        DIASPORA = "diaspora", _("diaspora shop")
        END_USER = "end_user", _("end user")
        BROKER = "broker", _("broker")
        UNKNOWN = "unknown", _("not known yet")

    name = models.CharField(_("name of the buyer"), max_length=160)
    # The name without legal form, case and accents: the same buyer named twice is found by it.
    name_key = models.CharField(max_length=160, editable=False)
    country = models.CharField(_("country (ISO code)"), max_length=2)
    kind = models.CharField(_("kind of buyer"), max_length=10, choices=Kind, default=Kind.UNKNOWN)
    website = models.CharField(_("website"), max_length=200, blank=True)
    # The mission that introduced them; it keeps the credit.
    introduced_by = models.ForeignKey(
        Mission, null=True, blank=True, on_delete=models.PROTECT, related_name="buyers_introduced"
    )
    # Who looked whether the buyer exists and is what it says it is.
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.CharField(_("how it was checked"), max_length=200, blank=True)
    listed_by = models.ManyToManyField(Agency, related_name="buyers")
    created_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("buyer")
        verbose_name_plural = _("buyers")
        ordering = ("name", "id")
        constraints = (
            # The same name in the same country is the same buyer, whoever names it.
            models.UniqueConstraint(fields=["name_key", "country"], name="buyer_is_unique"),
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=True) | ~models.Q(verified_how=""),
                name="verified_buyer_says_how",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        """Keep the folded name beside the name."""
        self.name_key = buyer_key(self.name)[:160]
        super().save(*args, **options)  # type: ignore[arg-type]  # Django's own signature


class BuyerNote(models.Model):
    """What one agency knows of a buyer and whom it talks to there. Other agencies never see it."""

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="notes")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="buyer_notes")
    person = models.ForeignKey(
        Person, verbose_name=_("contact person"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="buyers",
    )  # fmt: skip
    text = models.CharField(_("what is known of them"), max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["buyer", "agency"], name="one_note_of_an_agency"),)

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.buyer_id}"
