"""Computing a timetable in the background: progress, stop with the best so far, one version for one job."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job, Person
from ekspora.core.services import jobs
from ekspora.engines.meetings import Progress, Result, solve
from ekspora.meetings.judging import asked, at_locked_tables, explained, meetings_of
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Plan
from ekspora.meetings.queries.instance import Asked, asked_of
from ekspora.meetings.queries.people import pair, people_of
from ekspora.meetings.queries.progress import progress_in_words
from ekspora.meetings.queries.versions import REPLAN, SOLVE, plan_of, present_of, version_for
from ekspora.meetings.services.timetable import lead_of, store
from ekspora.programmes.models import Activity

WORKING = (Job.State.QUEUED, Job.State.RUNNING)
NO_TIMETABLE = ("infeasible", "unknown")


@transaction.atomic
def start_solving(
    *,
    activity: Activity,
    actor: Person,
    seconds: int,
    base: TimetableVersion | None,
    as_before: bool,
    back_to: str,
) -> Job:
    """Queue the computation: locked meetings of ``base`` stay; ``as_before`` moves as few others as can be.

    Asked for twice by the same officer it is one job. Raises Conflict while another officer's is running and
    DomainError where nothing can be computed, in words.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    arguments = {
        "activity": activity.pk,
        "base": base.number if base else None,
        "seconds": seconds,
        "as_before": as_before and base is not None,
    }
    running = already_running(activity, actor, SOLVE, arguments)
    if running is not None:
        return running
    _refuse_impossible(activity, base)
    return jobs.start(
        kind=SOLVE, arguments=arguments, agency=lead_of(activity), person=actor, topic=activity.scope,
        back_to=back_to,
    )  # fmt: skip


def already_running(activity: Activity, actor: Person, kind: str, arguments: Mapping[str, Any]) -> Job | None:
    """The same work of the same officer, if it is under way. Raises Conflict while another computation is."""
    running = Job.objects.filter(kind__in=(SOLVE, REPLAN), topic=activity.scope, state__in=WORKING).first()
    if running is None:
        return None
    if (running.person_id, running.kind, running.arguments) == (actor.pk, kind, arguments):
        return running
    raise Conflict(_("A timetable is being computed already. Wait for it or stop it first."))


def _refuse_impossible(activity: Activity, base: TimetableVersion | None) -> None:
    present = asked_of(activity)
    if present.faults:
        raise DomainError(" ".join(present.faults))
    if base is None:
        return
    lost = present_of(base, plan_of(base), present).carried.lost
    locked = set(base.meetings.filter(is_locked=True).values_list("request", flat=True))
    stuck = [loss.request for loss in lost if loss.request in locked]
    if stuck:
        people = people_of(activity)
        names = ", ".join(pair(people, key) for key in stuck)
        raise DomainError(
            _("These locked meetings can no longer take place: %(names)s. Unlock them or take them out.")
            % {"names": names}
        )


def run(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job. Returns version and status, or status and conflict when there is no timetable."""
    done = TimetableVersion.objects.filter(job=handle.job).first()
    if done is not None:  # stored just before a crash
        return {"version": done.number, "status": done.result["status"]}
    wanted = handle.job.arguments
    activity = Activity.objects.get(pk=wanted["activity"])
    base = version_for(activity, wanted["base"]) if wanted["base"] is not None else None
    present = asked_of(activity)
    if present.faults:
        raise DomainError(" ".join(present.faults))
    locks, previous = _from_base(base, present, as_before=wanted["as_before"])
    now = present.now if present.now > 1 else None
    plan, result = compute(handle, locks, previous, now)
    if result.status in NO_TIMETABLE:
        return {"status": result.status, "conflict": result.to_json().get("conflict")}
    with transaction.atomic():
        handle.hold()
        version = store(
            activity=activity, plan=plan, slots=present.slots, result=result, actor=handle.job.person,
            action="timetable.solve", parent=base, job=handle.job, previous=previous, now=now,
        )  # fmt: skip
    return {"version": version.number, "status": result.status}


def compute(
    handle: jobs.Handle,
    locks: Plan,
    previous: Result | None,
    now: int | None,
    enough: Callable[[Progress], bool] = lambda progress: False,
) -> tuple[Plan, Result]:
    """Let the engine work within the job's seconds; the plan with tables and the result with reasons.

    ``enough`` ends the work early; the best so far is kept. When the result's status is one of
    ``NO_TIMETABLE`` there is no plan but the locks.
    """
    seconds = handle.job.arguments["seconds"]
    tell = _teller(handle)
    result = solve(
        asked(locks), time_limit=seconds, previous=previous, now=now,
        on_progress=lambda progress: tell(progress) and not enough(progress),
    )  # fmt: skip
    if result.status in NO_TIMETABLE:
        return locks, result
    plan = replace(locks, at=at_locked_tables(locks, result.meetings))
    return plan, replace(result, meetings=meetings_of(plan), unscheduled=explained(plan))


def _from_base(
    base: TimetableVersion | None, present: Asked, *, as_before: bool
) -> tuple[Plan, Result | None]:
    """A plan that holds just the locked meetings of the base, and the meetings to stay near to.

    Once the day has begun, meetings already held are facts, whatever was asked for.
    """
    if base is None:
        return Plan(present.instance, {}, now=present.now), None
    kept = present_of(base, plan_of(base), present).carried.plan
    locks = replace(kept, at={key: kept.at[key] for key in kept.locked})
    near = as_before or present.now > 1
    return locks, Result("feasible", meetings=meetings_of(kept)) if near else None


def _teller(handle: jobs.Handle) -> Callable[[Progress], bool]:
    limit = handle.job.arguments["seconds"]

    def tell(progress: Progress) -> bool:
        percent = min(99, round(100 * progress.seconds / limit))
        return handle.report(percent=percent, text=progress_in_words(progress))

    return tell
