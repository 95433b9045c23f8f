"""Background work: progress, stop, failure in words, revival after a kill, late runs that change nothing."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Job
from ekspora.core.services import jobs
from tests.world import World

State = Job.State
_work: dict[str, Any] = {}


def _do(handle: jobs.Handle) -> Any:
    return _work["do"](handle)


@pytest.fixture(autouse=True)
def _test_kind() -> Iterator[None]:
    if "test" not in jobs.kinds:
        jobs.kinds.register("test", _do)
    yield
    _work.clear()


def _start(do: Any, world: World | None = None) -> Job:
    _work["do"] = do
    person = world.people["lead_officer"] if world else None
    return jobs.start(kind="test", arguments={"n": 3}, agency=None, person=person)


def _run(job: Job) -> Job:
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    return job


def _kill(job: Job) -> None:
    """What is left when a worker is killed in the middle: running, silent for long, its task taken."""
    long_ago = clock.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, heartbeat=long_ago, attempts=job.attempts + 1)
    DBTaskResult.objects.update(status="RUNNING")
    job.refresh_from_db()


def test_work_reports_and_leaves_its_result(db: None) -> None:
    def count(handle: jobs.Handle) -> Mapping[str, Any]:
        assert handle.report(done=1, total=handle.job.arguments["n"])
        return {"counted": handle.job.arguments["n"]}

    job = _run(_start(count))
    assert (job.state, job.result, job.progress) == (State.DONE, {"counted": 3}, {"done": 1, "total": 3})
    assert job.finished_at is not None


def test_running_twice_works_once(db: None) -> None:
    runs = []

    def count(handle: jobs.Handle) -> Mapping[str, Any]:
        runs.append(1)
        return {}

    job = _start(count)
    for _ in range(2):
        _run(job)
    assert (runs, job.attempts) == ([1], 1)


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_stops_no_work() -> None:
    def work(handle: jobs.Handle) -> dict[str, int]:
        with _busy():
            assert handle.report(done=1)
        return {"kept": 1}

    job = _run(_start(work))
    assert (job.state, job.result) == (State.DONE, {"kept": 1})


@contextmanager
def _busy() -> Iterator[None]:
    """Somebody else writes for longer than the caller is willing to wait."""
    postgresql = connection.vendor == "postgresql"
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Job.objects.update(back_to="/")
            holding.set()
            done.wait(30)
        connection.close()

    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 50" if postgresql else "PRAGMA busy_timeout = 50")
        other = threading.Thread(target=hold)
        other.start()
        holding.wait(30)
        try:
            yield
        finally:
            done.set()
            other.join()
            cursor.execute("SET lock_timeout = 0" if postgresql else "PRAGMA busy_timeout = 20000")


def test_asked_to_stop_it_keeps_the_best(db: None) -> None:
    def best(handle: jobs.Handle) -> Mapping[str, Any]:
        steps = 0
        while handle.report(done=steps):
            steps += 1
            if steps == 2:
                jobs.request_stop(job=handle.job)
        return {"best": steps}

    assert _run(_start(best)).result == {"best": 2}


def test_stopped_before_it_began_it_never_does(db: None) -> None:
    job = _start(lambda handle: pytest.fail("it ran"))
    jobs.request_stop(job=job)
    assert _run(job).state == State.FAILED


def test_a_domain_error_is_told_and_any_other_is_not(world: World) -> None:
    def refuse(handle: jobs.Handle) -> Mapping[str, Any]:
        raise DomainError("Sheet 2 is empty.")

    def stumble(handle: jobs.Handle) -> Mapping[str, Any]:
        raise RuntimeError("secret@example.org")

    assert _run(_start(refuse)).error == "Sheet 2 is empty."
    world.people["lead_officer"].language = "en"
    world.people["lead_officer"].save()
    job = _run(_start(stumble, world))
    assert (job.state, job.error) == (State.FAILED, "Something went wrong on our side. Please try again.")


def test_a_killed_job_goes_on_with_another_worker(db: None) -> None:
    job = _start(lambda handle: {"attempt": handle.job.attempts})
    _kill(job)
    assert jobs.reap() == 1
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    assert _run(job).result == {"attempt": 2}


def test_a_job_that_shows_life_is_left_alone(db: None) -> None:
    job = _start(lambda handle: {})
    Job.objects.update(state=State.RUNNING, heartbeat=clock.now(), attempts=1)
    assert jobs.reap() == 0
    job.refresh_from_db()
    assert job.state == State.RUNNING


def test_killed_between_taking_the_task_and_claiming_the_job(db: None) -> None:
    job = _start(lambda handle: {"ran": True})
    Job.objects.update(queued_at=clock.now() - timedelta(hours=1))
    assert jobs.reap() == 0  # its task still waits: the queue is only long
    DBTaskResult.objects.update(status="RUNNING")
    assert jobs.reap() == 1
    assert jobs.reap() == 0
    assert _run(job).result == {"ran": True}


def test_after_three_kills_it_is_given_up(db: None) -> None:
    job = _start(lambda handle: {})
    for _ in range(3):
        _kill(job)
        jobs.reap()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.FAILED, 3)
    assert job.error


def test_a_late_run_changes_nothing_once_another_has_begun(db: None) -> None:
    job = _start(lambda handle: {"who": "second"})
    _kill(job)
    late = jobs.Handle(job)
    jobs.reap()
    _run(job)
    assert late.report(done=99) is False
    jobs._finish(late, State.FAILED, error="late")
    job.refresh_from_db()
    assert (job.state, job.result, job.error, job.progress) == (State.DONE, {"who": "second"}, "", {})


def test_a_run_that_only_looked_dead_may_still_finish(db: None) -> None:
    job = _start(lambda handle: pytest.fail("done already"))
    _kill(job)
    slow = jobs.Handle(job)
    jobs.reap()  # queued again, nobody has begun
    jobs._finish(slow, State.DONE, result={"who": "slow"})
    assert _run(job).result == {"who": "slow"}


def test_holding_the_job_undoes_what_a_late_run_wrote(world: World) -> None:
    job = _start(lambda handle: {})
    _kill(job)
    late = jobs.Handle(Job.objects.get(pk=job.pk))
    jobs.reap()
    _run(job)
    with pytest.raises(jobs.Superseded):
        _write_late(late)
    assert not Agency.objects.filter(name="Written late").exists()


@transaction.atomic
def _write_late(handle: jobs.Handle) -> None:
    Agency.objects.create(kind="team", name="Written late", short_name="late")
    handle.hold()


def test_a_superseded_run_ends_quietly(db: None) -> None:
    def overtaken(handle: jobs.Handle) -> Mapping[str, Any]:
        Job.objects.filter(pk=handle.job.pk).update(attempts=5)
        with transaction.atomic():
            handle.hold()
        return {"written": True}

    job = _run(_start(overtaken))
    assert (job.state, job.result) == (State.RUNNING, {})


def test_old_tasks_are_cleared_away(db: None) -> None:
    _run(_start(lambda handle: {}))
    DBTaskResult.objects.update(status="SUCCESSFUL")
    with clock.at(clock.now() + timedelta(days=8)):
        jobs.reap()
    assert not DBTaskResult.objects.exists()


def test_an_unknown_kind_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="unknown job kind"):
        jobs.start(kind="nonsense", arguments={}, agency=None, person=None)
