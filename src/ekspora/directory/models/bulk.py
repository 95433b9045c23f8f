"""One thing done to many businesses: agreed on, done in the background, undone where that makes sense."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models.businesses import Business


class Bulk(models.Model):
    """An action on the businesses that an officer selected; its rows are fixed when it is begun."""

    class State(models.TextChoices):
        DRAFT = "draft", _("to be confirmed")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="bulks")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    # A name in ``bulk.actions``.
    action = models.CharField(max_length=40)
    arguments: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    # What was selected: ids, or (without any) everything that fits a filter.
    chosen: "models.JSONField[Any, Any]" = models.JSONField(null=True)
    query = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Counts, and reasons of those left as they were.
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    file = models.FileField(upload_to="lists/", blank=True)
    begun_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("bulk action")
        verbose_name_plural = _("bulk actions")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "running")) | models.Q(done_at__isnull=False),
                name="done_bulk_has_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.pk} ({self.state})"

    @property
    def topic(self) -> str:
        """The name under which jobs and messages refer to it."""
        return f"bulk:{self.pk}"


class BulkRow(models.Model):
    """One business of a bulk action: not yet looked at, done, or left as it was and why."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="rows")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="bulk_rows")
    is_done = models.BooleanField(null=True)
    why = models.CharField(max_length=200, blank=True)
    # What undoing needs to know.
    memo: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["bulk", "is_done"]),)
        constraints = (
            models.UniqueConstraint(fields=["bulk", "business"], name="bulk_row_once"),
            models.CheckConstraint(
                condition=~models.Q(is_done=False) | ~models.Q(why=""), name="row_left_out_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.bulk_id}: {self.business_id}"
