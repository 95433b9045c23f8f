"""Consent: who agreed to which words, of which version, when and how; proven for long, taken back in one press."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core import privacy, queries
from ekspora.core.actors import Actor
from ekspora.core.models import Account, AuditEntry, Message, Person
from ekspora.core.services import erasure
from ekspora.directory import wording
from ekspora.directory.models import Consent, Registration, Stewardship
from ekspora.directory.queries.businesses import own_businesses
from ekspora.directory.services import claims, registrations, stewards, taking_back
from ekspora.directory.services.consents import Said
from ekspora.directory.views.keys import key_of
from tests.directory.addresses import jpeg
from tests.directory.arrivals import NIB, PHONE, by_link, claimed, in_register, registered
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
Capture = Any


def brought_in(world: World, *, how: str = "Companion bertanya lewat WhatsApp") -> Registration:
    """A business that the companion registered for its owner, with a letter."""
    paper = ContentFile(jpeg(), "izin.jpg")
    return registrations.add(
        key=uuid4(), agency=world.lead, person=world.people["companion"], scope="", product="Kopi",
        values={"name": "Kopi Budi", "phone": PHONE, "province": "32"},
        agreed=wording.consent_of_owner("Pak Budi"), owner={"name": "Pak Budi", "phone": PHONE, "language": "id"},
        said=Said(how, date(2026, 11, 3), paper),
    )  # fmt: skip


def owner_of(made: Registration) -> Person:
    return made.business.stewards.get(role="owner").person


def given(made: Registration) -> Consent:
    assert made.consent is not None
    return Consent.objects.get(pk=made.consent.pk)


def test_words_and_their_version_go_together() -> None:
    """Whoever changes the words, in either language, gives them another version and then puts this digest right."""
    texts = []
    for language in ("id", "en"):
        with override(language):
            texts += [wording.consent(), wording.consent_of_owner("X"), wording.consent_to_companion()]
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    assert (wording.VERSION, digest[:16]) == ("2026-11", "74fe6ee5b95a25ed")


def test_what_a_companion_notes_says_who_agreed_how_and_when(world: World) -> None:
    made = brought_in(world)
    consent = given(made)
    companion = world.people["companion"]
    assert (consent.person, consent.companion, consent.business) == (owner_of(made), companion, made.business)
    assert (consent.recorded_by, consent.recorded_as) == (companion, "companion")
    assert (consent.given_on, consent.version) == (date(2026, 11, 3), wording.VERSION)
    assert "Pak Budi" in consent.wording
    assert AuditEntry.objects.filter(action="consent.give").count() == 1


def test_who_registers_agrees_themselves(world: World) -> None:
    consent = given(made := registered(world))
    assert (consent.person, consent.recorded_by, consent.recorded_as) == (made.person, made.person, "owner")
    assert consent.companion is None


def test_a_consent_has_words_a_version_and_a_way(world: World) -> None:
    made = given(brought_in(world))
    for column in ("wording", "version", "how"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=made.pk).update(**{column: ""})


def test_the_owner_is_told_and_sees_and_takes_back_what_was_said_of_them(
    world: World, client: Client
) -> None:
    made = brought_in(world)
    owner = owner_of(made)
    message = Message.objects.get(person=owner)
    assert (message.state, message.address, message.topic) == ("draft", PHONE, f"arrivals:{world.lead.pk}")
    assert "Companion" in message.body
    actor = by_link(owner)
    assert message.link_scope == actor.scope
    assert list(own_businesses(actor)) == [made.business]
    client.force_login(account_of(owner), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["link_scope"] = actor.scope
    session.save()
    assert given(made).wording in client.get(message.link_target).content.decode()
    for _twice in range(2):
        client.post(reverse("my_consent_withdraw", args=[given(made).pk]))
    assert given(made).withdrawn_at is not None
    assert not Stewardship.objects.filter(business=made.business, role="companion").exists()
    assert [asked.person for asked in queries.asked_to_erase(frozenset({world.lead.pk}))] == [owner]
    assert AuditEntry.objects.filter(action="consent.withdraw").count() == 1


def account_of(person: Person) -> Any:
    return Account.objects.get_or_create(person=person)[0]


def test_a_companion_does_not_take_back_what_the_owner_agreed_to(world: World, sign_in: SignIn) -> None:
    made = brought_in(world)
    client = sign_in(world, "companion")
    assert client.post(reverse("my_consent_withdraw", args=[given(made).pk])).status_code == 404
    assert given(made).withdrawn_at is None


def test_a_link_into_an_activity_shows_no_consent(world: World) -> None:
    made = brought_in(world)
    inside = Actor(owner_of(made), scope=world.activity.scope)
    assert privacy.everything_about(inside)["consents"] == []
    assert len(privacy.everything_about(by_link(owner_of(made)))["consents"]) == 1


def test_my_data_holds_the_words_for_the_owner_and_not_for_who_noted_them(world: World) -> None:
    made = brought_in(world)
    held = privacy.everything_about(Actor(owner_of(made)))["consents"][0]
    assert (held["wording"], held["version"], held["how"]) == (
        given(made).wording, wording.VERSION, "Companion bertanya lewat WhatsApp",
    )  # fmt: skip
    noted = privacy.everything_about(Actor(world.people["companion"]))
    assert noted["consents"] == []
    assert noted["consents_noted"][0]["business__name"] == "Kopi Budi"
    assert "wording" not in noted["consents_noted"][0]


def test_the_proof_outlives_the_companion_without_their_name(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    made = brought_in(world)
    before = given(made)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(person=world.people["companion"])
    after = given(made)
    assert after.wording == before.wording
    assert after.how == "… bertanya lewat WhatsApp"
    assert (after.given_on, after.version, after.withdrawn_at) == (before.given_on, before.version, None)
    assert default_storage.exists(str(before.paper.name))
    assert after.paper.name == before.paper.name


def test_what_the_owner_is_told_names_no_erased_companion(world: World) -> None:
    made = brought_in(world)
    assert "Companion" in Message.objects.get(person=owner_of(made)).body
    erasure.erase(person=world.people["companion"])
    body = Message.objects.get(person=owner_of(made)).body
    assert "Companion" not in body
    assert "Kopi Budi" in body


def test_the_proof_outlives_the_owner_without_their_name_and_letter(
    world: World, django_capture_on_commit_callbacks: Capture
) -> None:
    made = brought_in(world)
    before = given(made)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(person=owner_of(made))
    after = Consent.objects.get(pk=before.pk)
    assert "Budi" not in after.wording + after.how
    assert after.wording.endswith(before.wording[-40:])
    assert (after.given_on, after.version, after.paper.name) == (before.given_on, before.version, "")
    assert after.withdrawn_at is not None
    assert not default_storage.exists(str(before.paper.name))


def test_an_officer_notes_the_consent_to_a_companion_and_the_owner_takes_it_back(world: World) -> None:
    new, officer = Person.objects.create(name="Wulan"), world.people["lead_officer"]
    stewards.name_companion(business=world.business, person=new, consent="lisan", actor=officer)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.person, consent.recorded_as) == (
        "companion", world.people["owner"], "officer",
    )  # fmt: skip
    taking_back.take_back(consent=consent, actor=world.people["owner"])
    assert not world.business.stewards.filter(person=new).exists()
    assert not queries.asked_to_erase(frozenset({world.lead.pk}))  # the record stays theirs


def test_ending_a_companion_ends_the_consent(world: World) -> None:
    new = Person.objects.create(name="Wulan")
    steward = stewards.name_companion(business=world.business, person=new, consent="lisan", actor=None)
    stewards.withdraw(steward=steward, actor=world.people["lead_officer"])
    assert Consent.objects.get().withdrawn_at is not None


def test_who_claims_without_signing_in_agreed_too(world: World) -> None:
    in_register(world)
    owner = {"name": "Ibu Sari", "phone": PHONE, "language": "id"}
    made = claims.begin_as_newcomer(
        key=uuid4(), owner=owner, told={"name": "K", "nib": "1" * 13}, agreed="Ya"
    )
    assert made.consent is not None
    assert (made.consent.wording, made.consent.person) == ("Ya", made.person)
    assert claimed(world).consent is None


@pytest.mark.parametrize("nib", [NIB, "1" * 13])
def test_who_only_claimed_and_takes_it_back_is_heard_whether_or_not_it_fits(world: World, nib: str) -> None:
    in_register(world)
    owner = {"name": "Siti Rahma", "phone": PHONE, "language": "id"}
    told = {"name": "Keripik Sari", "nib": nib}
    claim = claims.begin_as_newcomer(key=uuid4(), owner=owner, told=told, agreed="Ya")
    key_of(claim.person, world.lead, "/")
    assert claim.consent is not None
    taking_back.take_back(consent=claim.consent, actor=claim.person)
    assert [one.person for one in queries.asked_to_erase(frozenset({world.lead.pk}))] == [claim.person]
