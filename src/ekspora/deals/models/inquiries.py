"""Somebody abroad asks about a business after reading a representative's report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.deals.models.deals import Deal
from ekspora.directory.models import Business, Mission


class Inquiry(models.Model):
    """An importer's question. It is reported until an officer takes it up: then it is a step of a deal."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken up")
        REFUSED = "refused", _("not taken up")

    # Made with the form: the same question sent twice is one.
    key = models.UUIDField(unique=True)
    scope = models.CharField(max_length=40)
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="inquiries")
    # Credited with it: whose report the reader held.
    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="inquiries")
    link = models.ForeignKey(AccessLink, null=True, on_delete=models.SET_NULL, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="inquiries")
    name = models.CharField(_("your name"), max_length=160)
    company = models.CharField(_("company"), max_length=160)
    country = models.CharField(_("country"), max_length=2)
    email = models.EmailField(_("email"))
    words = models.TextField(_("what you are looking for"), max_length=1000)
    asked_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    answer = models.CharField(_("why not"), max_length=200, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    deal = models.OneToOneField(Deal, null=True, blank=True, on_delete=models.PROTECT, related_name="inquiry")

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=["agency", "state"]), models.Index(fields=["scope"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="taken", deal__isnull=False)
                | (~models.Q(state="taken") & models.Q(deal__isnull=True)),
                name="taken_inquiry_has_deal",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(answer=""), name="refused_inquiry_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.company}: {self.business_id}"
