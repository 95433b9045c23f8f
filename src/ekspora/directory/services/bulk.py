"""One thing done to many businesses: selected, agreed on, done in the background, undone.

What can be done stands in ``actions``, which rooms to the right add to. The work itself is in ``bulk_work.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core import files
from ekspora.core.actors import Actor
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Job, Person
from ekspora.core.registries import Registry
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Bulk, BulkRow, Business

KIND = "directory.bulk"
# More at once nobody can answer for; only a file may hold everything.
MOST = 10_000
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
    bulk = locked(bulk)
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
    record(action="bulk.begin", bulk=bulk, actor=actor)
    return _start(bulk, actor, is_undo=False)


@transaction.atomic
def undo(*, bulk: Bulk, actor: Person) -> Job:
    """Take back what was done, business by business, also of what was interrupted; a second press finds the first.

    Raises Conflict while it still runs or when it was undone, DomainError for what cannot be undone.
    """
    bulk = locked(bulk)
    if actions[bulk.action]().undo is None:
        raise DomainError(_("This cannot be undone."))
    if bulk.state == State.RUNNING and not _is_half_done(bulk):
        return _going(bulk, actor)
    if bulk.state not in (State.DONE, State.RUNNING):
        raise Conflict(_("This was undone already."))
    bulk.state = State.RUNNING
    bulk.save(update_fields=["state"])
    record(action="bulk.undo", bulk=bulk, actor=actor)
    return _start(bulk, actor, is_undo=True)


def locked(bulk: Bulk) -> Bulk:
    """It as it stands now; nobody else changes it before the transaction ends."""
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


def record(*, action: str, bulk: Bulk, actor: Person | None) -> None:
    """Its entry in the trail."""
    details = {"action": bulk.action, "businesses": bulk.rows.count(), "state": bulk.state}
    audit.record(agency=bulk.agency, actor=actor, action=action, target=bulk, details=details)


def drop_file(bulk: Bulk) -> None:
    """Delete the file that was made; what is noted of it stays."""
    files.forget(bulk.file)
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
