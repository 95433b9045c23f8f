"""What happens on the day beside the plan."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.programmes.models import Activity, AgendaItem, Participation


class DayMark(models.Model):
    """What an officer saw on the day, beside what somebody declared before: not here, late, or gone early.

    Undoing removes the row; the declared times and the answer stay as they were.
    """

    class Kind(models.TextChoices):
        ABSENT = "absent", _("absent")
        LATE = "late", _("late")
        LEFT = "left", _("left early")

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="day_marks")
    kind = models.CharField(max_length=6, choices=Kind)
    # Late: when they come; left early: when they go; empty for absent.
    at = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-noted_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["participation", "kind"], name="one_day_mark_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(kind="absent", at__isnull=True)
                | (~models.Q(kind="absent") & models.Q(at__isnull=False)),
                name="late_and_left_have_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id} {self.kind}"


class LostTable(models.Model):
    """A table that cannot be used from a moment on, until another one or to the end."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="lost_tables")
    table = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True)
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-noted_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["activity", "table"], name="table_is_lost_once"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="table_comes_back_after_its_loss",
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} table {self.table}"


class Delay(models.Model):
    """The programme runs late: what was to begin from ``since`` on begins ``minutes`` later, for that day.

    The agenda and the clock times of every version follow, so that all of them still mean the same slots; who
    meets whom, in which slot and where stays as it is. Taking it back removes the row.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="delays")
    since = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    # Where it fell into a block of meetings: the pause that keeps the earlier ones where they were.
    pause = models.OneToOneField(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("-noted_at", "-id")
        constraints = (models.CheckConstraint(condition=models.Q(minutes__gte=1), name="delay_of_a_minute"),)

    def __str__(self) -> str:
        return f"{self.activity_id} +{self.minutes}"

    @property
    def resumes_at(self) -> datetime:
        """When what was to begin at ``since`` begins now."""
        return self.since + timedelta(minutes=self.minutes)
