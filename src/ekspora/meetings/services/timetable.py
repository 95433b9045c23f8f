"""Storing versions of the timetable: checked by the engine's verifier, whole or not at all."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from ekspora.core.models import Agency, Job, Person
from ekspora.core.services import audit
from ekspora.engines.meetings import Result, verify
from ekspora.meetings.judging import binding
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.plan import Plan
from ekspora.meetings.queries.versions import musts, slots_json
from ekspora.programmes.models import Activity, Organiser
from ekspora.programmes.slots import Slot


def lead_of(activity: Activity) -> Agency | None:
    """The agency in whose audit trail and send queue the timetable appears."""
    row = activity.organiser_rows.filter(role=Organiser.Role.LEAD).select_related("agency").first()
    return row.agency if row else None


@transaction.atomic
def store(
    *,
    activity: Activity,
    plan: Plan,
    slots: Sequence[Slot],
    result: Result,
    actor: Person | None,
    action: str,
    note: str = "",
    parent: TimetableVersion | None = None,
    job: Job | None = None,
    previous: Result | None = None,
    now: int | None = None,
) -> TimetableVersion:
    """Write a version with its meetings. RuntimeError when the result breaks a rule or misstates a figure."""
    faults = verify(binding(plan), result, previous, now)
    if faults:
        raise RuntimeError(f"a timetable that breaks its rules is never stored: {'; '.join(faults[:5])}")
    version = TimetableVersion.objects.create(
        activity=activity, number=_next_number(activity), parent=parent, note=note[:300], created_by=actor,
        job=job, instance=plan.instance.to_json(), result=result.to_json(), slots=slots_json(slots),
    )  # fmt: skip
    Meeting.objects.bulk_create(_rows(version, plan, slots))
    details = {
        "number": version.number,
        "parent": parent.number if parent else None,
        "meetings": len(plan.at),
    }
    audit.record(
        agency=lead_of(activity),
        actor=actor,
        action=action,
        target=version,
        details={**details, "note": note},
    )
    return version


def _next_number(activity: Activity) -> int:
    Activity.objects.select_for_update().get(pk=activity.pk)  # one new version of an activity at a time
    return (activity.versions.aggregate(last=Max("number"))["last"] or 0) + 1


def _rows(version: TimetableVersion, plan: Plan, slots: Sequence[Slot]) -> list[Meeting]:
    times = {slot.number: slot for slot in slots}
    wanted = musts(plan.instance)
    return [
        Meeting(
            version=version, request=key, maker_id=int(plan.requests[key].a),
            guest_id=int(plan.requests[key].b), slot=place.slot, table=place.table,
            starts_at=times[place.slot].starts_at, ends_at=times[place.slot].ends_at,
            weight=plan.requests[key].weight, is_must=key in wanted, is_locked=key in plan.locked,
            interpreter=plan.requests[key].interpreter or "",
        )
        for key, place in plan.at.items()
    ]  # fmt: skip
