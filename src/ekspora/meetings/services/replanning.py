"""Re-planning on the day: what was held stays, as few others as possible move. The published version counts
until an officer accepts the draft that comes of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now as present_moment
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job, Person
from ekspora.core.services import jobs
from ekspora.engines.meetings import Meeting, Progress, Result
from ekspora.meetings.carrying import renumbered
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Plan
from ekspora.meetings.queries.changes import spots_in
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.versions import (
    REPLAN,
    Present,
    plan_of,
    present_of,
    published_number,
    slots_of_version,
    version_for,
)
from ekspora.meetings.services.solving import NO_TIMETABLE, already_running, compute
from ekspora.meetings.services.timetable import lead_of, store
from ekspora.programmes.models import Activity
from ekspora.ui.formats import clock, in_zone

# The most a re-plan may take, and after how many seconds closing idle gaps ends once the moves are settled.
SECONDS, GAPS_UNTIL = 5, 1.7
SAME = "same"


@transaction.atomic
def start(*, activity: Activity, actor: Person, back_to: str) -> Job:
    """Queue a re-plan of the published version; asked for twice by the same officer it is one job.

    Raises Conflict while another computation runs, DomainError where there is nothing to re-plan, in words.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    number = published_number(activity)
    if not number:
        raise DomainError(_("No timetable is published yet. There is nothing to re-plan."))
    arguments = {"activity": activity.pk, "base": number, "seconds": SECONDS}
    running = already_running(activity, actor, REPLAN, arguments)
    if running is not None:
        return running
    faults = asked_of(activity).faults
    if faults:
        raise DomainError(" ".join(faults))
    return jobs.start(
        kind=REPLAN, arguments=arguments, agency=lead_of(activity), person=actor, topic=activity.scope,
        back_to=back_to,
    )  # fmt: skip


def run(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job. Returns version and status; status ``same`` when nothing would change."""
    done = TimetableVersion.objects.filter(job=handle.job).first()
    if done is not None:  # stored just before a crash
        return {"version": done.number, "status": done.result["status"]}
    activity = Activity.objects.get(pk=handle.job.arguments["activity"])
    base = version_for(activity, handle.job.arguments["base"])
    assert base is not None  # versions are never deleted
    present = present_of(base, plan_of(base), asked_of(activity))
    if present.asked.faults:
        raise DomainError(" ".join(present.asked.faults))
    kept, now = present.carried.plan, present.carried.plan.now
    previous, first = before(base, present), now if now > 1 else None
    locks = replace(kept, at={key: kept.at[key] for key in kept.locked})
    plan, result = compute(handle, locks, previous, first, _enough)
    is_fair = result.status not in NO_TIMETABLE
    if not is_fair and locks.instance.fairness is not None:
        plan, result = _whatever_gaps(handle, locks, previous, first)
    if result.status in NO_TIMETABLE:
        return {"status": result.status, "conflict": result.to_json().get("conflict")}
    if spots_in(plan.at, present.asked.slots) == spots_in(present.plan.at, slots_of_version(base)):
        return {"status": SAME}
    with transaction.atomic():
        handle.hold()
        _refuse_if_overtaken(activity, base)
        version = store(
            activity=activity, plan=plan, slots=present.asked.slots, result=result, actor=handle.job.person,
            action="timetable.replan", parent=base, job=handle.job, previous=previous, now=first,
            note=_note(activity, is_fair=is_fair),
        )  # fmt: skip
    return {"version": version.number, "status": result.status}


def _enough(progress: Progress) -> bool:
    """People wait: fewest moves are worth the whole limit, fewer gaps only what is left of two seconds."""
    return progress.seconds >= GAPS_UNTIL and progress.stage in ("breaks", "imbalance")


def _whatever_gaps(
    handle: jobs.Handle, locks: Plan, previous: Result, now: int | None
) -> tuple[Plan, Result]:
    """Again without the limit on differences in idle gaps: what happened may have made it impossible to keep."""
    free = replace(locks, instance=replace(locks.instance, fairness=None))
    plan, result = compute(handle, free, previous, now, _enough)
    return replace(plan, instance=locks.instance), result


def before(base: TimetableVersion, present: Present) -> Result:
    """The published meetings as the engine's previous timetable, on the present slots.

    In slots that have begun only what could take place was held. Later ones all count, also those that
    cannot stay: the engine then prefers the same request, and the same time at another table.
    """
    wanted, kept = {r.id for r in present.asked.instance.requests}, present.carried.plan
    there = renumbered(slots_of_version(base), present.asked.slots)
    return Result(
        "feasible",
        meetings=tuple(
            Meeting(key, there[place.slot], place.table)
            for key, place in present.plan.at.items()
            if key in wanted and place.slot in there
            and (there[place.slot] >= kept.now or key in kept.at)
        ),
    )  # fmt: skip


def _refuse_if_overtaken(activity: Activity, base: TimetableVersion) -> None:
    """With the activity's row held: nobody published another version while this was computed."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    number = published_number(activity)
    if number != base.number:
        raise Conflict(
            _("Version %(number)s was published while this was computed. Re-plan again.") % {"number": number}
        )


def _note(activity: Activity, *, is_fair: bool) -> str:
    text = _("re-planned at %(time)s") % {"time": clock(in_zone(present_moment(), activity.tz))}
    return text if is_fair else text + "; " + _("idle gaps differ by more than the limit")
