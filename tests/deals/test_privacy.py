"""What this room holds about a person, and that forgetting them leaves what others rely on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from ekspora.core import clock, privacy
from ekspora.core.actors import Actor
from ekspora.core.models import AuditEntry, Membership, Person
from ekspora.core.services import audit, erasure, retention
from ekspora.deals.models import Commitment, Deal, DealStep, Handover, Inquiry, LaterAnswer, LaterQuestion
from ekspora.deals.services import commitments
from ekspora.directory.models import Buyer
from tests.deals.promises import promised, successor, told
from tests.meetings.outcomes import NOON
from tests.world import World

START = datetime(2027, 3, 10, 9, tzinfo=UTC)


def _inquiry(world: World, **more: Any) -> Inquiry:
    values = {
        "key": uuid4(), "scope": world.activity.scope, "business": world.business, "mission": world.mission,
        "agency": world.lead, "name": "Ravi Kumar", "company": "Mumbai Spices", "country": "IN",
        "email": "ravi@spices.example.in", "words": "I look for the coffee Siti Rahmawati showed", "asked_at": START,
    }  # fmt: skip
    return Inquiry.objects.create(**{**values, **more})


@pytest.fixture
def known(world: World) -> World:
    """Promises, a deal, an inquiry and later answers in which the owner and the guest are named."""
    owner, guest = world.people["owner"], world.people["representative"]
    Person.objects.filter(pk=owner.pk).update(name="Siti Rahmawati", phone="+6281298765432")
    Person.objects.filter(pk=guest.pk).update(name="Ratu Naulivou", email="ratu@fiji.example.org")
    for person in (owner, guest):
        person.refresh_from_db()
    told(world, "samples", "fair")
    samples, fair = Commitment.objects.order_by("due")
    officer = world.people["lead_officer"]
    commitments.settle(commitment=samples, account="Siti Rahmawati (0812-9876-5432) mengirim", actor=owner)
    who, _guest = successor(world)
    commitments.hand_over(commitments=[fair], taker=who, reason="Ratu Naulivou pindah", actor=officer)
    promised(world, "other", "guest", text="Ratu Naulivou sends photos", actor=guest)
    buyer = Buyer.objects.create(name="Mumbai Spices", country="IN")
    deal = Deal.objects.create(
        business=world.business, buyer=buyer, subject="Kopi dari Siti Rahmawati", agency=world.lead, owner=owner,
        encounter=samples.encounter, created_by=owner,
    )  # fmt: skip
    DealStep.objects.create(
        deal=deal, rung="interest", happened_on=date(2027, 3, 10), evidence="statement", noted_by=owner,
        reference="kata Ratu Naulivou",
    )  # fmt: skip
    _inquiry(world)
    assert samples.encounter is not None
    LaterAnswer.objects.create(
        encounter=samples.encounter, side="guest", stage="talking", words="Ask Siti Rahmawati", said_by=guest
    )
    LaterQuestion.objects.create(participation=world.guest, number=1, asked_by=officer)
    return world


def _rows_naming(*words: str) -> list[str]:
    rows: list[Any] = [
        row for model in apps.get_app_config("deals").get_models() for row in model._default_manager.values()
    ]
    rows += list(AuditEntry.objects.values("action", "details"))
    return [f"{word}: {row}" for row in rows for word in words if word in str(row)]


def test_nothing_names_an_erased_person_and_everything_stays(known: World) -> None:
    owner, guest = known.people["owner"], known.people["representative"]
    models = list(apps.get_app_config("deals").get_models())
    before = [model._default_manager.count() for model in models]
    words = ("Siti Rahmawati", "0812-9876-5432", "Ratu Naulivou")
    assert all(_rows_naming(word) for word in words), "the test would not notice"
    for person in (owner, guest):
        erasure.erase(person=person)
    assert _rows_naming(*words) == []
    assert [model._default_manager.count() for model in models] == before
    samples = Commitment.objects.get(kind="samples")
    assert (samples.state, samples.account, samples.owner, samples.settled_by) == (
        "kept",
        "… (…) mengirim",
        None,
        None,
    )
    handed = Handover.objects.get()
    assert (handed.giver, handed.reason) == (None, "… pindah")
    assert handed.taker is not None
    assert LaterAnswer.objects.get().stage == "talking"
    assert all(report.broken_at is None for report in audit.verify())


def test_no_column_points_to_an_erased_person(known: World) -> None:
    officer = known.people["lead_officer"]
    Membership.objects.filter(person=officer).delete()
    people = [known.people[name] for name in ("owner", "representative")] + [officer]
    for person in people:
        erasure.erase(person=person)
    for model in apps.get_app_config("deals").get_models():
        for field in model._meta.fields:
            if field.related_model is Person:
                found = model._default_manager.filter(**{f"{field.name}__in": people})
                assert not found.exists(), f"{model.__name__}.{field.name}"


def test_a_person_reads_what_is_held(known: World) -> None:
    owner = privacy.everything_about(Actor(known.people["owner"]))
    assert {row["kind"] for row in owner["promises"]} >= {"samples"}
    assert owner["deals"][0]["subject"] == "Kopi dari Siti Rahmawati"
    assert owner["deal_steps"][0]["rung"] == "interest"
    guest = privacy.everything_about(Actor(known.people["representative"]))
    assert guest["handovers"][0]["reason"] == "Ratu Naulivou pindah"
    assert guest["later_answers"][0]["words"] == "Ask Siti Rahmawati"
    assert guest["later_questions"][0]["number"] == 1
    lists = {name for found in (owner, guest) for name, records in found.items() if isinstance(records, list)}
    assert lists <= privacy.titles.keys()


def test_an_importer_with_the_persons_email_is_forgotten_with_them(world: World) -> None:
    row = _inquiry(world, email=world.people["stranger"].email.upper())
    assert (
        privacy.everything_about(Actor(world.people["stranger"]))["inquiries"][0]["company"]
        == "Mumbai Spices"
    )
    erasure.erase(person=world.people["stranger"])
    row.refresh_from_db()
    assert (row.name, row.email, row.words, row.company) == ("", "", "", "Mumbai Spices")


def test_who_inquired_and_was_not_taken_up_goes_after_two_years(world: World) -> None:
    waiting, refused = _inquiry(world), _inquiry(world, state="refused", answer="stok habis")
    buyer = Buyer.objects.create(name="Mumbai Spices", country="IN")
    deal = Deal.objects.create(business=world.business, buyer=buyer, subject="Kopi", agency=world.lead)
    taken = _inquiry(world, state="taken", deal=deal)
    with clock.at(START + timedelta(days=729)):
        assert "inquiries" not in retention.tidy()
    with clock.at(START + timedelta(days=731)):
        assert retention.tidy()["inquiries"] == 2
        assert "inquiries" not in retention.tidy()
    for row in (waiting, refused, taken):
        row.refresh_from_db()
    assert [(row.name, row.email) for row in (waiting, refused)] == [("", "")] * 2
    assert (taken.name, taken.words) == ("Ravi Kumar", "I look for the coffee Siti Rahmawati showed")
    assert (waiting.company, waiting.mission) == ("Mumbai Spices", world.mission)


def test_the_other_side_still_reads_a_promise_of_somebody_erased(known: World, sign_in: Any) -> None:
    erasure.erase(person=known.people["representative"])
    with clock.at(NOON):
        page = sign_in(known, "owner").get(f"/my/{known.maker.pk}/promises/")
    assert page.status_code == 200
    assert "pameran" in page.content.decode()
