"""Erasing finds the person also where their records went: in a record made one with another, in reasons and names."""

import pytest
from django.apps import apps

from ekspora.core.models import AuditEntry, Message, Person
from ekspora.core.services import erasure, people
from ekspora.directory.models import Business, Consent, Import, ImportedRow, Merger
from ekspora.directory.services import businesses, claims, merging, registrations
from tests.directory.addresses import an_import
from tests.directory.arrivals import claimed, in_register, registered
from tests.directory.test_consents import brought_in, given, owner_of
from tests.world import World

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Siti Rahmawati", "+6281298765432"


def _places_of(*words: str) -> list[str]:
    """Every table that holds one of the words."""
    return [
        f"{model._meta.label}: {word} in {row}"
        for model in apps.get_models()
        for row in model._default_manager.values()
        for word in words
        if word in str(row)
    ]


def _called(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(name=NAME, phone=NUMBER)
    person.refresh_from_db()
    return person


def _facts(business: Business, owner: Person) -> None:
    about = {"phone": NUMBER, "about": f"Dirintis {NAME}", "address": f"d.a. {NAME}"}
    businesses.edit(business=business, actor=owner, values=about)


def _twin(world: World, owner: Person) -> Business:
    made = businesses.register(
        agency=world.lead, actor=world.people["lead_officer"], values={"name": "Kopi Puntang Dua"}
    )
    businesses.list_with(business=made, agency=world.co, actor=None)
    made.stewards.create(person=owner, role="owner")
    return made


@pytest.mark.parametrize("undone", [False, True])
def test_a_record_made_one_with_another_keeps_nothing_of_an_erased_owner(world: World, undone: bool) -> None:
    owner, officer = _called(world.people["owner"]), world.people["lead_officer"]
    twin = _twin(world, owner)
    _facts(twin, owner)
    done = merging.merge(kept=world.business, gone=twin, agency=world.lead, actor=officer)
    assert Business.objects.get(pk=world.business.pk).phone == NUMBER
    erasure.erase(person=owner)
    if undone:
        merging.undo(merger=Merger.objects.get(pk=done.pk), actor=officer)
        assert set(Business.objects.values_list("phone", flat=True)) == {""}
    assert _places_of(NAME, NUMBER) == []


def test_why_a_claim_was_refused_no_longer_names_who_claimed(world: World) -> None:
    in_register(world)
    claim = claimed(world, _called(world.people["stranger"]))
    officer = world.people["lead_officer"]
    claims.refuse(claim=claim, reason=f"{NAME} tidak dikenal", agency=world.lead, actor=officer)
    erasure.erase(person=claim.person)
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("refused", "… tidak dikenal")
    assert _places_of(NAME, NUMBER) == []


def test_what_a_companion_was_told_no_longer_names_the_owner(world: World) -> None:
    made = brought_in(world)
    officer = world.people["lead_officer"]
    registrations.refuse(registration=made, reason="Pak Budi tidak menjawab", actor=officer)
    told = Message.objects.get(person=world.people["companion"])
    assert "Pak Budi tidak menjawab" in told.body
    erasure.erase(person=owner_of(made))
    assert _places_of("Pak Budi") == []
    told.refresh_from_db()
    assert "tidak menjawab" in told.body


def test_a_file_that_is_called_after_the_person_is_so_no_more(world: World) -> None:
    owner, source = _called(world.people["owner"]), an_import(world)
    Import.objects.filter(pk=source.pk).update(file_name=f"Data {NAME}.csv")
    ImportedRow.objects.create(source=source, row=2, hash="x", target_type="core.person", target_id=owner.pk,
                               effect="created")  # fmt: skip
    erasure.erase(person=owner)
    source.refresh_from_db()
    assert source.file_name == "Data ….csv"


def test_the_words_agreed_to_stay_whatever_their_owner_called_themselves(world: World) -> None:
    made = registered(world)
    Consent.objects.filter(pk=given(made).pk).update(wording="Saya setuju nama saya disimpan.")
    people.correct(person=made.person, name="setuju", phone="", has_whatsapp=False)
    made.person.refresh_from_db()
    erasure.erase(person=made.person)
    assert given(made).wording == "Saya setuju nama saya disimpan."


def test_the_trail_says_what_happened_and_to_what(world: World) -> None:
    made, officer = registered(world), world.people["lead_officer"]
    registrations.keep(registration=made, actor=officer)
    businesses.edit(business=made.business, actor=officer, values={"about": "Milik Ibu Sari"})
    before = list(
        AuditEntry.objects.order_by("pk").values_list("pk", "action", "target_id", "at", "actor_id")
    )
    erasure.erase(person=made.person)
    after = AuditEntry.objects.order_by("pk").values_list("pk", "action", "target_id", "at", "actor_id")
    assert list(after)[: len(before)] == before
    assert _places_of("Ibu Sari") == []
