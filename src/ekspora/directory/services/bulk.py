"""One thing done to many businesses: selected, agreed on, done in the background, undone.

What can be done stands in ``actions``, which rooms to the right add to. Each portion of businesses is one transaction
and its rows say what came of it, so a killed worker goes on where it stopped and nothing is done twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Job, Membership, Person
from ekspora.core.registries import Registry
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Bulk, BulkRow, Business, Listing

KIND = "directory.bulk"
# More at once nobody can answer for; only a file may hold everything.
MOST = 10_000
RUN = 50
FILES_FOR, DRAFTS_FOR, ROWS_FOR = timedelta(days=7), timedelta(days=1), timedelta(days=183)
State = Bulk.State


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one business: done, or left as it was and ``why``; ``memo`` is for undoing."""

    business: Business
    why: str = ""
    memo: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """Who does it, for which agency, with which values of the action's form."""

    bulk: Bulk
    agency: Agency
    actor: Actor
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done to many. ``does`` says in a sentence what will happen, before it does.

    ``each`` does a portion inside a transaction and answers for each business; ``undo`` takes back what it did to one,
    or says why not. ``whole`` does everything at once and returns what to keep as result; it changes nothing, so it
    needs no rows and no undoing. ``form`` gets ``actor`` and ``agency`` and has ``arguments()``.
    """

    label: Any
    does: Any
    button: Any
    each: Callable[[Step, list[Business]], Iterable[Outcome]] | None = None
    undo: Callable[[Step, BulkRow], str] | None = None
    whole: Callable[[Step, "QuerySet[Business]", jobs.Handle], Mapping[str, Any]] | None = None
    form: Any = None
    # The messages it prepares wait in the send queue of its topic.
    writes_messages: bool = False


actions: Registry[Callable[[], Action]] = Registry("what can be done to many businesses")
# Asks the list for what an agency's officer selected; the web room's form reads the filter (bulk_actions.py).
selected: Registry[Callable[[Bulk], "QuerySet[Business]"]] = Registry("the businesses of a selection")

# Whether an agency (the second is who shared the business with it) works with it in another room.
works_with: Registry[Callable[[Business, Agency, Agency], bool]] = Registry(
    "what an agency does with a business"
)


def selection(bulk: Bulk) -> "QuerySet[Business]":
    """The businesses it would be done to now, by name: only those on the agency's list."""
    return selected["list"](bulk)


@transaction.atomic
def draft(*, agency: Agency, actor: Person, action: str, chosen: Iterable[int], query: str | None) -> Bulk:
    """Note what was selected; nothing happens yet. ``query`` selects everything that fits it, instead of ``chosen``.

    Raises DomainError when nothing was selected.
    """
    numbers = sorted(set(chosen))[:MOST] if query is None else []
    if query is None and not numbers:
        raise DomainError(_("Select at least one business first."))
    Bulk.objects.filter(agency=agency, person=actor, state=State.DRAFT).delete()  # of a page that was left
    return Bulk.objects.create(
        agency=agency, person=actor, action=action, chosen=numbers or None, query=query or ""
    )


@transaction.atomic
def begin(*, bulk: Bulk, arguments: Mapping[str, Any], actor: Person) -> Job:
    """Do it from now on, to what is selected at this moment; a second press finds the first.

    Raises Conflict when it was begun already and has ended, DomainError for nothing or too many businesses.
    """
    bulk = _locked(bulk)
    if bulk.state != State.DRAFT:
        return _going(bulk, actor)
    if actions[bulk.action]().whole is None:
        numbers = list(selection(bulk).order_by("name", "pk").values_list("pk", flat=True)[: MOST + 1])
        if not numbers:
            raise DomainError(_("Nothing is selected any more."))
        if len(numbers) > MOST:
            raise DomainError(_("These are more than %(n)s businesses. Narrow the list first.") % {"n": MOST})
        rows = [BulkRow(bulk=bulk, business_id=pk) for pk in numbers]
        BulkRow.objects.bulk_create(rows, batch_size=500)
    bulk.arguments, bulk.state = dict(arguments), State.RUNNING
    bulk.save(update_fields=["arguments", "state"])
    _record("bulk.begin", bulk, actor)
    return _start(bulk, actor, is_undo=False)


@transaction.atomic
def undo(*, bulk: Bulk, actor: Person) -> Job:
    """Take back what was done, business by business, also of what was interrupted; a second press finds the first.

    Raises Conflict while it still runs or when it was undone, DomainError for what cannot be undone.
    """
    bulk = _locked(bulk)
    if actions[bulk.action]().undo is None:
        raise DomainError(_("This cannot be undone."))
    if bulk.state == State.RUNNING and not _is_half_done(bulk):
        return _going(bulk, actor)
    if bulk.state not in (State.DONE, State.RUNNING):
        raise Conflict(_("This was undone already."))
    bulk.state = State.RUNNING
    bulk.save(update_fields=["state"])
    _record("bulk.undo", bulk, actor)
    return _start(bulk, actor, is_undo=True)


def _locked(bulk: Bulk) -> Bulk:
    return Bulk.objects.select_for_update(of=("self",)).select_related("agency").get(pk=bulk.pk)


def job_of(bulk: Bulk) -> Job | None:
    """Its last run."""
    return Job.objects.filter(topic=bulk.topic, kind=KIND).first()


def _is_half_done(bulk: Bulk) -> bool:
    job = job_of(bulk)
    return job is not None and job.finished_at is not None and not job.arguments["undo"]


def _going(bulk: Bulk, actor: Person) -> Job:
    job = job_of(bulk)
    if job is None or bulk.state != State.RUNNING:
        raise Conflict(_("This was done already. Nothing was changed now."))
    if job.finished_at is not None:  # it was stopped or failed: whoever presses goes on where it ended
        return _start(bulk, actor, is_undo=job.arguments["undo"])
    return job


def _start(bulk: Bulk, actor: Person | None, *, is_undo: bool) -> Job:
    return jobs.start(
        kind=KIND, arguments={"bulk": bulk.pk, "undo": is_undo}, agency=bulk.agency, person=actor,
        topic=bulk.topic, back_to=reverse("bulk", args=[bulk.pk]),
    )  # fmt: skip


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
    gone = [
        Outcome(row.business, _("It is no longer on your list."))
        for row in rows
        if row.business_id not in kept
    ]
    found = [row.business for row in rows if row.business_id in kept]
    for outcome in [*gone, *_outcomes(step, action, found)]:
        row = by_business[outcome.business.pk]
        row.is_done, row.why, row.memo = not outcome.why, outcome.why[:200], dict(outcome.memo)
    BulkRow.objects.bulk_update(rows, ["is_done", "why", "memo"])


def _held(agency: Agency, rows: list[BulkRow]) -> set[int]:
    """Those of the businesses that the agency keeps now. They stay as they are until the portion is written."""
    numbers = [row.business_id for row in rows]
    list(
        Business.objects.select_for_update()
        .filter(pk__in=numbers)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
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
        bulk = _locked(bulk)
        bulk.state, bulk.done_at = State.UNDONE if is_undo else State.DONE, now()
        bulk.result = dict(result)
        bulk.save(update_fields=["state", "done_at", "result"])
        _record("bulk.end", bulk, handle.job.person)
    return result


def _actor(person: Person | None, agency: Agency) -> Actor:
    """The person with this one role, if they still have it."""
    officer = (str(Membership.Role.OFFICER), agency.pk)
    if person is None or not person.memberships.filter(role=officer[0], agency=agency).exists():
        raise DomainError(_("Whoever began this is no longer an officer of the agency."))
    return Actor(person, frozenset({officer}))


def _record(action: str, bulk: Bulk, actor: Person | None) -> None:
    details = {"action": bulk.action, "businesses": bulk.rows.count(), "state": bulk.state}
    audit.record(agency=bulk.agency, actor=actor, action=action, target=bulk, details=details)


def drop_file(bulk: Bulk) -> None:
    """Delete the file that was made; what is noted of it stays."""
    name, storage = str(bulk.file.name), bulk.file.storage
    transaction.on_commit(lambda: storage.delete(name))
    Bulk.objects.filter(pk=bulk.pk).update(file="")


def _at_work(agency: Agency) -> list[int]:
    """Ids of those whose job has not finished."""
    going = Job.objects.filter(kind=KIND, agency=agency, finished_at=None)
    return [job.arguments["bulk"] for job in going]


def expire(agency: Agency, moment: datetime) -> dict[str, int]:
    """Files go after a week, selections nobody confirmed after a day, and what is known of each row after half a
    year: then nothing is undone any more."""
    known = Bulk.objects.filter(agency=agency)
    # What was killed before its end goes by when it was begun, unless its work still runs.
    over = known.exclude(state=State.RUNNING, pk__in=_at_work(agency))
    before = moment - FILES_FOR
    ended = Q(done_at__lt=before) | Q(done_at=None, begun_at__lt=before)
    old_files = over.filter(ended).exclude(file="")
    gone = {"lists": 0}
    for one in old_files:
        drop_file(one)
        gone["lists"] += 1
    known.filter(state=State.DRAFT, begun_at__lt=moment - DRAFTS_FOR).delete()
    old = over.filter(begun_at__lt=moment - ROWS_FOR)
    gone["bulk_actions"] = old.count()
    old.delete()
    return gone
