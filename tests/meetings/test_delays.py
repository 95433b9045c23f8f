"""The programme runs late: one tap moves the rest of the day everywhere, one takes it back, nobody is told unasked."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core import clock
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Job, Message
from ekspora.core.services import jobs
from ekspora.meetings.calendars import calendar_of
from ekspora.meetings.models import Delay, Meeting, MeetingRequest, TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.meetings.queries.floor import floor_of
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.on_the_day import on_the_day
from ekspora.meetings.queries.versions import slots_of_version
from ekspora.meetings.services import delays, publishing, replanning
from ekspora.programmes.models import Participation
from ekspora.programmes.queries import agenda
from tests.at_once import race
from tests.meetings.crowd import drafted
from tests.world import EVENT_DAY, World, at, build

SignIn = Callable[[World, str], Client]


def published(world: World) -> TimetableVersion:
    """Kopi Puntang × India at 9.00, Batik Lain × Fiji at 9.00, Kopi Puntang × Fiji in slot 5 at 11.25."""
    with clock.at(at(7, day=EVENT_DAY - timedelta(days=30))):
        version = drafted(world, {
            (world.maker, world.guest): (1, "1"), (world.other_maker, world.other_guest): (1, "2"),
            (world.maker, world.other_guest): (5, "1"),
        })  # fmt: skip
        return publishing.publish(version=version, actor=world.people["lead_officer"], seen=0)


@pytest.fixture
def timetable(world: World) -> TimetableVersion:
    return published(world)


def late(world: World, minutes: int = 10, seen: int = 0) -> Delay:
    return delays.run_late(
        activity=world.activity, minutes=minutes, seen=seen, actor=world.actor("lead_officer")
    )


def back(world: World, delay: Delay) -> None:
    delays.catch_up(activity=world.activity, pk=delay.pk, actor=world.actor("lead_officer"))


def hours(world: World) -> list[str]:
    """When the slots of the agenda begin, as the next timetable would have them."""
    return [
        f"{slot.starts_at.astimezone(world.activity.tz):%H:%M}" for slot in asked_of(world.activity).slots
    ]


def everything(world: World) -> tuple[object, ...]:
    """All times there are."""
    return (
        list(world.activity.agenda.order_by("pk").values_list("kind", "starts_at", "ends_at")),
        list(Meeting.objects.order_by("pk").values_list("starts_at", "ends_at")),
        list(TimetableVersion.objects.order_by("pk").values_list("slots", flat=True)),
        list(MeetingRequest.objects.order_by("pk").values_list("fixed_at", flat=True)),
    )


def test_everything_from_the_next_slot_on_moves_and_what_began_stays(
    world: World, timetable: TimetableVersion
) -> None:
    with clock.at(at(9, 30)):
        late(world)
        assert hours(world) == ["09:00", "09:25", "10:00", "11:10", "11:35", "12:00"]
        assert [s.starts_at for s in slots_of_version(TimetableVersion.objects.get())] == [
            s.starts_at for s in asked_of(world.activity).slots
        ]
        starts = list(Meeting.objects.order_by("slot", "table").values_list("starts_at", "ends_at"))
        assert starts == [(at(9), at(9, 20)), (at(9), at(9, 20)), (at(11, 35), at(11, 55))]
        parts = [(item.kind, item.starts_at, item.ends_at) for item in agenda(world.activity)]
    assert parts == [
        ("presentation", at(8), at(9)), ("meetings", at(9), at(10, 25)), ("break", at(9, 50), at(10)),
        ("visit", at(10, 25), at(11, 10)), ("meetings", at(11, 10), at(12, 25)),
    ]  # fmt: skip


def test_before_a_block_nothing_is_cut(world: World, timetable: TimetableVersion) -> None:
    with clock.at(at(10, 30)):
        assert late(world, 20).pause is None
    assert hours(world) == ["09:00", "09:25", "09:50", "11:20", "11:45", "12:10"]


@pytest.mark.parametrize("minute", range(7 * 60 + 30, 11 * 60 + 50, 7))
def test_taken_back_everything_is_as_it_was(world: World, timetable: TimetableVersion, minute: int) -> None:
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.other_guest, fixed_at=at(11, 25)
    )
    before = everything(world)
    with clock.at(at(minute // 60, minute % 60)):
        first = late(world, 10)
        once = everything(world)
        second = late(world, 5, seen=10)
        count = len(asked_of(world.activity).slots)
        back(world, second)
        assert everything(world) == once != before
        back(world, first)
    assert everything(world) == before
    assert count == 6
    assert not Delay.objects.exists()


def test_every_reader_sees_the_new_times(world: World, timetable: TimetableVersion, sign_in: SignIn) -> None:
    who = world.other_guest
    with clock.at(at(9, 30)), override("en"):
        late(world)
        floor = floor_of(world.activity)
        assert floor is not None
        assert floor.behind == 10
        assert floor.tables[0].next is not None
        assert floor.tables[0].next.starts_at == at(11, 35)
        assert at(11, 35) in [bell.at for bell in floor.bells]
        assert at(11, 25) not in [bell.at for bell in floor.bells]
        assert agendas.day_of(who).stops[-1].starts_at == at(11, 35)
        assert b"T043500Z" in calendar_of(agendas.day_of(who))
        page = (
            sign_in(world, "other_representative").get(reverse("my_agenda", args=[who.pk])).content.decode()
        )
        assert "runs 10 minutes later" in page
        assert "11:35" in page
        assert "11:25" not in page


def test_no_meeting_is_lost_nobody_is_told_and_no_page_calls_it_a_change(
    world: World, timetable: TimetableVersion, sign_in: SignIn
) -> None:
    Message.objects.all().delete()
    with clock.at(at(9, 30)), override("en"):
        late(world)
        day = on_the_day(world.activity)
        assert (day.lost, day.new) == (0, 0)
        page = sign_in(world, "other_representative").get(reverse("my_agenda", args=[world.other_guest.pk]))
        assert "Your agenda has changed" not in page.content.decode()
    assert not Message.objects.exists()
    assert AuditEntry.objects.latest("pk").action == "day.late"


def test_who_leaves_before_the_new_time_shows_up_for_the_replan(
    world: World, timetable: TimetableVersion
) -> None:
    Participation.objects.filter(pk=world.other_guest.pk).update(leaves_at=at(11, 50))
    with clock.at(at(9, 30)):
        assert on_the_day(world.activity).lost == 0
        late(world)
        assert on_the_day(world.activity).lost == 1


def test_a_replan_goes_on_from_the_new_times(world: World, timetable: TimetableVersion) -> None:
    MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.other_guest, fixed_at=at(11, 25)
    )
    Message.objects.update(state=Message.State.SENT, sent_at=at(7))
    with clock.at(at(9, 30)):
        late(world)
        job = replanning.start(activity=world.activity, actor=world.people["lead_officer"], back_to="/")
        jobs.run_job.call(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error
        draft = TimetableVersion.objects.latest("number")
        publishing.publish(version=draft, actor=world.people["lead_officer"], seen=timetable.number)
    kept = Meeting.objects.get(version=draft, maker=world.maker, guest=world.other_guest)
    assert kept.starts_at == at(11, 35)
    added = Meeting.objects.get(version=draft, maker=world.other_maker, guest=world.guest)
    assert added.starts_at == at(10)
    told = Message.objects.filter(kind="timetable").exclude(state=Message.State.SENT)
    concerned = {f"timetable:{draft.pk}:{who.pk}" for who in (world.other_maker, world.guest)}
    assert set(told.values_list("key", flat=True)) == concerned


def test_the_same_tap_twice_and_a_second_officer_count_once(
    world: World, timetable: TimetableVersion, sign_in: SignIn
) -> None:
    with clock.at(at(9, 30)):
        late(world, 10, seen=0)
        with pytest.raises(Conflict):
            late(world, 10, seen=0)
    assert Delay.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_move_the_day_once() -> None:
    world = build()
    published(world)

    def tap() -> None:
        with clock.at(at(9, 30)):
            late(world)

    assert race(tap, tap) == ["done", "told"]
    assert hours(world)[2] == "10:00"


def test_while_a_timetable_is_computed_nothing_moves(world: World, timetable: TimetableVersion) -> None:
    with clock.at(at(9, 30)):
        replanning.start(activity=world.activity, actor=world.people["lead_officer"], back_to="/")
        with pytest.raises(Conflict):
            late(world)


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [(at(12, 14), 10), (at(9, 30), 7), (at(9, 30, day=EVENT_DAY - timedelta(days=1)), 10)],
)
def test_nonsense_is_refused(
    world: World, timetable: TimetableVersion, moment: datetime, minutes: int
) -> None:
    before = everything(world)
    with clock.at(moment), pytest.raises(DomainError):
        late(world, minutes)
    assert everything(world) == before


def test_once_it_has_taken_effect_it_stays(world: World, timetable: TimetableVersion) -> None:
    with clock.at(at(9, 30)):
        delay = late(world)
    with clock.at(at(10, 1)), pytest.raises(DomainError):
        back(world, delay)
    assert Delay.objects.exists()


def test_a_programme_is_not_moved_past_midnight(world: World, timetable: TimetableVersion) -> None:
    world.activity.agenda.create(kind="visit", title="Malam budaya", starts_at=at(22), ends_at=at(23, 50))
    with clock.at(at(9, 30)):
        with pytest.raises(DomainError):
            late(world, 15)
        late(world, 5)


def test_messages_are_prepared_when_asked_for_those_who_still_meet(
    world: World, timetable: TimetableVersion
) -> None:
    Message.objects.all().delete()
    officer = world.actor("lead_officer")
    with clock.at(at(9, 30)):
        delay = late(world)
        assert delays.tell(activity=world.activity, actor=officer) == 2
        assert delays.tell(activity=world.activity, actor=officer) == 2
        told = {message.key: message.body for message in Message.objects.all()}
        assert set(told) == {f"delay:{delay.pk}:{who.pk}" for who in (world.maker, world.other_guest)}
        assert (
            "runs 10 minutes late. Your next meeting begins at 11:35"
            in told[f"delay:{delay.pk}:{world.other_guest.pk}"]
        )
        assert {message.state for message in Message.objects.all()} == {"draft"}
        back(world, delay)
    assert not Message.objects.exists()


def test_by_hand(world: World, timetable: TimetableVersion, sign_in: SignIn) -> None:
    officer = sign_in(world, "lead_officer")
    page = reverse("on_the_day", args=[world.activity.pk])
    with clock.at(at(9, 30)):
        assert 'name="minutes" value="10"' in officer.get(page).content.decode()
        officer.post(reverse("day_late", args=[world.activity.pk]), {"minutes": "10", "seen": "0"})
        shown = officer.get(page).content.decode()
        delay = Delay.objects.get()
        assert reverse("day_late_undo", args=[world.activity.pk, delay.pk]) in shown
        assert 'name="seen" value="10"' in shown
        answer = officer.post(reverse("day_late_tell", args=[world.activity.pk]))
        assert answer["Location"] == reverse("queue", args=[world.activity.scope])
        officer.post(reverse("day_late_undo", args=[world.activity.pk, delay.pk]))
        assert not Delay.objects.exists()
        for broken in ({}, {"minutes": "x", "seen": "y"}, {"minutes": "-5"}, {"minutes": "9" * 30}):
            assert officer.post(reverse("day_late", args=[world.activity.pk]), broken).status_code == 302
    assert not Delay.objects.exists()
