"""The parts of the day."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.models.activities import Activity, in_language
from ekspora.programmes.models.participations import Participation


class AgendaItem(models.Model):
    """A part of the day. Meeting blocks give the slots; presentations and visits bind those who attend."""

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("presentation")
        MEETINGS = "meetings", _("one-on-one meetings")
        VISIT = "visit", _("site visit")
        BREAK = "break", _("break")

    class Audience(models.TextChoices):
        ALL = "all", _("everybody")
        GUESTS = "guests", _("all guests")
        MAKERS = "makers", _("all makers")
        NAMED = "named", _("only those named")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="agenda")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title in Indonesian"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    # Whom a presentation or visit keeps from meetings; meeting blocks are for all.
    audience = models.CharField(_("for"), max_length=8, choices=Audience, default=Audience.ALL)
    attendees = models.ManyToManyField(Participation, blank=True, related_name="agenda")

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="agenda_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    @property
    def length(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at

    @property
    def attendee_ids(self) -> frozenset[int]:
        """Ids of the participations it binds by name; costs no query when ``attendees`` is prefetched."""
        return frozenset(who.pk for who in self.attendees.all())
