"""Background work with progress: start, run, report, stop, and revive what a dead worker left behind."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django_tasks import task

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Job, Person
from ekspora.core.registries import Registry

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5
DEAD_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 3


class Handle:
    """What running work sees of its job: it reports progress and learns whether it should stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def report(self, **progress: object) -> bool:
        """Publish progress (JSON values); False asks the work to stop and keep the best so far."""
        Job.objects.filter(pk=self.job.pk).update(progress=progress, heartbeat=now())
        return not Job.objects.filter(pk=self.job.pk, stop_requested=True).exists()


Work = Callable[[Handle], Mapping[str, Any]]
kinds: Registry[Work] = Registry("job kinds")


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
    """Ask running work to stop; it keeps the best result it has."""
    Job.objects.filter(pk=job.pk).update(stop_requested=True)


@task()
def run_job(job_id: int) -> None:
    """The one task of the queue: claims the job and runs the work registered for its kind."""
    claimable = Q(state=Job.State.QUEUED)
    claimed = Job.objects.filter(claimable, pk=job_id).update(state=Job.State.RUNNING, heartbeat=now())
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    job.attempts += 1
    job.save(update_fields=["attempts"])
    try:
        with _heartbeat(job.pk):
            result = kinds[job.kind](Handle(job))
    except DomainError as error:
        _finish(job, Job.State.FAILED, error=str(error))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(job, Job.State.FAILED, error=_("Something went wrong here; the organisers have been told."))
    else:
        _finish(job, Job.State.DONE, result=result)


def _finish(job: Job, state: str, *, result: Mapping[str, Any] | None = None, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state, result=dict(result or {}), error=error[:500], finished_at=now()
    )


@contextmanager
def _heartbeat(job_id: int) -> Iterator[None]:
    """Keep the job's heartbeat fresh from a thread of its own: long steps report nothing for a while."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(HEARTBEAT_SECONDS):
            Job.objects.filter(pk=job_id).update(heartbeat=now())
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
    """Queue again what a killed worker left running; give up after three attempts. Returns how many."""
    dead = Job.objects.select_for_update().filter(state=Job.State.RUNNING, heartbeat__lt=now() - DEAD_AFTER)
    count = 0
    for job in dead:
        count += 1
        if job.attempts >= MOST_ATTEMPTS:
            _finish(job, Job.State.FAILED, error=_("The work was interrupted three times."))
            continue
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, heartbeat=None)
        run_job.enqueue(job.pk)
    return count
