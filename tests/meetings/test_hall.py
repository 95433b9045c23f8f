"""Interpreters, delegations and pauses of an activity: what officers say, what the engine is asked, what is shown."""

import io
from collections.abc import Callable, Sequence
from datetime import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.engines.meetings import parse_instance
from ekspora.meetings import workbook
from ekspora.meetings.models import Delegation, Interpreters, MeetingRequest, MeetingTerms
from ekspora.meetings.queries.agendas import MEETING, day_of
from ekspora.meetings.queries.hall import hall_of
from ekspora.meetings.queries.instance import asked_of, instance_of
from ekspora.meetings.queries.versions import plan_of
from ekspora.meetings.queries.what_if import Change, changed, effect_of
from ekspora.meetings.services import hall, moving, publishing, solving
from ekspora.programmes.models import Participation
from tests.meetings.crowd import all_wish, crowd, solve, solved
from tests.world import World

SignIn = Callable[[World, str], Client]


def interpreters(world: World, language: str = "ar", number: int = 1, **hours: time) -> None:
    actor = world.actor("lead_officer")
    hall.set_interpreters(activity=world.activity, language=language, number=number, actor=actor, **hours)


def people(
    world: World, *who: Participation, languages: Sequence[str] = (), pause: int | None = None
) -> None:
    hall.set_people(
        activity=world.activity, people=who, languages=languages, pause_after=pause, actor=world.actor("lead_officer")
    )  # fmt: skip


def delegation(
    world: World, first: int, last: int, *members: Participation, name: str = "Jeddah"
) -> Delegation:
    return hall.set_delegation(
        activity=world.activity, name=name, first_table=first, last_table=last, members=members,
        actor=world.actor("lead_officer"),
    )  # fmt: skip


def test_the_engine_is_asked_for_what_officers_said(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, languages=["ar"])
    people(world, world.maker, languages=["id", "en"], pause=1)
    delegation(world, 4, 5, world.guest)
    instance = instance_of(world.activity)
    assert parse_instance(instance.to_json()) == instance
    assert instance.interpreters == {"ar": 1}
    assert {r.id: r.interpreter for r in instance.requests if r.interpreter} == {
        f"{maker.pk}-{world.guest.pk}": "ar" for maker in (world.maker, world.other_maker)
    }
    assert [(d.id, d.members, d.tables) for d in instance.delegations] == [
        ("Jeddah", (str(world.guest.pk),), ("4", "5"))
    ]
    assert {p.id: p.pause_after for p in instance.participants}[str(world.maker.pk)] == 1
    assert instance.pauses == {3}


def test_interpreters_of_some_hours_count_in_slots_that_lie_within(world: World) -> None:
    all_wish(world)
    starts = [slot.starts_at.astimezone(world.activity.tz).time() for slot in asked_of(world.activity).slots]
    interpreters(world)
    interpreters(world, number=2, starts=starts[1], ends=starts[3])
    people(world, world.guest, languages=["ar"])
    instance = instance_of(world.activity)
    assert instance.interpreters == {"ar": (1, 3, 3, *[1] * (len(starts) - 3))}
    assert parse_instance(instance.to_json()) == instance
    interpreters(world, number=0)
    assert instance_of(world.activity).interpreters == {"ar": (0, 2, 2, *[0] * (len(starts) - 3))}
    assert changed(instance, Change(slots=1, interpreters=1)).interpreters["ar"] == (
        2, 4, 4, *[2] * (len(starts) - 3), 4
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        interpreters(world, starts=starts[1], ends=starts[1])


def test_without_them_the_instance_is_as_it_was(world: World) -> None:
    all_wish(world)
    people(world, world.guest, languages=["ar"])
    written = instance_of(world.activity).to_json()
    assert not {"interpreters", "delegations", "pauses"} & written.keys()
    assert not any("interpreter" in r for r in written["requests"])


def test_a_computed_timetable_keeps_them_and_says_why_a_wish_is_not_met(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    people(world, world.maker, world.other_maker, pause=1)
    delegation(world, 4, 4, world.guest, world.other_guest)
    plan = plan_of(solved(world))
    assert len(plan.at) == 4
    assert {place.table for place in plan.at.values()} == {"4"}
    assert len({place.slot for place in plan.at.values()}) == 4
    world.activity.agenda.filter(title="Temu bisnis").latest("starts_at").delete()
    version = solved(world)
    left = next(iter(version.result["unscheduled"]))
    assert len(plan_of(version).at) == 3
    assert left["code"] in ("no_interpreter", "delegation_full")


def test_a_conflict_names_the_interpreters(world: World) -> None:
    crowd(world, 2, 0)
    for maker in world.activity.participations.filter(side="maker", answer="accepted"):
        for guest in (world.guest, world.other_guest):
            MeetingRequest.objects.create(activity=world.activity, maker=maker, guest=guest, required=True)
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    job = solve(world)
    assert job.result["status"] == "infeasible"
    assert "7 temu bisnis wajib memerlukan juru bahasa Arab" in job.result["conflict"]["text"]["id"]


def test_by_hand_no_rule_is_broken(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    version = solved(world)
    plan = plan_of(version)
    (one, first), (two, second) = sorted(plan.at.items(), key=lambda row: row[1].slot)[:2]
    del one, second
    with pytest.raises(DomainError, match="Arab"):
        moving.place(
            version=version, actor=world.people["lead_officer"], request=two, slot=first.slot, table="5", lock=False
        )  # fmt: skip


def test_one_interpreter_less_says_which_meeting_is_lost(world: World) -> None:
    all_wish(world)
    interpreters(world, number=2)
    people(world, world.guest, world.other_guest, languages=["ar"])
    version = solved(world)
    interpreters(world, number=0)
    assert not Interpreters.objects.exists()
    after = moving.bring_up_to_date(version=version, actor=world.people["lead_officer"])
    assert len(plan_of(after).at) == 4
    interpreters(world, number=1)
    delegation(world, 1, 1, world.other_guest)
    updated = moving.bring_up_to_date(version=after, actor=world.people["lead_officer"])
    assert len(plan_of(updated).at) < 4


def test_what_if_knows_that_an_interpreter_binds(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    for item in world.activity.agenda.filter(title="Temu bisnis").order_by("-starts_at")[:1]:
        item.delete()
    assert effect_of(world.activity, 3, Change(tables=4)).more == 0
    assert effect_of(world.activity, 3, Change(slots=1)).more == 1
    assert effect_of(world.activity, 3, Change(interpreters=1)).more == 1


def test_what_if_asks_for_interpreters_only_where_there_are_some(world: World, sign_in: SignIn) -> None:
    all_wish(world)
    solved(world)
    client, address = sign_in(world, "lead_officer"), reverse("what_if", args=[world.activity.pk])
    assert "juru bahasa" not in client.get(address).content.decode()
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    solved(world)
    text = client.get(address, {"interpreters": 1}).content.decode()
    assert "juru bahasa lagi untuk setiap bahasa" in text
    assert "Terbukti" in text


def test_a_delegation_has_tables_and_a_name_of_its_own(world: World) -> None:
    first = delegation(world, 1, 2, world.guest)
    for last, name, text in ((9, "B", "1 sampai 5"), (3, "B", "Jeddah"), (4, "jeddah", "nama")):
        start = 2 if name == "B" and last == 3 else 4
        with pytest.raises(DomainError, match=text):
            delegation(world, start, last, name=name)
    second = delegation(world, 3, 3, world.guest, name="Riyadh")
    assert [row.participation for row in second.members.all()] == [world.guest]
    assert not first.members.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(activity=world.activity, name="C", first_table=3, last_table=2)
    hall.remove_delegation(delegation=second, actor=world.actor("lead_officer"))
    assert MeetingTerms.objects.get(participation=world.guest).delegation is None
    assert AuditEntry.objects.filter(action__startswith="hall.").count() == 3


def test_who_stays_elsewhere_keeps_the_timetable_from_being_computed(world: World) -> None:
    all_wish(world)
    world.maker.table = 4
    world.maker.save()
    delegation(world, 4, 5, world.guest)
    assert "delegasi Jeddah" in asked_of(world.activity).faults[0]
    with pytest.raises(DomainError, match="Jeddah"):
        solving.start_solving(
            activity=world.activity, actor=world.people["lead_officer"], seconds=5, base=None, as_before=False,
            back_to="/",
        )  # fmt: skip


def test_the_page_says_and_changes_it_all(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse("hall", args=[world.activity.pk])

    def send(**data: object) -> str:
        return client.post(address, data, follow=True).content.decode()

    assert "sepanjang hari" in send(action="interpreters", language="ar", number=2)
    assert "13.00 sampai 14.30" in send(
        action="interpreters", language="ar", number=1, starts="13:00", ends="14:30"
    )
    assert Interpreters.objects.count() == 2
    text = send(action="interpreters", language="ar", number=0, starts="13:00", ends="14:30")
    assert "13.00" not in text
    assert "Jeddah" in send(
        action="delegation", name="Jeddah", first_table=4, last_table=5, members=[world.guest.pk]
    )
    text = send(action="people", people=[world.guest.pk], languages=["ar", "fr"], pause_after=3)
    assert "Arab, Prancis" in text
    found = hall_of(world.activity)
    row = found.delegations[0][0]
    assert [who.id for who in found.delegations[0][1]] == [str(world.guest.pk)]
    changed = client.get(address, {"delegation": row.pk}).content.decode()
    assert f'value="{world.guest.pk}" checked' in changed
    send(action="delegation", delegation=row.pk, name="Riyadh", first_table=1, last_table=1, members=[])
    assert str(Delegation.objects.get()) == "Riyadh"
    send(action="remove_delegation", delegation=row.pk)
    assert not Delegation.objects.exists()
    terms = MeetingTerms.objects.get(participation=world.guest)
    assert (terms.languages, terms.pause_after) == (["ar", "fr"], 3)


@pytest.mark.parametrize(
    "data",
    [
        {"action": "interpreters", "language": "xx", "number": 1},
        {"action": "interpreters", "language": "ar", "number": 1, "starts": "14:00", "ends": "13:00"},
        {"action": "people", "people": [], "languages": ["ar"]},
        {"action": "people", "people": [1], "pause_after": 0},
        {"action": "delegation", "name": "", "first_table": 1, "last_table": 2},
    ],
)
def test_the_page_shows_what_is_wrong(world: World, sign_in: SignIn, data: dict[str, object]) -> None:
    answer = sign_in(world, "lead_officer").post(reverse("hall", args=[world.activity.pk]), data)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert [model.objects.count() for model in (Interpreters, MeetingTerms, Delegation)] == [0, 0, 0]


def test_an_unknown_action_or_delegation_of_another_activity_is_not_found(
    world: World, sign_in: SignIn
) -> None:
    client, address = sign_in(world, "lead_officer"), reverse("hall", args=[world.activity.pk])
    assert client.post(address, {"action": "nonsense"}).status_code == 404
    assert client.get(address, {"delegation": 999}).status_code == 404


def test_the_timetable_shows_use_by_slot_tables_and_pauses(world: World, sign_in: SignIn) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, world.other_guest, languages=["ar"])
    people(world, world.maker, pause=1)
    delegation(world, 4, 4, world.guest, world.other_guest)
    version = solved(world)
    key = next(iter(plan_of(version).at))
    client = sign_in(world, "lead_officer")
    text = client.get(reverse("timetable", args=[world.activity.pk])).content.decode()
    assert text.count("<b>1/1</b>") == 8
    assert text.count("0/1") == 4
    assert "Juru bahasa Arab" in text
    assert "<small>Jeddah</small>" in text
    panel = client.get(reverse("timetable", args=[world.activity.pk]), {"meeting": key}).content.decode()
    assert "delegasi Jeddah" in panel
    assert "istirahat setelah 1 temu bisnis" in panel


def test_without_them_the_timetable_says_nothing(world: World, sign_in: SignIn) -> None:
    all_wish(world)
    solved(world)
    text = sign_in(world, "lead_officer").get(reverse("timetable", args=[world.activity.pk])).content.decode()
    assert "hall-title" not in text


def test_the_own_day_says_that_an_interpreter_comes(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, languages=["ar"])
    publishing.publish(version=solved(world), actor=world.people["lead_officer"], seen=0)
    stops = {stop.title: stop.text for stop in day_of(world.maker).stops if stop.kind == MEETING}
    assert [text.endswith("Juru bahasa Arab") for text in stops.values()].count(True) == 1
    assert stops[world.guest.label].endswith("Juru bahasa Arab")


def test_the_workbook_names_the_interpreter(world: World) -> None:
    all_wish(world)
    interpreters(world)
    people(world, world.guest, languages=["ar"])
    data = workbook.timetable(world.activity, solved(world))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "Juru bahasa"
    assert sorted(str(row[-1]) for row in rows[1:]) == ["", "", "Arab", "Arab"]


def test_many_people_cost_no_more_queries(world: World, sign_in: SignIn) -> None:
    client, address = sign_in(world, "lead_officer"), reverse("hall", args=[world.activity.pk])
    people(world, world.guest, languages=["ar"])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    crowd(world, 8, 8)
    people(world, *world.activity.participations.all(), languages=["ar"], pause=2)
    delegation(world, 1, 3, *world.activity.participations.filter(side="guest"))
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)
