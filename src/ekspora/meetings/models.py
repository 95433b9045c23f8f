"""Wishes, what the officers make of them, and immutable versions of the timetable."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ekspora.core.clock import now
from ekspora.core.models import Job, Person
from ekspora.programmes.models import Activity, AgendaItem, Participation


class Wish(models.Model):
    """One side marks the other: must, would like, or no. A "no" is for the officers' eyes only."""

    class Mark(models.TextChoices):
        MUST = "must", _("must meet")
        LIKE = "like", _("would like")
        NO = "no", _("no")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="wishes")
    chooser = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wishes")
    chosen = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="wished_by")
    mark = models.CharField(max_length=4, choices=Mark)
    marked_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    marked_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=["activity", "mark"]),)
        constraints = (
            models.UniqueConstraint(fields=["chooser", "chosen"], name="wish_is_unique"),
            models.CheckConstraint(
                condition=~models.Q(chooser=models.F("chosen")), name="nobody_wishes_oneself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.chooser_id} {self.mark} {self.chosen_id}"


class MeetingRequest(models.Model):
    """What an officer decided about a pair, on top of both sides' wishes: weight, must, a fixed slot."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="requests")
    maker = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_as_maker")
    guest = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="requests_as_guest")
    # Empty: the weight follows from the wishes.
    weight = models.PositiveSmallIntegerField(_("weight"), null=True, blank=True)
    required = models.BooleanField(_("must take place"), default=False)
    fixed_at = models.DateTimeField(_("only at"), null=True, blank=True)
    excluded = models.BooleanField(_("not to be scheduled"), default=False)
    note = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["maker", "guest"], name="one_decision_for_each_pair"),
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__gte=1), name="weight_at_least_one"
            ),
            models.CheckConstraint(
                condition=~models.Q(required=True, excluded=True), name="not_required_and_excluded"
            ),
        )

    def __str__(self) -> str:
        return f"{self.maker_id} × {self.guest_id}"


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

    class Meta:
        ordering = ("slot", "table")
        constraints = (
            models.UniqueConstraint(fields=["version", "maker", "slot"], name="maker_in_one_place"),
            models.UniqueConstraint(fields=["version", "guest", "slot"], name="guest_in_one_place"),
            models.UniqueConstraint(fields=["version", "table", "slot"], name="table_for_one_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.version_id}: {self.maker_id} × {self.guest_id} @ {self.slot}/{self.table}"


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
