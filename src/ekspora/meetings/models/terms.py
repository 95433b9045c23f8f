"""How people meet: with interpreters, in a delegation, with a pause."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.programmes.models import Activity, Participation

# An interpreter of whom no hours are said.
ALL_DAY = time(0, 0), time(23, 59)


class Interpreters(models.Model):
    """How many interpreters of one language the organisers have between two hours of each day."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="interpreters")
    language = models.CharField(_("language (ISO code)"), max_length=3)
    number = models.PositiveSmallIntegerField(_("how many"))
    starts = models.TimeField(_("from"), default=ALL_DAY[0])
    ends = models.TimeField(_("until"), default=ALL_DAY[1])

    class Meta:
        ordering = ("language", "starts", "ends")
        verbose_name_plural = "interpreters"
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "language", "starts", "ends"],
                name="interpreters_of_language_and_hours_once",
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="at_least_one_interpreter"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="interpreters_come_before_they_go"
            ),
        )

    def __str__(self) -> str:
        return f"{self.language} {self.number}"

    @property
    def all_day(self) -> bool:
        """Whether they are there from the first meeting to the last."""
        return (self.starts, self.ends) == ALL_DAY


class Delegation(models.Model):
    """People who sit together: some tables in a row are theirs and nobody else's."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="delegations")
    name = models.CharField(_("name"), max_length=60)
    first_table = models.PositiveSmallIntegerField(_("first table"))
    last_table = models.PositiveSmallIntegerField(_("last table"))

    class Meta:
        ordering = ("first_table", "id")
        constraints = (
            models.UniqueConstraint(fields=["activity", "name"], name="delegation_has_a_name_of_its_own"),
            models.CheckConstraint(
                condition=models.Q(first_table__gte=1, last_table__gte=models.F("first_table")),
                name="delegation_has_tables",
            ),
        )

    def __str__(self) -> str:
        return self.name


class MeetingTerms(models.Model):
    """How somebody meets: in which languages, with which delegation, and when they need a pause."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="meeting_terms"
    )
    # ISO codes; empty where nobody said.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    pause_after = models.PositiveSmallIntegerField(_("pause after so many meetings"), null=True, blank=True)

    class Meta:
        verbose_name_plural = "meeting terms"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pause_after__isnull=True) | models.Q(pause_after__gte=1),
                name="pause_after_at_least_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.participation_id}"
