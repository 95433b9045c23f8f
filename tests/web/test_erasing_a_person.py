"""Erasing through all rooms: nothing that names the person is left, and every page still opens."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from ekspora.core import clock, privacy
from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry, Membership, Message, Person
from ekspora.core.services import audit, erasure, outbox
from ekspora.demand.services import demands
from ekspora.directory.models import Business, Import, Representative, Stewardship
from ekspora.directory.services import businesses, guests, importing, stewards
from ekspora.meetings.models import Meeting, TimetableVersion, Wish
from ekspora.meetings.services import moving, publishing, requests, wishes
from ekspora.programmes.letters import letters_data
from ekspora.programmes.models import Participation
from ekspora.programmes.services import answers
from tests.directory.registers import COFFEE, HEADERS, REPRESENTATIVES, as_csv, changed
from tests.meetings.crowd import drafted
from tests.world import World

Capture = Callable[..., AbstractContextManager[Any]]
OWNER = ("Siti Rahmawati", "98765432", "siti@kopi.example.org")
GUEST = ("Ratu Naulivou", "trade@fiji.example.org", "Adi Cakobau", "deputy@fiji.example.org")
COFFEE_ROW = changed(COFFEE, phone="0812-9876-5432")
FIJI = ("Mr.", "Ratu Naulivou", "Trade attaché", "Fiji", "", "trade@fiji.example.org", "Coffee")


@pytest.fixture(autouse=True)
def _before_the_activity(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.at(datetime(2027, 2, 1, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def known(world: World, django_capture_on_commit_callbacks: Capture) -> World:
    """A maker and a guest who came by a register, answered, marked, met, and were written about."""
    with django_capture_on_commit_callbacks(execute=True):
        _import(world)
        _write_about(world)
    return world


def _import(world: World) -> None:
    for kind, headers, row in (
        ("businesses", HEADERS, COFFEE_ROW),
        ("representatives", REPRESENTATIVES, FIJI),
    ):
        for cells in (row, tuple(cell.replace("0812-9876-5432", "0812-9876-5433") for cell in row)):
            source = importing.take(
                agency=world.lead, actor=world.actor("lead_officer"), kind=kind, file_name=f"{kind}.csv",
                data=as_csv(headers, cells, ("?",) * len(cells)), scope=world.activity.scope,
            )  # fmt: skip
            importing.write(source=source)
            importing.write(source=source)


def _write_about(world: World) -> None:
    officer, lead = world.people["lead_officer"], world.actor("lead_officer")
    owner, guest = _owner(), _guest()
    business = Business.objects.get(name=COFFEE[0])
    Person.objects.filter(pk=owner.pk).update(phone="+6281298765432", email=OWNER[2])
    owner.refresh_from_db()
    facts = {
        "phone": owner.phone, "email": owner.email, "about": "Dirintis Siti Rahmawati (0812 9876 5432).",
    }  # fmt: skip
    businesses.edit(business=business, actor=officer, values=facts)
    companion = world.people["companion"]
    stewards.name_companion(business=business, person=companion, consent="kata Siti Rahmawati", actor=officer)
    guests.edit(
        representative=guest.representative, agency=world.lead, actor=officer,
        person={"phone": "+6281200001111"}, mission=guest.representative.mission, values={},
    )  # fmt: skip
    maker_row, guest_row = _rows(world)
    Participation.objects.update(answer=Participation.Answer.INVITED)
    answers.decline(participation=maker_row, actor=lead, reason="Siti Rahmawati sakit")
    answers.accept(participation=maker_row, actor=lead)
    Participation.objects.filter(pk=maker_row.pk).update(answer_note="Siti Rahmawati sakit")
    answers.accept(participation=guest_row, actor=lead, substitute=answers.Name("", GUEST[2], email=GUEST[3]))
    Participation.objects.update(answer=Participation.Answer.ACCEPTED)
    maker_row, guest_row = _rows(world)
    demand = demands.take_down(
        representative=guest.representative, agency=world.lead, actor=officer,
        values={"text": "Coffee; ask Ratu Naulivou", "owner": officer},
    )  # fmt: skip
    demands.answer(demand=demand, text="Told trade@fiji.example.org", actor=officer)
    wishes.mark(chooser=guest_row, chosen=maker_row, mark="must", actor=guest)
    wishes.mark(chooser=maker_row, chosen=guest_row, mark="like", actor=owner)
    decision = requests.Decision(weight=9, note="Siti Rahmawati minta pagi")
    requests.decide(maker=maker_row, guest=guest_row, decision=decision, actor=lead)
    made = drafted(world, {(maker_row, guest_row): (1, "1")})
    key = f"{maker_row.pk}-{guest_row.pk}"
    made = moving.place(version=made, actor=officer, request=key, slot=2, table="1", lock=False)
    publishing.publish(version=made, actor=officer, seen=0)
    drafts = [outbox.Draft(person=owner, kind="test", key="k", subject="Siti", body="Halo Siti Rahmawati")]
    outbox.prepare(agency=world.lead, topic=world.activity.scope, drafts=drafts, actor=officer)


def _owner() -> Person:
    return Person.objects.get(name=OWNER[0])


def _guest() -> Person:
    return Person.objects.get(name=GUEST[0])


def _rows(world: World) -> tuple[Participation, Participation]:
    rows = Participation.objects.filter(activity=world.activity)
    return (
        rows.get(business__name=COFFEE[0]),
        rows.get(representative__mission__country="FJ", representative__person__email=GUEST[1]),
    )


def _erase_all(capture: Capture) -> None:
    deputy = Person.objects.get(name=GUEST[2])
    with capture(execute=True):
        for person in (_owner(), _guest(), deputy):
            erasure.erase(person=person)


def _places_of(*words: str) -> list[str]:
    """Every table and file that holds one of the words."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            found += [f"{model._meta.label}: {word} in {row}" for word in words if word in str(row)]
    for path in Path(default_storage.path("")).rglob("*.bin"):
        text = path.read_text()
        found += [f"file: {word}" for word in words if word in text]
    return found


def test_nothing_that_names_an_erased_person_is_left(
    known: World, django_capture_on_commit_callbacks: Capture
) -> None:
    numbers = ("0812-9876", "0812 9876", "81298765432", "81298765433", "81200001111")
    words = (*OWNER, *GUEST, *numbers)
    for word in (*OWNER, *GUEST, "81298765433", "81200001111"):
        assert _places_of(word), f"the test would not notice {word}"
    _erase_all(django_capture_on_commit_callbacks)
    assert _places_of(*words) == []
    assert all(report.broken_at is None for report in audit.verify())


def test_meetings_marks_and_counts_stay(known: World, django_capture_on_commit_callbacks: Capture) -> None:
    def counts() -> tuple[int, ...]:
        kinds = (Participation, Meeting, TimetableVersion, Wish, Business, Representative, Import)
        return tuple(kind._default_manager.count() for kind in kinds)

    before = counts()
    _erase_all(django_capture_on_commit_callbacks)
    assert counts() == before
    assert not Stewardship.objects.filter(person__name="").exists()
    assert not Representative.objects.get(person__name="").listed_by.exists()


def test_what_others_wrote_and_hold_stays(known: World, django_capture_on_commit_callbacks: Capture) -> None:
    told = AuditEntry.objects.filter(action="activity.enrol").exclude(details=None).count()
    _erase_all(django_capture_on_commit_callbacks)
    business = Business.objects.get(name=COFFEE[0])
    assert business.about == "Dirintis … (…)."
    assert business.nib == COFFEE[1]
    assert (
        not business.stewards.exists()
    )  # who agreed to the companion is gone, and so is the companion's say
    assert Message.objects.exclude(person__name="").exists()
    assert AuditEntry.objects.filter(action="activity.enrol").exclude(details=None).count() == told


def test_timetables_hold_numbers_only(known: World) -> None:
    for version in TimetableVersion.objects.all():
        text = f"{version.instance}{version.result}{version.slots}"
        assert not [person.name for person in Person.objects.all() if person.name in text]


@pytest.mark.parametrize(("language", "words"), [("id", "orang yang dihapus"), ("en", "erased person")])
def test_every_page_opens_and_shows_an_erased_person(
    known: World, sign_in: Any, django_capture_on_commit_callbacks: Capture, language: str, words: str
) -> None:
    maker, guest = _rows(known)
    _erase_all(django_capture_on_commit_callbacks)
    officer = known.people["lead_officer"]
    Person.objects.filter(pk=officer.pk).update(language=language)
    client: Client = sign_in(known, "lead_officer")
    activity, number = known.activity.pk, TimetableVersion.objects.latest("number").number
    demand = guest.representative.demands.get() if guest.representative else None
    naming = [
        reverse("participants", args=[activity]),
        reverse("participation", args=[guest.pk]),
        reverse("requests", args=[activity]) + "?show=all",
        reverse("request_edit", args=[activity, maker.pk, guest.pk]),
        reverse("timetable", args=[activity]) + f"?version={number}&person={guest.pk}",
        reverse("demands") + "?state=answered",
        reverse("demand_edit", args=[demand.pk if demand else 0]),
    ]
    silent = [
        reverse("home"),
        reverse("audit"),
        reverse("business", args=[maker.business_id]),
        reverse("businesses"),
        reverse("representatives"),
        reverse("imports"),
        reverse("queue", args=[known.activity.scope]),
        reverse("activity", args=[activity]),
        reverse("agenda", args=[activity]),
        reverse("invite", args=[activity]),
        reverse("prints", args=[activity]),
        reverse("participation", args=[maker.pk]),
        reverse("timetable_compare", args=[activity, 1, number]),
        *(reverse("import_preview", args=[pk]) for pk in Import.objects.values_list("pk", flat=True)),
    ]
    for address in naming + silent:
        page = client.get(address)
        assert page.status_code == 200, address
        assert (words in page.content.decode()) or address in silent, address
    corrections = client.get(reverse("import_corrections", args=[Import.objects.latest("pk").pk]))
    assert corrections.status_code == 302  # the file is gone, and the page says so


def test_a_letter_names_nobody_who_was_erased(
    known: World, django_capture_on_commit_callbacks: Capture
) -> None:
    maker, guest = _rows(known)
    _erase_all(django_capture_on_commit_callbacks)
    people = Participation.objects.filter(pk__in=[maker.pk, guest.pk])
    letters = letters_data(known.activity, [], people)["letters"]
    assert [letter.get("people", letter.get("person")) for letter in letters] == [[], ""]


def test_an_import_can_still_be_undone(known: World, django_capture_on_commit_callbacks: Capture) -> None:
    _erase_all(django_capture_on_commit_callbacks)
    for source in Import.objects.order_by("-pk"):
        importing.undo(source=source, actor=known.actor("lead_officer"))
    assert _places_of(*OWNER, *GUEST) == []


def test_an_upload_that_only_quotes_the_person_goes_too(
    known: World, django_capture_on_commit_callbacks: Capture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        source = importing.take(
            agency=known.elsewhere, actor=None, kind="businesses", file_name="b.csv",
            data=as_csv(HEADERS, changed(COFFEE_ROW, name="Usaha Lain", nib="")),
        )  # fmt: skip
    _erase_all(django_capture_on_commit_callbacks)
    assert _places_of(*OWNER) == []
    source.refresh_from_db()
    with pytest.raises(DomainError):
        importing.write(source=source)


def test_what_is_held_is_told_by_every_room(known: World) -> None:
    told = {person.name: privacy.everything_about(Actor(person)) for person in (_owner(), _guest())}
    owner, guest = told[OWNER[0]], told[GUEST[0]]
    assert owner["businesses"][0]["nib"] == COFFEE[1]
    assert owner["products"][0]["name"] == "Kopi arabika sangrai"
    assert [row["source__file_name"] for row in owner["imported"]] == ["businesses.csv"] * 2
    assert owner["participations"][0]["answer_note"] == "Siti Rahmawati sakit"
    assert owner["messages"]
    assert owner["meetings"][0]["table"] == "1"
    assert guest["representative"][0]["mission__name"] == "Embassy of Fiji"
    assert guest["demands"][0]["text"] == "Coffee; ask Ratu Naulivou"
    assert guest["marks"][0]["mark"] == "must"
    lists = {name for found in told.values() for name, records in found.items() if isinstance(records, list)}
    assert lists <= privacy.titles.keys()


def test_an_officer_who_handed_over_is_erased_without_the_trail_losing_what_was_done(known: World) -> None:
    officer = known.people["lead_officer"]
    Membership.objects.filter(person=officer).delete()
    kept = AuditEntry.objects.filter(action="timetable.publish").values_list("details", flat=True).get()
    erasure.erase(person=officer)
    entry = AuditEntry.objects.get(action="timetable.publish")
    assert (entry.details, entry.actor_id) == (kept, officer.pk)
    assert TimetableVersion.objects.latest("number").created_by == Person.objects.get(pk=officer.pk)
    assert _places_of("lead.officer@example.org", "Lead Officer") == []
