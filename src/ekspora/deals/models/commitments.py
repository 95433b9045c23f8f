"""Who promised what to whom by when, and who looked after it before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now, today
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
    # Somebody wrote it down, changed or settled it: from then on telling the outcome again leaves it alone.
    is_by_hand = models.BooleanField(default=False)
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
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False) & ~models.Q(account=""))
                | models.Q(state="dropped", settled_at__isnull=False, is_by_hand=False),
                name="settled_commitment_says_how",
            ),
            # Where it came of an encounter, the words are the note of whoever told: for them and officers only.
            models.CheckConstraint(
                condition=~models.Q(kind="other") | ~models.Q(text="") | models.Q(encounter__isnull=False),
                name="other_commitment_has_words",
            ),
        )

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been kept before today (on the installation's clock)."""
        return self.is_open and self.due < today(settings.TIME_ZONE)

    @property
    def is_taken_back(self) -> bool:
        """Whether it ended because the outcome was told anew without its step."""
        return self.state == self.State.DROPPED and not self.is_by_hand


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
