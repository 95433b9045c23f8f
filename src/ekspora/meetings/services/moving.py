"""Changes by hand. Each makes a new version whose parent is the one changed; undo is going back to it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.meetings.judging import Known, judged
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Clash, Place, Plan, clashes, put, swap_clashes, swapped, without
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.people import pair, people_of
from ekspora.meetings.queries.versions import (
    known_of,
    plan_of,
    present_of,
    slots_of_version,
    taken_out_of,
)
from ekspora.meetings.queries.words import clashes_in_words
from ekspora.meetings.services.timetable import store


def place(
    *, version: TimetableVersion, actor: Person, request: str, slot: int, table: str, lock: bool
) -> TimetableVersion:
    """Put a meeting, scheduled or not, at a place. Raises DomainError with every conflict in words."""
    plan = _plan(version, request)
    there = Place(slot, table)
    _refuse(version, clashes(plan, request, there), table)
    if plan.at.get(request) == there and (request in plan.locked) == lock:
        return version  # sent twice
    after = _locked(put(plan, request, there), {request}, lock or request in plan.locked)
    note = _("%(pair)s: slot %(slot)s, table %(table)s") % {
        "pair": pair(people_of(version.activity), request), "slot": slot, "table": table
    }  # fmt: skip
    return _store(version, plan, after, actor, "timetable.move", note)


def swap(*, version: TimetableVersion, actor: Person, one: str, two: str, lock: bool) -> TimetableVersion:
    """Let two scheduled meetings exchange their places. Raises DomainError with every conflict in words."""
    plan = _plan(version, one, two)
    if one not in plan.at or two not in plan.at:
        raise DomainError(_("Only scheduled meetings can exchange their places."))
    _refuse(version, swap_clashes(plan, one, two), plan.at[two].table)
    after = _locked(swapped(plan, one, two), {one, two}, lock)
    people = people_of(version.activity)
    note = _("%(one)s and %(two)s exchanged places") % {"one": pair(people, one), "two": pair(people, two)}
    return _store(version, plan, after, actor, "timetable.swap", note)


def take_out(*, version: TimetableVersion, actor: Person, request: str) -> TimetableVersion:
    """Take a meeting out of the timetable; it stays in the list of what is not scheduled."""
    plan = _plan(version, request)
    if request not in plan.at:
        return version  # sent twice
    if request in plan.locked:
        raise DomainError(_("This meeting is locked. Unlock it first."))
    note = _("%(pair)s taken out") % {"pair": pair(people_of(version.activity), request)}
    return _store(version, plan, without(plan, [request]), actor, "timetable.take_out", note, {request})


def set_lock(
    *, version: TimetableVersion, actor: Person, requests: Iterable[str], locked: bool
) -> TimetableVersion:
    """Lock or unlock scheduled meetings: locked ones keep slot and table when the rest is computed again."""
    plan = plan_of(version)
    wanted = {key for key in requests if key in plan.at and (key in plan.locked) != locked}
    if not wanted:
        return version
    people = people_of(version.activity)
    names = pair(people, next(iter(wanted))) if len(wanted) == 1 else str(len(wanted))
    word = _("locked: %(names)s") if locked else _("unlocked: %(names)s")
    return _store(
        version, plan, _locked(plan, wanted, locked), actor, "timetable.lock", word % {"names": names}
    )


def bring_up_to_date(*, version: TimetableVersion, actor: Person) -> TimetableVersion:
    """The version on the present instance, without the meetings that can no longer take place."""
    asked = asked_of(version.activity)
    if asked.faults:
        raise DomainError(" ".join(asked.faults))
    kept = present_of(version, plan_of(version), asked).carried
    out = taken_out_of(version) & kept.plan.requests.keys() - kept.plan.at.keys()
    return store(
        activity=version.activity, plan=kept.plan, slots=asked.slots, result=judged(kept.plan, Known(), out),
        actor=actor, action="timetable.update", parent=version,
        note=_("taken out because they can no longer take place: %(count)s") % {"count": len(kept.lost)},
    )  # fmt: skip


def _plan(version: TimetableVersion, *requests: str) -> Plan:
    plan = plan_of(version)
    if any(key not in plan.requests for key in requests):
        raise DomainError(_("This version knows no such request. Compute the timetable again first."))
    return plan


def _refuse(version: TimetableVersion, found: list[Clash], table: str) -> None:
    if found:
        raise DomainError(" ".join(clashes_in_words(found, people_of(version.activity), table)))


def _locked(plan: Plan, keys: set[str], locked: bool) -> Plan:
    return Plan(plan.instance, plan.at, plan.locked | keys if locked else plan.locked - keys, plan.now)


def _store(
    version: TimetableVersion,
    before: Plan,
    after: Plan,
    actor: Person,
    action: str,
    note: str,
    removed: Iterable[str] = (),
) -> TimetableVersion:
    out = (taken_out_of(version) | set(removed)) - after.at.keys()
    return store(
        activity=version.activity, plan=after, slots=slots_of_version(version),
        result=judged(after, still_known(version, before, after), frozenset(out)),
        actor=actor, action=action, note=note, parent=version,
    )  # fmt: skip


def still_known(version: TimetableVersion, before: Plan, after: Plan) -> Known:
    """Bounds of a version that hold for its child: while no lock was lifted the child may do no more than it.

    The bound on gaps speaks of one set of meetings only.
    """
    known = known_of(version)
    if not before.locked <= after.locked:
        return Known()
    return known if before.at.keys() == after.at.keys() else Known(known.weight)
