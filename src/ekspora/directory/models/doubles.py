"""Businesses that may be one, and those that were made one: reversible, with all that was moved."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Agency, Person
from ekspora.directory.models.businesses import Business


class Double(models.Model):
    """Two businesses that look like one. What somebody decided about them is not asked again."""

    class Likeness(models.TextChoices):
        SURE = "sure", _("almost certainly one")
        DOUBTFUL = "doubtful", _("perhaps one")

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        APART = "apart", _("two businesses")
        MERGED = "merged", _("made one")

    one = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    likeness = models.CharField(max_length=8, choices=Likeness)
    # Under the assumptions of engines/duplicates; the reasons are [{field, weight, text: {id, en}}].
    probability = models.FloatField()
    reasons: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-probability", "pk")
        indexes = (models.Index(fields=["state", "likeness"]),)
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="double_is_unique"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="double_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"


class Merger(models.Model):
    """One business took over what another had. The other's record stays, on nobody's list, to be given back."""

    kept = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # Rows that were moved: [table, id, column]; lists and people that both had, as the other had them; facts
    # the kept one took over: {field: [before, after]}; the number the other gave up.
    moved: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    listed: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    stewards: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    filled: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    nib = models.CharField(max_length=13, blank=True)
    merged_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at__isnull=True), name="business_goes_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merged_into_another"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"
