"""The day as the officer at the door sees it: who is marked, which tables are lost, what a re-plan would mend."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.models import Job, Person
from ekspora.engines.meetings import parse_instance
from ekspora.meetings.models import DayMark, LostTable, TimetableVersion
from ekspora.meetings.queries.instance import Asked, asked_of
from ekspora.meetings.queries.next_step import waiting_messages
from ekspora.meetings.queries.people import Who, name, pair, people_of
from ekspora.meetings.queries.progress import Solving, solving_of
from ekspora.meetings.queries.versions import (
    REPLAN,
    Present,
    latest_replan,
    latest_solving,
    plan_of,
    present_of,
)
from ekspora.meetings.queries.words import time_of
from ekspora.programmes.models import Activity
from ekspora.programmes.slots import Slot

State = TimetableVersion.State


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who comes, their marks, and their next meeting: time and table, empty when none is left."""

    who: Who
    marks: Sequence[DayMark]
    time: str
    table: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something an officer noted of a person or a table, and the address that takes it back."""

    name: str
    what: str
    at: datetime | None
    noted_at: datetime
    noted_by: Person | None
    undo: str


@dataclass(frozen=True)
class OnTheDay:
    """See the module. Building it costs a constant number of queries, using it none."""

    activity: Activity
    asked: Asked
    published: TimetableVersion | None
    present: Present | None
    people: dict[str, Who]
    marks: Sequence[DayMark]
    tables: Sequence[LostTable]
    job: Job | None
    running: Job | None
    draft: TimetableVersion | None
    waiting: int

    @cached_property
    def is_fresh(self) -> bool:
        """Whether nothing was noted or asked for, and no slot has begun, since the draft was computed."""
        if self.draft is None:
            return False
        begun = sum(slot.starts_at <= self.draft.created_at for slot in self.asked.slots)
        return begun + 1 == self.asked.now and parse_instance(self.draft.instance) == self.asked.instance

    @property
    def noted(self) -> list[Noted]:
        """Marks of people and lost tables, the newest first."""
        found = [self._marked(mark) for mark in self.marks] + [self._lost(loss) for loss in self.tables]
        return sorted(found, key=lambda row: row.noted_at, reverse=True)

    def _marked(self, mark: DayMark) -> Noted:
        undo = reverse("day_unmark", args=[self.activity.pk, mark.pk])
        who = name(self.people, str(mark.participation_id))
        return Noted(who, mark.get_kind_display(), mark.at, mark.noted_at, mark.noted_by, undo)

    def _lost(self, loss: LostTable) -> Noted:
        undo = reverse("table_back", args=[self.activity.pk, loss.table])
        table = _("Table %(table)s") % {"table": loss.table}
        what = _("out of service until") if loss.until else _("out of service")
        return Noted(table, what, loss.until, loss.noted_at, loss.noted_by, undo)

    @property
    def coming(self) -> list[Slot]:
        """The slots that have not begun."""
        return [slot for slot in self.asked.slots if slot.number >= self.asked.now]

    @property
    def lost(self) -> int:
        """Published meetings that cannot take place as things are now."""
        return len(self.present.carried.lost) if self.present else 0

    @property
    def new(self) -> int:
        """Requests that came after the published version was made."""
        return len(self.present.carried.new) if self.present else 0

    @cached_property
    def solving(self) -> Solving | None:
        """The last re-plan (or whatever is being computed now) in words."""
        job = self.running or self.job
        return solving_of(job, self.people) if job is not None else None

    @property
    def is_same(self) -> bool:
        """Whether the last re-plan found nothing to change."""
        return self.job is not None and self.job.result.get("status") == "same"

    @property
    def conflict(self) -> list[tuple[str, int, int]]:
        """The required meetings the last re-plan could not hold: name, maker, guest."""
        told = (
            (self.job.result.get("conflict") or {}) if self.job is not None and self.running is None else {}
        )
        found = []
        for key in told.get("requests", ()):
            maker, guest = (int(part) for part in key.split("-"))
            found.append((pair(self.people, key), maker, guest))
        return found

    def lines(self, words: str = "") -> list[Line]:
        """Those who come and whose name or attendee holds every word, whoever is marked first."""
        noted: defaultdict[str, list[DayMark]] = defaultdict(list)
        for mark in self.marks:
            noted[str(mark.participation_id)].append(mark)
        parts = words.casefold().split()
        found = [
            self._line(who, noted[who.id])
            for who in self.people.values()
            if who.id in self._expected and all(p in f"{who.name} {who.detail}".casefold() for p in parts)
        ]
        return sorted(found, key=lambda line: not line.marks)

    @cached_property
    def _expected(self) -> frozenset[str]:
        return frozenset(p.id for p in self.asked.instance.participants)

    def _line(self, who: Who, marks: Sequence[DayMark]) -> Line:
        plan = self.present.carried.plan if self.present else None
        slot = next((s for s in plan.days.get(who.id, ()) if s >= self.asked.now), None) if plan else None
        if plan is None or slot is None:
            return Line(who, marks, "", "")
        table = plan.at[plan.seats[who.id, slot]].table
        return Line(who, marks, time_of(self.activity, self.asked.slots[slot - 1]), table)


def on_the_day(activity: Activity) -> OnTheDay:
    """The day of an activity as it is now."""
    asked = asked_of(activity)
    published = activity.versions.filter(state=State.PUBLISHED).first()
    newest = latest_solving(activity)
    drafts = activity.versions.filter(state=State.DRAFT, parent=published, job__kind=REPLAN)
    marks = DayMark.objects.filter(participation__activity=activity)
    return OnTheDay(
        activity, asked, published, present_of(published, plan_of(published), asked) if published else None,
        people_of(activity), list(marks.select_related("noted_by")),
        list(activity.lost_tables.select_related("noted_by")), latest_replan(activity),
        newest if newest is not None and newest.finished_at is None else None,
        drafts.order_by("-number").first() if published else None,
        sum(waiting_messages(activity).values()),
    )  # fmt: skip
