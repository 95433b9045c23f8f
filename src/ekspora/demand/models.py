"""A demand says who wants what; it has an owner, a deadline and an answer."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now, today
from ekspora.core.models import Agency, Person
from ekspora.directory.models import Representative
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
