"""Personal links: scoped, expiring, revocable. The address holds the secret, the table only its digest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.limits import hold_of
from ekspora.core.models.people import Agency, Person


class AccessLink(models.Model):
    """Lets its holder act as ``person`` within ``scope`` until it expires or is revoked."""

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", _("one-time sign-in")
        PERSONAL = "personal", _("personal link")
        CALENDAR = "calendar", _("calendar feed")
        BOARD = "board", _("board on a screen")
        FORWARD = "forward", _("report to pass on")

    kind = models.CharField(max_length=12, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    # Which part of the site the link opens, e.g. "activity:7"; empty means all that the person may do.
    scope = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=200, default="/")
    digest = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=["person", "scope"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="link_expires_after_issue"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.scope}"

    @property
    def is_open(self) -> bool:
        """Whether the link still works now: neither revoked nor expired nor, if one-time, used, and what it is limited
        to still is."""
        spent = self.kind == self.Kind.SIGN_IN and self.used_at is not None
        return self.revoked_at is None and now() < self.expires_at and not spent and hold_of(self.scope).opens

    @property
    def keeps_session(self) -> bool:
        """Whether a session begun by this link may go on: a spent sign-in link's may, a revoked one's not."""
        expired = self.kind == self.Kind.PERSONAL and now() >= self.expires_at
        return self.revoked_at is None and not expired and hold_of(self.scope).goes_on
