"""Rows of a file looked at that resemble a business on the list, or another row, and what an officer says of them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.models import Person
from ekspora.directory.models.businesses import Business
from ekspora.directory.models.doubles import Double
from ekspora.directory.models.imports import Import


class Resemblance(models.Model):
    """A row may be a business of the list (``business``) or what an earlier row speaks of (``other_row``)."""

    class Choice(models.TextChoices):
        SAME = "same", _("the same")
        NEW = "new", _("another one")
        OPEN = "open", _("to be decided")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="resemblances")
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    # What else the row says of who and where it is, for the eye.
    told = models.CharField(max_length=300, blank=True)
    business = models.ForeignKey(Business, null=True, on_delete=models.CASCADE, related_name="+")
    other_row = models.PositiveIntegerField(null=True)
    other_name = models.CharField(max_length=200, blank=True)
    likeness = models.CharField(max_length=8, choices=Double.Likeness)
    probability = models.FloatField()
    reasons: "models.JSONField[Any, Any]" = models.JSONField(default=list)
    # As proposed until somebody has decided; a row that is to be decided does not go in.
    choice = models.CharField(max_length=4, choices=Choice)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("row", "-probability", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(business__isnull=True) ^ models.Q(other_row__isnull=True),
                name="resembles_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(other_row__isnull=True) | models.Q(other_row__lt=models.F("row")),
                name="resembles_an_earlier_row",
            ),
            models.UniqueConstraint(
                fields=["source", "row"], condition=models.Q(choice="same"), name="row_is_one_thing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_id}:{self.row} ~ {self.business_id or self.other_row}"
