"""Businesses that come by themselves: which agencies take them in, who registered one, who says one is theirs."""

import uuid

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models.businesses import Business
from ekspora.directory.models.consents import Consent


class Reception(models.Model):
    """An agency looks at businesses that register themselves: from one province, or from where nobody else does."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="receptions")
    province = models.CharField(_("province code"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("reception")
        verbose_name_plural = _("receptions")
        constraints = (
            models.UniqueConstraint(fields=["agency", "province"], name="reception_is_unique"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.province or '*'}"


class Arrival(models.Model):
    """What somebody brought in by themselves, and what was decided about it."""

    # Made with the form: the same form sent twice is one.
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    # Who filled in the form: the owner, or a companion the owner agreed to.
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)ss")
    # What the session was limited to: a later one with the same limits reaches the business again.
    scope = models.CharField(max_length=60, blank=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.SET_NULL, related_name="%(class)ss")
    begun_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("pk",)


class Registration(Arrival):
    """A business that came by itself: through whom, to which agency, with whose consent, and what the agency decided.
    Until then it is on nobody's list."""

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        KEPT = "kept", _("taken onto the list")
        REFUSED = "refused", _("not taken onto the list")

    business = models.OneToOneField(Business, on_delete=models.CASCADE, related_name="registration")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="registrations")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    class Meta(Arrival.Meta):
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = (models.Index(fields=["agency", "state"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided_at__isnull=False),
                name="decided_registration_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reason=""),
                name="refused_registration_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.business_id} ({self.state})"

    @property
    def name(self) -> str:
        """As the business is called."""
        return self.business.name


class Claim(Arrival):
    """A person says that a business of the register is theirs.

    An NIB is public, so it only names the business. Proof is a link sent to the number or email the register holds,
    or what an officer of an agency that keeps the business has seen. ``business`` is empty where nothing in the
    register fits what was told; the person is not told that, for it would tell whose number is in it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        ACCEPTED = "accepted", _("confirmed")
        REFUSED = "refused", _("not confirmed")
        WITHDRAWN = "withdrawn", _("taken back")
        ENDED = "ended", _("ended")

    business = models.ForeignKey(Business, null=True, on_delete=models.CASCADE, related_name="claims")
    # As the person told it.
    name = models.CharField(max_length=160)
    nib = models.CharField(max_length=13, blank=True)
    number = models.CharField(max_length=254, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # When the link sent to the number of the register was followed and agreed to.
    proven_at = models.DateTimeField(null=True, blank=True)

    class Meta(Arrival.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = (models.Index(fields=["business", "state"]),)
        constraints = (
            # By what was told, not by what it fits: that would tell whether it fits.
            models.UniqueConstraint(
                fields=["person", "name", "nib", "number"],
                condition=models.Q(state="open"),
                name="one_claim_as_told",
            ),
            models.UniqueConstraint(
                fields=["business"], condition=models.Q(state="accepted"), name="one_accepted_claim"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("accepted", "refused", "ended"))
                | models.Q(business__isnull=False, decided_at__isnull=False) & ~models.Q(reason=""),
                name="decided_claim_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} → {self.business_id} ({self.state})"

    @property
    def own_scope(self) -> str:
        """What the link sent to the number of the register is limited to."""
        return f"claim:{self.pk}"

    @property
    def code(self) -> str:
        """Six digits that only who made the claim is shown, and the link asks for: so that nobody confirms for
        somebody else who goes by their name."""
        made = salted_hmac("claim", f"{self.pk} {self.key}", algorithm="sha256")
        return f"{int(made.hexdigest(), 16) % 10**6:06}"
