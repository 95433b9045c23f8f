"""Every imported row knows its file, row and hash; an import can be undone as a whole."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person


class Import(models.Model):
    """One uploaded register: looked at first, then written, perhaps undone."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("to be confirmed")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        UNDONE = "undone", _("undone")

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="imports")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/")
    digest = models.CharField(max_length=64)
    # The sheets of a workbook that were chosen to be read together; empty: the one with the register.
    sheets: "models.JSONField[Any, Any]" = models.JSONField(default=list, blank=True)
    mapping: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    report: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    # What writing, and later undoing, did: counts, and what was kept and why.
    result: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    # Where the rows go besides the directory, e.g. "activity:7": they take part in it.
    scope = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    uploaded_at = models.DateTimeField(default=now)
    written_at = models.DateTimeField(null=True, blank=True)
    # When its rows were compared with the list and with each other; empty before that.
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["agency", "digest"]),)

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """What one row of a file became: the record it made or met, and what it changed."""

    class Effect(models.TextChoices):
        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        UNCHANGED = "unchanged", _("unchanged")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    effect = models.CharField(max_length=10, choices=Effect)
    # Field → [value before, value written]: what undo puts back, where nobody changed it since.
    changes: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "row", "target_type", "target_id"], name="row_once"),
        )
        indexes = (models.Index(fields=["target_type", "target_id"]), models.Index(fields=["hash"]))

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row}"
