"""Immutable versions of the timetable, and which of them somebody has seen."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Job, Person
from ekspora.programmes.models import Activity, Participation


class TimetableVersion(models.Model):
    """One timetable as it was computed or moved by hand. Only its state changes, and one is published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        REFUSED = "refused", _("refused")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="children")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # What the engine was asked and what it answered (formats.md), and the clock times of its slots.
    instance: "models.JSONField[Any, Any]" = models.JSONField()
    result: "models.JSONField[Any, Any]" = models.JSONField()
    slots: "models.JSONField[Any, Any]" = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    # The work that computed it: run again after a crash, it finds its version instead of making another.
    job = models.OneToOneField(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["activity", "number"], name="version_number_is_unique"),
            models.UniqueConstraint(
                fields=["activity"], condition=models.Q(state="published"), name="one_published_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.number} ({self.state})"


class Meeting(models.Model):
    """One meeting of one version: nobody and no table twice in a slot, by constraint."""

    version = models.ForeignKey(TimetableVersion, on_delete=models.CASCADE, related_name="meetings")
    request = models.CharField(max_length=40)
    maker = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="meetings_as_maker")
    guest = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="meetings_as_guest")
    slot = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    weight = models.PositiveSmallIntegerField(default=1)
    is_must = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    # The language of the interpreter it needs; empty where both sides understand each other.
    interpreter = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ("slot", "table")
        constraints = (
            models.UniqueConstraint(fields=["version", "maker", "slot"], name="maker_in_one_place"),
            models.UniqueConstraint(fields=["version", "guest", "slot"], name="guest_in_one_place"),
            models.UniqueConstraint(fields=["version", "table", "slot"], name="table_for_one_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.version_id}: {self.maker_id} × {self.guest_id} @ {self.slot}/{self.table}"


class AgendaSeen(models.Model):
    """Which version of their agenda somebody last said they had seen; what changed since is marked."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="agenda_seen")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(TimetableVersion, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["participation", "person"], name="agenda_is_seen_once_by_each"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} saw {self.version_id}"
