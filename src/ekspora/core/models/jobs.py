"""Long work with progress. The queue is django-tasks; this row is what people see of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models.people import Agency, Person


class Job(models.Model):
    """One piece of background work. ``heartbeat`` lets the reaper find work whose worker died."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=60, blank=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    arguments: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    progress: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    error = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_requested = models.BooleanField(default=False)
    queued_at = models.DateTimeField(default=now)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Where the person goes when it is finished.
    back_to = models.CharField(max_length=200, default="/")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["state", "heartbeat"]), models.Index(fields=["topic"]))

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"
