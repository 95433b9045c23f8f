"""Computing: what the engine is asked, progress, stop, locks, no half-written version, no second one."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from ekspora.core import clock
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Job
from ekspora.core.services import jobs
from ekspora.engines.meetings import parse_instance, parse_result, verify
from ekspora.meetings.judging import binding
from ekspora.meetings.models import Meeting, MeetingRequest, TimetableVersion
from ekspora.meetings.queries.instance import asked_of, instance_of
from ekspora.meetings.queries.versions import musts, plan_of
from ekspora.meetings.services import moving, solving
from ekspora.meetings.services.timetable import store
from ekspora.programmes.models import AgendaItem
from tests.cli.sites import new_site
from tests.meetings.crowd import all_wish, crowd, solve, solved, wish
from tests.world import World, at


def test_the_instance_holds_slots_tables_people_and_requests(world: World) -> None:
    all_wish(world)
    world.guest.leaves_at = at(10)
    world.guest.most_meetings = 2
    world.guest.save()
    world.maker.table = 4
    world.maker.save()
    world.activity.fairness = 1
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.guest, required=True, fixed_at=at(9, 25)
    )
    instance = instance_of(world.activity)
    people = {p.id: p for p in instance.participants}
    requests = {r.id: r for r in instance.requests}
    assert (instance.slots, len(instance.tables), instance.fairness) == (6, 5, 1)
    assert people[str(world.guest.pk)].unavailable == frozenset({3, 4, 5, 6})
    assert people[str(world.guest.pk)].max_meetings == 2
    assert people[str(world.maker.pk)].table == "4"
    fixed = requests[f"{world.maker.pk}-{world.guest.pk}"]
    assert fixed.required
    assert fixed.slot == 2
    assert musts(instance) == {fixed.id}
    assert parse_instance(instance.to_json()) == replace(instance, morning_slots=instance.morning_slots)


def test_a_version_is_stored_with_its_meetings_and_passes_the_verifier(world: World) -> None:
    all_wish(world)
    version = solved(world)
    plan = plan_of(version)
    assert version.number == 1
    assert version.state == "draft"
    assert len(plan.at) == 4
    result = parse_result(version.result)
    assert {m.request for m in result.meetings} == set(plan.at)
    assert version.result["proven"]["weight"]
    first = version.meetings.order_by("slot").first()
    assert first is not None
    assert first.ends_at - first.starts_at == timedelta(minutes=20)
    assert AuditEntry.objects.filter(action="timetable.solve").count() == 1


def test_progress_says_value_bound_and_gap_in_both_languages(world: World) -> None:
    all_wish(world)
    job = solve(world)
    assert set(job.progress["text"]) == {"id", "en"}
    assert job.progress["percent"] < 100
    assert job.result == {"version": 1, "status": "optimal"}


def test_nothing_is_computed_without_tables_slots_or_requests(world: World) -> None:
    with pytest.raises(DomainError, match="Belum"):
        solve(world)
    all_wish(world)
    world.activity.tables = 0
    world.activity.save()
    with pytest.raises(DomainError, match="meja"):
        solve(world)
    world.activity.tables = 2
    world.activity.save()
    world.activity.agenda.filter(kind=AgendaItem.Kind.MEETINGS).delete()
    with pytest.raises(DomainError, match="acara"):
        solve(world)
    assert not Job.objects.exists()


def test_when_all_slots_are_over_nothing_is_computed(world: World) -> None:
    all_wish(world)
    with clock.at(at(20)), pytest.raises(DomainError):
        solve(world)


def test_slots_that_are_over_are_left_alone(world: World) -> None:
    all_wish(world)
    with clock.at(at(9, 30)):
        version = solved(world)
    assert min(place.slot for place in plan_of(version).at.values()) >= 3


def test_a_fixed_time_at_which_no_slot_begins_is_named(world: World) -> None:
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.guest, fixed_at=at(9, 7)
    )
    faults = asked_of(world.activity).faults
    assert len(faults) == 1
    assert "Kopi Puntang" in faults[0]


def test_required_meetings_that_cannot_be_are_a_conflict_in_words_and_no_version(world: World) -> None:
    for guest in (world.guest, world.other_guest):
        MeetingRequest.objects.create(
            activity=world.activity, maker=world.maker, guest=guest, required=True, fixed_at=at(9)
        )
    job = solve(world)
    assert job.state == "done"
    assert job.result["status"] == "infeasible"
    assert job.result["conflict"]["text"]["id"]
    assert not TimetableVersion.objects.exists()


def test_stopped_before_anything_was_found_or_after_it_keeps_what_it_has(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(world, 12, 8)
    monkeypatch.setattr(jobs.Handle, "report", lambda self, **progress: False)
    job = solve(world)
    assert job.state == "done"
    if job.result["status"] == "unknown":
        assert not TimetableVersion.objects.exists()
    else:
        assert (
            verify(binding(plan_of(TimetableVersion.objects.get())), _whole(TimetableVersion.objects.get()))
            == []
        )


def _whole(version: TimetableVersion):  # type: ignore[no-untyped-def]  # a Result read back in full
    from ekspora.engines.meetings import Proven, Result, Unscheduled

    told = version.result
    return Result(
        status=told["status"], meetings=parse_result(told).meetings, weight=told["weight"],
        unscheduled=tuple(Unscheduled(u["request"], u["code"], u["text"]) for u in told["unscheduled"]),
        weight_bound=told["weight_bound"], breaks=told["breaks"], breaks_bound=told["breaks_bound"],
        proven=Proven(**told["proven"]),
    )  # fmt: skip


def test_asked_twice_it_is_one_job_and_another_officer_is_told(world: World) -> None:
    all_wish(world)

    def ask(actor: str) -> Job:
        return solving.start_solving(
            activity=world.activity,
            actor=world.people[actor],
            seconds=10,
            base=None,
            as_before=False,
            back_to="/",
        )

    assert ask("lead_officer") == ask("lead_officer")
    with pytest.raises(Conflict):
        ask("co_officer")


def test_locked_meetings_keep_slot_and_table(world: World) -> None:
    all_wish(world)
    first = solved(world)
    plan = plan_of(first)
    key = sorted(plan.at)[0]
    moved = moving.place(
        version=first, actor=world.people["lead_officer"], request=key, slot=6, table="5", lock=True
    )
    again = solved(world, moved)
    assert plan_of(again).at[key] == plan_of(moved).at[key]
    assert plan_of(again).locked == {key}
    assert again.parent == moved


def test_staying_near_the_shown_version_moves_nothing_without_need(world: World) -> None:
    all_wish(world)
    first = solved(world)
    again = solved(world, first, as_before=True)
    assert {k: p.slot for k, p in plan_of(again).at.items()} == {
        k: p.slot for k, p in plan_of(first).at.items()
    }
    assert again.result["moved"] == 0


def test_a_lock_that_can_no_longer_hold_is_named_before_computing(world: World) -> None:
    all_wish(world)
    first = solved(world)
    key = sorted(plan_of(first).at)[0]
    locked = moving.set_lock(version=first, actor=world.people["lead_officer"], requests=[key], locked=True)
    maker, guest = (world.activity.participations.get(pk=int(number)) for number in re.findall(r"\d+", key))
    guest.answer = "declined"
    guest.save()
    assert maker.business is not None
    with pytest.raises(DomainError, match=maker.business.name):
        solve(world, locked)


def test_run_again_after_a_crash_it_finds_its_version(world: World) -> None:
    all_wish(world)
    job = solve(world)
    Job.objects.filter(pk=job.pk).update(state="queued", finished_at=None)
    jobs.run_job.call(job.pk)
    assert TimetableVersion.objects.count() == 1
    job.refresh_from_db()
    assert job.result["version"] == 1


def test_a_result_that_breaks_a_rule_is_never_stored(world: World) -> None:
    all_wish(world)
    version = solved(world)
    plan = plan_of(version)
    result = replace(_whole(version), weight=10**6)
    asked = asked_of(world.activity)
    with pytest.raises(RuntimeError, match="weight"):
        store(
            activity=world.activity,
            plan=plan,
            slots=asked.slots,
            result=result,
            actor=None,
            action="timetable.solve",
        )
    assert TimetableVersion.objects.count() == 1


def test_a_failure_while_storing_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    all_wish(world)

    def broken(*args: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Meeting.objects, "bulk_create", broken)
    job = solve(world)
    assert job.state == "failed"
    assert not TimetableVersion.objects.exists()
    assert not AuditEntry.objects.filter(action="timetable.solve").exists()


def test_a_no_never_reaches_the_engine(world: World) -> None:
    all_wish(world)
    wish_of = world.activity.wishes.get(chooser=world.guest, chosen=world.maker)
    wish_of.mark = "no"
    wish_of.save()
    keys = {r.id for r in instance_of(world.activity).requests}
    assert f"{world.maker.pk}-{world.guest.pk}" not in keys
    assert len(keys) == 3


def test_names_are_not_stored_in_reasons(world: World) -> None:
    world.activity.tables = 1
    world.activity.save()
    crowd(world, 6, 6, share=1)
    wish(world, (world.maker, world.guest))
    version = solved(world)
    texts = [u["text"]["id"] for u in version.result["unscheduled"]]
    assert texts
    assert not any("Usaha" in text for text in texts)


PREPARE = """
from tests.meetings.crowd import all_wish
from tests.world import build
from ekspora.meetings.services import solving
world = build()
all_wish(world)
solving.start_solving(
    activity=world.activity, actor=world.people["lead_officer"], seconds=10, base=None, as_before=False,
    back_to="/",
)
"""
WORK = """
import time
from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.meetings.models import Meeting
real = Meeting.objects.bulk_create
def slow(rows):
    real(rows)
    print("half", flush=True)
    time.sleep(60)
Meeting.objects.bulk_create = slow
jobs.run_job.call(Job.objects.get().pk)
"""
LOOK = """
from datetime import timedelta
from ekspora.core import clock
from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.meetings.models import Meeting, TimetableVersion
print(TimetableVersion.objects.count(), Meeting.objects.count(), Job.objects.get().state)
with clock.at(clock.now() + timedelta(minutes=5)):
    jobs.reap()
jobs.run_job.call(Job.objects.get().pk)
print(TimetableVersion.objects.count(), Meeting.objects.count(), Job.objects.get().state)
"""


@pytest.mark.django_db(transaction=True)
def test_kill_9_while_storing_leaves_nothing_half_written(tmp_path: Path) -> None:
    if connection.vendor == "sqlite":
        new_site(tmp_path)
    _child(PREPARE, tmp_path).communicate(timeout=120)
    worker = _child(WORK, tmp_path)
    assert worker.stdout is not None
    assert worker.stdout.readline() == b"half\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    told, _errors = _child(LOOK, tmp_path).communicate(timeout=120)
    assert told.decode().splitlines() == ["0 0 running", "1 4 done"]


def _child(script: str, home: Path) -> "subprocess.Popen[bytes]":
    """A process of its own on a database of its own; on PostgreSQL on the one of this test."""
    environment = {**os.environ, "EKSPORA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "ekspora.settings"}
    if connection.vendor == "postgresql":
        base = environment["DATABASE_URL"].rpartition("/")[0]
        environment["DATABASE_URL"] = f"{base}/{connection.settings_dict['NAME']}"
    root = Path(__file__).parents[2]
    start = "import django\ndjango.setup()\n"
    return subprocess.Popen(
        [sys.executable, "-c", start + script], stdout=subprocess.PIPE, env=environment, cwd=root
    )
