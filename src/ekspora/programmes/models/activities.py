"""Programmes and their activities: who organises them, where and when."""

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency


def validate_zone(value: str) -> None:
    """Refuse anything that is not an IANA zone."""
    if value not in available_timezones():
        raise ValidationError(_("Unknown time zone."))


def in_language(indonesian: str, english: str) -> str:
    """The text in the reader's language; the Indonesian one where no English was written."""
    return english if english and get_language() == "en" else indonesian


class Programme(models.Model):
    """What an agency plans for a year or more; activities belong to it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class Activity(models.Model):
    """One event in one place: here a promotion with one-on-one meetings."""

    class Kind(models.TextChoices):
        MATCHING = "matching", _("business matching")
        FAIR = "fair", _("fair")
        TRAINING = "training", _("training")
        MEETING = "meeting", _("working-group meeting")

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="activities"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MATCHING)
    name = models.CharField(_("name in Indonesian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about = models.TextField(_("purpose, in Indonesian"), blank=True)
    about_en = models.TextField(_("purpose, in English"), blank=True)
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country (ISO code)"), max_length=2, default="ID")
    zone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta", validators=[validate_zone])
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    slot_minutes = models.PositiveSmallIntegerField(_("minutes of a meeting"), default=20)
    pause_minutes = models.PositiveSmallIntegerField(_("minutes between meetings"), default=5)
    tables = models.PositiveSmallIntegerField(_("tables"), default=10, validators=[MinValueValidator(1)])
    fairness = models.PositiveSmallIntegerField(
        _("most difference of idle gaps between two people"), null=True, blank=True
    )
    wishes_until = models.DateTimeField(_("wishes can be sent until"), null=True, blank=True)
    letter_number = models.CharField(_("number of the invitation letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"), null=True, blank=True)
    signatory = models.CharField(_("who signs the letter"), max_length=160, blank=True)
    signatory_position = models.CharField(_("position of who signs"), max_length=160, blank=True)
    created_at = models.DateTimeField(default=now)
    organisers = models.ManyToManyField(Agency, through="Organiser", related_name="activities")

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name_plural = "activities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="activity_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(slot_minutes__gte=5), name="slot_of_five_minutes"),
        )

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    @property
    def purpose(self) -> str:
        """What it is for, in the reader's language."""
        return in_language(self.about, self.about_en)

    @property
    def lead(self) -> Agency:
        """The agency that leads; costs no query when ``organiser_rows`` is prefetched."""
        return next(row.agency for row in self.organiser_rows.all() if row.role == Organiser.Role.LEAD)

    @property
    def tz(self) -> ZoneInfo:
        """The zone of the place; every time of the activity is shown in it."""
        return ZoneInfo(self.zone)

    @property
    def scope(self) -> str:
        """The name under which links, messages and jobs refer to this activity."""
        return f"activity:{self.pk}"


class Organiser(models.Model):
    """An agency takes part in running an activity, in one role."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead")
        CO = "co", _("co-organiser")
        HOST = "host", _("host")
        SPONSOR = "sponsor", _("sponsor")
        SUPPORT = "support", _("supporter")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="organiser_rows")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="organiser_rows")
    role = models.CharField(_("role"), max_length=10, choices=Role)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["activity", "agency"], name="organiser_is_unique"),
            models.UniqueConstraint(
                fields=["activity"], condition=models.Q(role="lead"), name="one_lead_for_each_activity"
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency.short_name} ({self.role})"

    @property
    def agency_name(self) -> str:
        """The agency's name in the reader's language."""
        return in_language(self.agency.name, self.agency.name_en)
