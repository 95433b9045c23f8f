"""Versions of an activity's timetable, read back as plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ekspora.core.models import Job
from ekspora.engines.meetings import Instance, parse_instance
from ekspora.meetings.carrying import Carried, carried
from ekspora.meetings.judging import TAKEN_OUT, Known
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.plan import Place, Plan
from ekspora.meetings.queries.instance import Asked, first_open_slot
from ekspora.programmes.models import Activity
from ekspora.programmes.slots import Slot

SOLVE, REPLAN = "meetings.solve", "meetings.replan"


def versions_of(activity: Activity) -> QuerySet[TimetableVersion]:
    """All versions, newest first, with ``meeting_count``, ``weight`` and ``gaps`` but not their content."""
    count = (
        Meeting.objects.filter(version=OuterRef("pk")).order_by().values("version").annotate(n=Count("pk"))
    )
    rows = activity.versions.select_related("created_by", "parent").annotate(
        weight=F("result__weight"),
        gaps=F("result__breaks"),
        meeting_count=Coalesce(Subquery(count.values("n")), 0),
    )
    heavy = ("instance", "slots", "result")
    return rows.defer(*heavy, *(f"parent__{name}" for name in heavy)).order_by("-number")


def version_for(activity: Activity, number: int | None = None) -> TimetableVersion | None:
    """The version with a number, or the newest that nobody refused."""
    rows = activity.versions.select_related("created_by").order_by("-number")
    newest = rows.exclude(state=TimetableVersion.State.REFUSED)
    return (newest if number is None else rows.filter(number=number)).first()


def published_number(activity: Activity) -> int:
    """The number of the published version, 0 while none is."""
    state = TimetableVersion.State.PUBLISHED
    return activity.versions.filter(state=state).values_list("number", flat=True).first() or 0


def latest_solving(activity: Activity) -> Job | None:
    """The last computation asked for, also to re-plan."""
    return Job.objects.filter(kind__in=(SOLVE, REPLAN), topic=activity.scope).first()


def latest_replan(activity: Activity) -> Job | None:
    """The last re-plan asked for."""
    return Job.objects.filter(kind=REPLAN, topic=activity.scope).first()


def slots_of_version(version: TimetableVersion) -> list[Slot]:
    """The slots as they were when the version was made."""
    when = datetime.fromisoformat
    return [Slot(s["number"], when(s["starts_at"]), when(s["ends_at"]), s["block"]) for s in version.slots]


def slots_json(slots: Iterable[Slot]) -> list[dict[str, Any]]:
    """What a version keeps of its slots."""
    return [
        {
            "number": slot.number,
            "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat(),
            "block": slot.block,
        }
        for slot in slots
    ]


def plan_of(version: TimetableVersion, meetings: Iterable[Meeting] | None = None) -> Plan:
    """A version as a plan to be changed. One query unless its meetings are given."""
    rows = list(version.meetings.all()) if meetings is None else list(meetings)
    return Plan(
        instance=parse_instance(version.instance),
        at={m.request: Place(m.slot, m.table) for m in rows},
        locked=frozenset(m.request for m in rows if m.is_locked),
        now=first_open_slot(slots_of_version(version)),
    )


def musts(instance: Instance) -> frozenset[str]:
    """Keys of the pairs that somebody marked "must" (kept in the instance's reference)."""
    reference = instance.reference
    return frozenset(reference.get("must", ())) if isinstance(reference, dict) else frozenset()


def known_of(version: TimetableVersion) -> Known:
    """The bounds a version's result states."""
    return Known(version.result.get("weight_bound"), version.result.get("breaks_bound"))


def taken_out_of(version: TimetableVersion) -> frozenset[str]:
    """Meetings that officers took out and nobody put back."""
    return frozenset(u["request"] for u in version.result.get("unscheduled", ()) if u["code"] == TAKEN_OUT)


@dataclass(frozen=True, slots=True)
class Present:
    """A version against the present of its activity."""

    plan: Plan
    asked: Asked
    carried: Carried


def present_of(version: TimetableVersion, plan: Plan, asked: Asked) -> Present:
    """What of a version can still take place."""
    kept = carried(plan, slots_of_version(version), asked.instance, asked.slots, asked.now)
    return Present(plan, asked, kept)
