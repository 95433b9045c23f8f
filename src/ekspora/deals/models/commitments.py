"""Who promised what to whom by when, and who looked after it before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.demand.models import Encounter, Outcome, Side
from ekspora.directory.models import Business, Buyer, Representative


class Commitment(models.Model):
    """A promise with an owner and a date. It came of an encounter, or an officer wrote it down."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        DROPPED = "dropped", _("will not come about")

    # Where it was promised, e.g. "activity:7".
    scope = models.CharField(max_length=40)
    encounter = models.ForeignKey(
        Encounter, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    kind = models.CharField(_("what was promised"), max_length=8, choices=Outcome.Step)
    text = models.CharField(_("in words"), max_length=200, blank=True)
    # Which side made the promise; it is kept towards the other.
    side = models.CharField(_("promised by"), max_length=6, choices=Side)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="commitments")
    representative = models.ForeignKey(Representative, on_delete=models.PROTECT, related_name="commitments")
    # Who is to keep it; a person, so that it can be handed to a successor.
    owner = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="commitments")
    # Whose officers see it and remind.
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commitments")
    due = models.DateField(_("by"))
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # What was done, with what one can look at; or why it will not come about.
    account = models.CharField(_("what was done"), max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # "Bring buyers" is kept when buyers are named.
    buyers = models.ManyToManyField(Buyer, blank=True, related_name="commitments")
    # "Invitation to a trade fair": which one.
    fair = models.CharField(_("fair"), max_length=120, blank=True)
    fair_country = models.CharField(_("country of the fair (ISO code)"), max_length=2, blank=True)
    fair_on = models.DateField(_("first day of the fair"), null=True, blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("due", "id")
        indexes = (
            models.Index(fields=["agency", "state", "due"]),
            models.Index(fields=["owner", "state", "due"]),
            models.Index(fields=["scope", "state"]),
        )
        constraints = (
            # The same step told again is the same promise.
            models.UniqueConstraint(
                fields=["encounter", "side", "kind"],
                condition=models.Q(encounter__isnull=False) & ~models.Q(kind="other"),
                name="one_commitment_of_a_kind_for_each_side",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at__isnull=True)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False) & ~models.Q(account="")),
                name="settled_commitment_says_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="other") | ~models.Q(text=""), name="other_commitment_has_words"
            ),
        )

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())


class Handover(models.Model):
    """A promise passed from one person to another; rows are only added."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="handovers")
    giver = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    taker = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(_("why"), max_length=200, blank=True)
    handed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    handed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="handed_to_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.giver_id} → {self.taker_id}"
