"""Who wants what, and what came of people having met.

A demand has an owner, a deadline and an answer. An encounter is one meeting of a business and a representative:
each side tells for itself what came of it, and contacts are exchanged when both agree.
"""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now, today
from ekspora.core.models import Agency, Person
from ekspora.demand.product_groups import ProductGroup, group_of
from ekspora.directory.models import Business, Product, Representative
from ekspora.directory.sectors import Sector


class Demand(models.Model):
    """Something wanted by a guest's country, in the guest's words, looked after by one agency."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    representative = models.ForeignKey(Representative, on_delete=models.CASCADE, related_name="demands")
    text = models.CharField(_("what is wanted"), max_length=200)
    text_id = models.CharField(_("the same in Indonesian"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector, blank=True)
    # Beginning of an HS code, as far as it is known.
    hs = models.CharField(
        _("HS code"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{2,8}$", _("An HS code begins with two digits and has no dots."))],
    )
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="demands")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # The meeting in which it came up, where it did.
    encounter = models.ForeignKey(
        "Encounter", null=True, blank=True, on_delete=models.SET_NULL, related_name="demands"
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""), name="answered_has_answer"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        """Whether its answer was due before today (on the installation's clock)."""
        late = self.answer_due is not None and self.answer_due < today(settings.TIME_ZONE)
        return late and self.state == self.State.OPEN


class Side(models.TextChoices):
    """The two sides of an encounter."""

    MAKER = "maker", _("business")
    GUEST = "guest", _("representative")


class Encounter(models.Model):
    """A business and a representative met, or were to. Written when one side first says what came of it.

    ``scope`` names where ("activity:7") and ``key`` which meeting of it; both stay when the timetable changes.
    """

    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="encounters")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="encounters")
    met_at = models.DateTimeField()
    # When both had agreed: from then on each sees the other's card.
    exchanged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("met_at", "id")
        constraints = (models.UniqueConstraint(fields=["scope", "key"], name="encounter_is_unique"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class Outcome(models.Model):
    """What one side said came of an encounter. Rows are only added; the one that counts is the last to arrive."""

    class Verdict(models.TextChoices):
        NOT_HELD = "not_held", _("it did not take place")
        NO_INTEREST = "none", _("no interest for now")
        INFORMATIVE = "informative", _("informative")
        POSSIBLE = "possible", _("cooperation possible")

    class Step(models.TextChoices):
        SAMPLES = "samples", _("send samples")
        PRICES = "prices", _("send the price list")
        FAIR = "fair", _("invitation to a trade fair")
        BUYERS = "buyers", _("bring buyers")
        MSME = "msme", _("cooperation of MSME communities")
        PHARMA = "pharma", _("pharma contact")
        OTHER = "other", _("something else")

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="outcomes")
    side = models.CharField(max_length=6, choices=Side)
    # Made on the phone: the same answer sent again is the same row.
    key = models.CharField(max_length=40)
    verdict = models.CharField(_("how it went"), max_length=12, choices=Verdict)
    steps: "models.JSONField[list[str], list[str]]" = models.JSONField(_("next steps"), default=list)
    note = models.CharField(_("note"), max_length=500, blank=True)
    told_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    told_at = models.DateTimeField(default=now)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["side", "verdict"]),)
        constraints = (
            models.UniqueConstraint(fields=["encounter", "side", "key"], name="outcome_key_is_unique"),
            models.UniqueConstraint(
                fields=["encounter", "side"],
                condition=models.Q(is_current=True),
                name="one_current_outcome_of_a_side",
            ),
        )

    def __str__(self) -> str:
        return f"{self.encounter_id} {self.side}: {self.verdict}"

    @property
    def step_labels(self) -> list[str]:
        """The next steps in words."""
        return [str(self.Step(code).label) for code in self.steps]


class WantedProduct(models.Model):
    """A product over which cooperation is possible. What it was called and its code stay when it goes."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey(Product, null=True, on_delete=models.SET_NULL, related_name="wanted")
    name = models.CharField(max_length=160)
    hs = models.CharField(max_length=8, blank=True)
    sector = models.CharField(max_length=12, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | (models.Q(quantity__gt=0) & ~models.Q(unit="")),
                name="quantity_has_unit",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def group(self) -> ProductGroup:
        """The product group under which interest is counted."""
        return group_of(self.hs, self.sector)


class ContactAgreement(models.Model):
    """One side agreed that its card is given to the other: exactly these values, in exactly these words."""

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="agreements")
    side = models.CharField(max_length=6, choices=Side)
    # Whom the card names: not always who agreed, for a companion acts for an owner.
    about = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    card: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    wording = models.TextField()
    agreed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["encounter", "side"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_agreement_of_a_side",
            ),
        )

    def __str__(self) -> str:
        return f"{self.encounter_id} {self.side}"
