"""The ladder from interest to payment. Each rung stands on its own evidence and is never added to another."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.demand.models import Encounter
from ekspora.directory.models import Business, Buyer, ExportRecord, Mission, Product


class Deal(models.Model):
    """A business and a named buyer talk about something. A mission introduces; it is never the buyer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        LOST = "lost", _("came to nothing")

    # Made with the form: the same form sent twice is one deal.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="deals")
    buyer = models.ForeignKey(Buyer, on_delete=models.PROTECT, related_name="deals")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="deals"
    )
    subject = models.CharField(_("about"), max_length=160)
    # Where it began; empty when no activity did.
    scope = models.CharField(max_length=40, blank=True)
    encounter = models.ForeignKey(
        Encounter, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    # The mission through which the buyer came.
    mission = models.ForeignKey(
        Mission, null=True, blank=True, on_delete=models.PROTECT, related_name="deals"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="deals")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="deals")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    closing_note = models.CharField(_("why it ended"), max_length=300, blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["agency", "state"]),
            models.Index(fields=["scope"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="lost") | ~models.Q(closing_note=""), name="lost_deal_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.business} → {self.buyer}"


class DealStep(models.Model):
    """One rung reached, on one day, with its evidence. A wrong one is withdrawn, never changed."""

    class Rung(models.TextChoices):
        INTEREST = "interest", _("interest")
        INQUIRY = "inquiry", _("inquiry")
        SAMPLE = "sample", _("sample")
        LOI = "loi", _("letter of intent or MoU")
        ORDER = "order", _("order")
        SHIPPED = "shipped", _("shipped")
        PAID = "paid", _("paid")

    class Evidence(models.TextChoices):
        STATEMENT = "statement", _("somebody said so")
        MESSAGE = "message", _("message or email")
        DOCUMENT = "document", _("signed document or invoice")
        CUSTOMS = "customs", _("export declaration, bill of lading or air waybill")
        BANK = "bank", _("proof of payment")

    # Made with the form: the same form sent twice is one step.
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="steps")
    rung = models.CharField(_("step"), max_length=8, choices=Rung)
    happened_on = models.DateField(_("on"))
    amount = models.DecimalField(_("value"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence)
    # Number, date and sender of the paper, or who said so and when.
    reference = models.CharField(_("what it is and where it is kept"), max_length=200)
    file = models.FileField(_("file"), upload_to="evidence/", blank=True)
    # What looks wrong and what it was compared with (alarms.py). It counts once somebody has checked it.
    alarms: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        default=list, blank=True
    )
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_how = models.CharField(_("how it was checked"), max_length=200, blank=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(_("why it is withdrawn"), max_length=200, blank=True)
    # The entry among the business's exports that exists because of this step.
    export = models.ForeignKey(
        ExportRecord, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("happened_on", "id")
        indexes = (models.Index(fields=["rung", "currency"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True, currency="")
                | (models.Q(amount__gt=0) & ~models.Q(currency="")),
                name="value_has_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity__isnull=True) | (models.Q(quantity__gt=0) & ~models.Q(unit="")),
                name="step_quantity_has_unit",
            ),
            # From the letter of intent on, nobody's word is enough.
            models.CheckConstraint(
                condition=models.Q(rung__in=("interest", "inquiry", "sample"))
                | ~models.Q(evidence="statement"),
                name="values_rest_on_papers",
            ),
            models.CheckConstraint(condition=~models.Q(reference=""), name="step_has_evidence"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_why=""),
                name="withdrawn_step_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True) | ~models.Q(checked_how=""),
                name="checked_step_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deal_id} {self.rung}"

    @classmethod
    def counted(cls, prefix: str = "") -> models.Q:
        """Steps that count: not withdrawn, and nothing looks wrong or somebody has checked it."""
        calm = models.Q(**{f"{prefix}alarms": []}) | models.Q(**{f"{prefix}checked_at__isnull": False})
        return models.Q(**{f"{prefix}withdrawn_at__isnull": True}) & calm

    @property
    def is_standing(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def waits_for_check(self) -> bool:
        """Whether something looks wrong that nobody has checked yet."""
        return self.is_standing and bool(self.alarms) and self.checked_at is None

    @property
    def counts(self) -> bool:
        """Whether it is among the counted figures."""
        return self.is_standing and not self.waits_for_check
