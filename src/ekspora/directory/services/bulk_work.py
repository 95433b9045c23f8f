"""The work of one thing done to many: portion by portion, done or undone.

Each portion of businesses is one transaction and its rows say what came of it, so a killed worker goes on where it
stopped and nothing is done twice.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Membership, Person
from ekspora.core.services import jobs
from ekspora.directory.models import Bulk, BulkRow, Business, Listing
from ekspora.directory.services.bulk import (
    Action,
    Outcome,
    State,
    Step,
    actions,
    locked,
    record,
    selection,
)

RUN = 50


def run(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job, done or undone."""
    bulk = Bulk.objects.select_related("agency").get(pk=handle.job.arguments["bulk"])
    step = Step(bulk, bulk.agency, _actor(handle.job.person, bulk.agency), bulk.arguments)
    action, is_undo = actions[bulk.action](), handle.job.arguments["undo"]
    if action.whole is not None:
        result = action.whole(step, selection(bulk), handle)
    else:
        _run_rows(handle, step, action, is_undo=is_undo)
        result = counts_of(bulk)
    return _end(handle, bulk, result, is_undo=is_undo)


def _run_rows(handle: jobs.Handle, step: Step, action: Action, *, is_undo: bool) -> None:
    rows = BulkRow.objects.filter(bulk=step.bulk)
    total, done, last = rows.count(), 0, 0
    waiting = rows.filter(is_done=True) if is_undo else rows.filter(is_done=None)
    while part := list(waiting.filter(pk__gt=last).select_related("business").order_by("pk")[:RUN]):
        with transaction.atomic():
            handle.hold()
            _undo_part(step, action, part) if is_undo else _do_part(step, action, part)
        last, done = part[-1].pk, done + len(part)
        if not handle.report(done=done, total=total):
            raise DomainError(_("Stopped. What is done stays; the rest can be done later."))


def _do_part(step: Step, action: Action, rows: list[BulkRow]) -> None:
    kept = _held(step.agency, rows)
    by_business = {row.business_id: row for row in rows}
    why = _("It is no longer on your list.")
    gone = [Outcome(row.business, why) for row in rows if row.business_id not in kept]
    found = [row.business for row in rows if row.business_id in kept]
    for outcome in [*gone, *_outcomes(step, action, found)]:
        row = by_business[outcome.business.pk]
        row.is_done, row.why, row.memo = not outcome.why, outcome.why[:200], dict(outcome.memo)
    BulkRow.objects.bulk_update(rows, ["is_done", "why", "memo"])


def _held(agency: Agency, rows: list[BulkRow]) -> set[int]:
    """Those of the businesses that the agency keeps now. They stay as they are until the portion is written."""
    numbers = [row.business_id for row in rows]
    held = Business.objects.select_for_update().filter(pk__in=numbers)
    list(held.order_by("pk").values_list("pk", flat=True))
    listings = Listing.objects.select_for_update().filter(agency=agency, business__in=numbers)
    return set(listings.values_list("business_id", flat=True))


def _outcomes(step: Step, action: Action, found: list[Business]) -> list[Outcome]:
    """What came of each. Where a portion cannot be done as one, each is tried alone: one business jams no other."""
    assert action.each is not None  # else there are no rows
    try:
        with transaction.atomic():
            return list(action.each(step, found)) if found else []
    except DomainError as error:
        if len(found) == 1:
            return [Outcome(found[0], str(error))]
    return [outcome for one in found for outcome in _outcomes(step, action, [one])]


def _undo_part(step: Step, action: Action, rows: list[BulkRow]) -> None:
    _held(step.agency, rows)
    for row in rows:
        why = _undone(step, action, row)
        row.is_done, row.why = bool(why), (why or _("undone"))[:200]
    BulkRow.objects.bulk_update(rows, ["is_done", "why"])


def _undone(step: Step, action: Action, row: BulkRow) -> str:
    assert action.undo is not None  # asked before it was begun
    try:
        with transaction.atomic():
            return action.undo(step, row)
    except DomainError as error:
        return str(error)


def counts_of(bulk: Bulk) -> dict[str, Any]:
    """How many were done, and how many not, by reason."""
    found = bulk.rows.order_by().values_list("is_done", "why").annotate(n=Count("pk"))
    counts: dict[str, Any] = {"done": 0, "left": {}}
    for is_done, why, n in found:
        counts["done"] += n if is_done else 0
        if why:
            counts["left"][why] = counts["left"].get(why, 0) + n
    return counts


def _end(handle: jobs.Handle, bulk: Bulk, result: Mapping[str, Any], *, is_undo: bool) -> Mapping[str, Any]:
    with transaction.atomic():
        handle.hold()
        bulk = locked(bulk)
        bulk.state, bulk.done_at = State.UNDONE if is_undo else State.DONE, now()
        bulk.result = dict(result)
        bulk.save(update_fields=["state", "done_at", "result"])
        record(action="bulk.end", bulk=bulk, actor=handle.job.person)
    return result


def _actor(person: Person | None, agency: Agency) -> Actor:
    """The person with this one role, if they still have it."""
    officer = (str(Membership.Role.OFFICER), agency.pk)
    if person is None or not person.memberships.filter(role=officer[0], agency=agency).exists():
        raise DomainError(_("Whoever began this is no longer an officer of the agency."))
    return Actor(person, frozenset({officer}))
