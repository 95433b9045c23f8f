"""The door: taps that come late, twice, from two phones, with a wrong clock; undone; counted; on paper."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from ekspora.core.clock import at as clock_at
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.programmes import attendance_list, queries, steps
from ekspora.programmes.models import AttendanceMark, Participation
from ekspora.programmes.services import participants
from ekspora.programmes.services.attendance import Tap, mark, take
from tests import world as worlds
from tests.at_once import race
from tests.programmes.actors import actor
from tests.world import World, at, business, person

SignIn = Callable[[World, str], Client]


def tap(world: World, who: Participation, kind: str, *, by: str = "lead_officer", name: str = "") -> None:
    mark(activity=world.activity, actor=actor(world, by), tap=Tap(who.pk, kind, name=name))
    who.refresh_from_db()


def words(who: Participation) -> str:
    with override("en"):
        return queries.presence(Participation.objects.select_related("activity").get(pk=who.pk)).words


def send(client: Client, world: World, *marks: Mapping[str, object]) -> dict[str, Any]:
    address = reverse("check_in_marks", args=[world.activity.pk])
    answer = client.post(address, json.dumps({"marks": marks}), content_type="application/json")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def test_who_came_is_there_until_they_leave(world: World) -> None:
    with clock_at(at(8, 50)):
        tap(world, world.guest, "came")
    assert world.guest.is_there
    assert words(world.guest) == "came 08:50"
    with clock_at(at(11)):
        tap(world, world.guest, "left")
    assert (world.guest.is_there, words(world.guest)) == (False, "left 11:00")
    assert world.guest.came_at == at(8, 50)


def test_late_is_said_by_the_officer_and_does_not_move_the_arrival(world: World) -> None:
    with clock_at(at(9, 30)):
        tap(world, world.guest, "came")
    with clock_at(at(9, 35)):
        tap(world, world.guest, "late")
    assert (world.guest.came, world.guest.came_at) == ("late", at(9, 30))


def test_undo_takes_back_one_thing_at_a_time(world: World) -> None:
    for kind, there, came in (
        ("came", True, "came"), ("left", False, "came"), ("undo", True, "came"), ("undo", False, ""),
        ("undo", False, ""),
    ):  # fmt: skip
        tap(world, world.maker, kind)
        assert (world.maker.is_there, world.maker.came) == (there, came), kind


def test_the_same_tap_five_times_is_one(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    one = {"id": str(uuid4()), "who": str(world.guest.pk), "kind": "came", "at": "2027-03-10T09:00:00Z"}
    undo = {"id": str(uuid4()), "who": str(world.guest.pk), "kind": "undo", "at": "2027-03-10T09:01:00Z"}
    for _ in range(5):
        assert send(client, world, one)["done"] == [one["id"]]
    assert AttendanceMark.objects.count() == AuditEntry.objects.filter(action="attendance.came").count() == 1
    for _ in range(5):
        send(client, world, one, undo)
    world.guest.refresh_from_db()
    assert not world.guest.is_there


def test_a_phone_a_day_off_is_noted_and_not_believed(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    marks = [
        {"id": str(uuid4()), "who": world.guest.pk, "kind": kind, "at": said}
        for kind, said in (("came", "2027-03-11T09:00:00Z"), ("left", "2027-03-09T03:00:00Z"))
    ]
    with clock_at(at(9)):
        send(client, world, marks[0])
    with clock_at(at(10)):
        send(client, world, marks[1])
    world.guest.refresh_from_db()
    assert (world.guest.came_at, world.guest.left_at) == (at(9), at(10))
    assert [m.said_at.day for m in AttendanceMark.objects.all() if m.said_at] == [11, 9]


def test_what_a_phone_kept_is_taken_in_its_order_and_a_bad_tap_stops_no_other(world: World) -> None:
    good, unknown, strange = uuid4(), uuid4(), uuid4()
    taken = take(activity=world.activity, actor=actor(world, "lead_officer"), taps=[
        Tap(999_999, "came", unknown), Tap(world.guest.pk, "dances", strange), Tap(world.guest.pk, "came", good),
    ])  # fmt: skip
    assert taken.done == (good,)
    assert set(taken.refused) == {unknown, strange}


def test_somebody_of_another_activity_cannot_be_marked_here(world: World) -> None:
    other = worlds.activity(world.lead, name="Lain")
    with pytest.raises(DomainError):
        mark(activity=other, actor=actor(world, "lead_officer"), tap=Tap(world.guest.pk, "came"))


@pytest.mark.parametrize(
    "body", ["{", "[]", '{"marks": 3}', '{"marks": [{"id": "x", "who": 1, "kind": "came"}]}']
)
def test_nonsense_is_refused_as_a_whole(world: World, sign_in: SignIn, body: str) -> None:
    address = reverse("check_in_marks", args=[world.activity.pk])
    client = sign_in(world, "lead_officer")
    assert client.post(address, body, content_type="application/json").status_code == 400


def test_two_phones_hold_the_same_guest_and_the_last_to_arrive_counts(world: World) -> None:
    tap(world, world.guest, "came")
    tap(world, world.guest, "came", by="co_officer")
    tap(world, world.guest, "undo")
    assert not world.guest.is_there
    marks = queries.marks_of(world.guest)
    assert [str(m.marked_by) for m in marks] == ["Lead Officer", "Co Officer", "Lead Officer"]


@pytest.mark.django_db(transaction=True)
def test_two_phones_send_the_same_tap_at_the_same_moment(transactional_db: None) -> None:
    world = worlds.build()
    key = uuid4()

    def phone(name: str) -> object:
        return take(
            activity=world.activity, actor=actor(world, name), taps=[Tap(world.guest.pk, "came", key)]
        )

    assert race(lambda: phone("lead_officer"), lambda: phone("co_officer")) == ["done", "done"]
    assert AttendanceMark.objects.get().key == key


def test_the_database_refuses_the_impossible(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=world.guest.pk).update(left_at=at(9))
    key = UUID(int=7)
    AttendanceMark.objects.create(key=key, participation=world.guest, kind="came")
    with pytest.raises(IntegrityError), transaction.atomic():
        AttendanceMark.objects.create(key=key, participation=world.maker, kind="came")


def test_who_declined_and_stands_there_takes_part_until_it_is_undone(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="declined")
    tap(world, world.maker, "came")
    assert (world.maker.answer, world.maker.is_walk_in) == ("accepted", True)
    tap(world, world.maker, "undo")
    assert (world.maker.answer, world.maker.is_walk_in) == ("declined", False)


def test_a_substitute_is_checked_in_by_name(world: World) -> None:
    tap(world, world.guest, "substitute", name=" Priya Rao ")
    assert world.guest.substitute is not None
    assert (world.guest.substitute.name, world.guest.came) == ("Priya Rao", "substitute")
    tap(world, world.other_guest, "substitute")
    assert (world.other_guest.substitute, world.other_guest.came) == (None, "substitute")


def test_a_walk_in_on_the_day_is_checked_in_and_before_it_is_not(world: World) -> None:
    late = business("Datang Sendiri", agency=world.lead, owner=person("Pemilik"))
    early = business("Datang Awal", agency=world.lead, owner=person("Pemilik lain"))
    lead = actor(world, "lead_officer")
    with clock_at(at(8)):
        assert participants.walk_in(activity=world.activity, who=late, actor=lead).is_there
    with clock_at(at(8) - timedelta(days=9)):
        assert not participants.walk_in(activity=world.activity, who=early, actor=lead).is_there


def test_the_list_begins_with_those_expected_by_protocol(world: World) -> None:
    Participation.objects.filter(pk=world.guest.pk).update(answer="declined")
    assert queries.at_the_door(world.activity) == [
        world.other_guest, world.other_maker, world.maker, world.guest,
    ]  # fmt: skip


def test_counts(world: World) -> None:
    Participation.objects.filter(pk=world.other_maker.pk).update(answer="planned")
    tap(world, world.guest, "came")
    tap(world, world.maker, "came")
    tap(world, world.maker, "left")
    assert queries.attendance(world.activity) == {"invited": 3, "accepted": 3, "came": 2, "there": 1}
    with clock_at(at(9)), override("en"):
        (step,) = steps.day(actor(world, "lead_officer"), world.activity)
    assert [(figure.value, str(figure.label)) for figure in step.figures] == [
        (3, "invited"), (2, "came"), (1, "there now"),
    ]  # fmt: skip


def test_the_list_costs_the_same_for_three_and_thirty(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(reverse("check_in", args=[world.activity.pk]))
            client.get(reverse("check_in_marks", args=[world.activity.pk]))
        return len(found)

    client.get(reverse("check_in", args=[world.activity.pk]))
    few = cost()
    for n in range(30):
        made = business(f"Usaha {n}", agency=world.lead, owner=person(f"Orang {n}"))
        row = Participation.objects.create(
            activity=world.activity, side="maker", business=made, answer="accepted", person=person(f"P {n}")
        )
        tap(world, row, "came")
    assert cost() == few


def test_without_script_a_tap_is_a_form(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "co_officer")
    address = reverse("check_in_marks", args=[world.activity.pk])
    answer = client.post(address, {"mark": f"came:{world.guest.pk}"})
    assert answer["Location"] == reverse("check_in", args=[world.activity.pk])
    assert b"Embassy of India" in client.get(answer["Location"]).content
    for _ in range(2):
        client.post(address, {"mark": f"left:{world.guest.pk}", "key": str(UUID(int=9))})
    assert AttendanceMark.objects.filter(kind="left").count() == 1
    client.post(address, {"mark": "came:0"})
    assert AttendanceMark.objects.count() == 2


def test_the_badge_opens_one_tap_on_the_day_only(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse("participation", args=[world.guest.pk])
    button = f'value="came:{world.guest.pk}"'
    with clock_at(at(9, day=worlds.EVENT_DAY - timedelta(days=1))):
        assert button not in client.get(address).content.decode()
    with clock_at(at(9)):
        assert button in client.get(address).content.decode()
        answer = client.post(
            reverse("check_in_marks", args=[world.activity.pk]),
            {"mark": f"came:{world.guest.pk}", "from": "badge", "key": str(uuid4())},
        )
        assert answer["Location"] == address
        page = client.get(address).content.decode()
    assert button not in page
    assert f'value="undo:{world.guest.pk}"' in page
    assert "Lead Officer" in page


def test_officers_who_only_look_mark_nobody(world: World, sign_in: SignIn) -> None:
    world.activity.organiser_rows.filter(agency=world.co).update(role="support")
    client = sign_in(world, "co_officer")
    assert client.get(reverse("check_in", args=[world.activity.pk])).status_code == 200
    address = reverse("check_in_marks", args=[world.activity.pk])
    assert client.post(address, {"mark": f"came:{world.guest.pk}"}).status_code == 404
    assert not AttendanceMark.objects.exists()


def test_the_attendance_list_is_a_pdf_whatever_the_names(world: World) -> None:
    world.business.name = '=HYPERLINK("#") #strong[*x*] \\ $1$ 😀 مريم'
    world.business.save()
    tap(world, world.maker, "late")
    tap(world, world.guest, "left")
    assert attendance_list.attendance_list(world.activity).startswith(b"%PDF")


def test_it_is_the_servers_moment_that_is_kept(world: World) -> None:
    moment: datetime = at(9, 12)
    with clock_at(moment):
        tap(world, world.guest, "came")
    assert AttendanceMark.objects.get().arrived_at == moment
