"""Background work with progress: start, run, report, stop, and revive what a dead worker left behind.

A job may run more than once: when its worker is killed, or only looks dead because the machine was busy.
Each run counts ``attempts`` up as it claims the job, and whatever it writes is conditional on that number,
so a late run of before changes nothing once another has begun.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Job, Person
from ekspora.core.registries import Registry

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)


class Superseded(Exception):  # noqa: N818  # not an error: another run has this job now
    """This run lost its job to another one and must leave no trace."""


class Handle:
    """What running work sees of its job: it reports progress and learns whether it should stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def mine(self) -> "QuerySet[Job]":
        """The job as long as it belongs to this run: no later one has begun and none has finished it."""
        return Job.objects.filter(pk=self.job.pk, attempts=self.job.attempts, finished_at=None)

    def report(self, **progress: object) -> bool:
        """Publish progress (JSON values, e.g. ``percent`` or ``done`` and ``total``).

        False asks the work to stop and keep the best so far. A database too busy to be told loses nobody's
        work: it goes on.
        """
        try:
            self.mine().update(progress=progress, heartbeat=now())
        except OperationalError:
            return True
        return self.mine().filter(stop_requested=False).exists()

    def hold(self) -> None:
        """Inside the transaction that writes the work's outcome: keep other runs out until it commits.

        Raises Superseded when another run has taken over, and so undoes the transaction.
        """
        if self.mine().select_for_update().first() is None:
            raise Superseded


Work = Callable[[Handle], Mapping[str, Any]]
kinds: Registry[Work] = Registry("job kinds")
# What people read while it runs, by kind; rooms add theirs next to the work.
titles: dict[str, Any] = {}


@transaction.atomic
def start(
    *,
    kind: str,
    arguments: Mapping[str, Any],
    agency: Agency | None,
    person: Person | None,
    topic: str = "",
    back_to: str = "/",
) -> Job:
    """Queue work of a registered kind; the queue's row and ours are written together."""
    if kind not in kinds:
        raise ValueError(f"unknown job kind {kind}")
    job = Job.objects.create(
        kind=kind, arguments=dict(arguments), agency=agency, person=person, topic=topic, back_to=back_to
    )
    run_job.enqueue(job.pk)
    return job


def request_stop(*, job: Job) -> None:
    """Ask running work to stop; it keeps the best result it has. Work not yet begun ends at once."""
    Job.objects.filter(pk=job.pk).update(stop_requested=True)
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    waiting.update(state=Job.State.FAILED, error=_("Stopped before it began."), finished_at=now())


@task()
def run_job(job_id: int) -> None:
    """The one task of the queue: claims the job and runs the work registered for its kind."""
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.RUNNING, heartbeat=now(), attempts=F("attempts") + 1):
        return
    job = Job.objects.select_related("person", "agency").get(pk=job_id)
    with override(job.person.language if job.person else settings.LANGUAGE_CODE):
        _run(Handle(job))


def _run(handle: Handle) -> None:
    job = handle.job
    try:
        with _heartbeat(handle):
            result = kinds[job.kind](handle)
    except Superseded:
        return
    except DomainError as error:
        _finish(handle, Job.State.FAILED, error=str(error))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(handle, Job.State.FAILED, error=_("Something went wrong on our side. Please try again."))
    else:
        _finish(handle, Job.State.DONE, result=result)


def _finish(handle: Handle, state: str, *, result: Mapping[str, Any] | None = None, error: str = "") -> None:
    handle.mine().update(state=state, result=dict(result or {}), error=error[:500], finished_at=now())


@contextmanager
def _heartbeat(handle: Handle) -> Iterator[None]:
    """Keep the job's heartbeat fresh from a thread of its own: long steps report nothing for a while."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(settings.JOB_HEARTBEAT):
            with suppress(DatabaseError):  # a busy database is no reason to look dead for good
                handle.mine().update(heartbeat=now())
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@transaction.atomic
def reap() -> int:
    """Queue again what a killed worker left behind; give up after three attempts. Returns how many."""
    silent_since = now() - timedelta(seconds=6 * settings.JOB_HEARTBEAT)
    dead = Job.objects.select_for_update().filter(state=Job.State.RUNNING, heartbeat__lt=silent_since)
    lost = Job.objects.select_for_update().filter(state=Job.State.QUEUED, queued_at__lt=silent_since)
    announced = _announced()
    found = [*dead, *(job for job in lost if job.pk not in announced)]
    for job in found:
        if job.attempts >= MOST_ATTEMPTS:
            _finish(Handle(job), Job.State.FAILED, error=_("The work was interrupted three times."))
        else:
            Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, heartbeat=None, queued_at=now())
            run_job.enqueue(job.pk)
    DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=now() - KEPT_FOR).delete()
    return len(found)


def _announced() -> set[int]:
    """Jobs for which a task still waits. One killed between taking the task and claiming the job has none."""
    ready = DBTaskResult.objects.filter(status="READY", task_path=run_job.module_path)
    return {row["args"][0] for row in ready.values_list("args_kwargs", flat=True)}
