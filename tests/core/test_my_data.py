"""My data: seen, taken along, erased; the trail stays whole and names nobody."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from ekspora.core import privacy
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Account, AuditEntry, Membership, Message, Person
from ekspora.core.services import audit, erasure, links, outbox, people
from tests.world import World


def _leave_traces(world: World) -> Person:
    person = world.people["stranger"]
    links.issue(person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead)
    draft = outbox.Draft(person=person, kind="test", key="k", subject="S", body="Halo Stranger")
    outbox.prepare(agency=world.lead, topic="", drafts=[draft], actor=person)
    with transaction.atomic():
        details = {"phone": "+62811222333"}
        audit.record(agency=world.lead, actor=person, action="test", target=person, details=details)
    return person


def test_a_person_takes_their_data_along(world: World, sign_in: Any) -> None:
    person = _leave_traces(world)
    client = sign_in(world, "stranger")
    assert person.email in client.get(reverse("my_data")).content.decode()
    found = json.loads(client.get(reverse("my_data_export")).content)
    assert found["person"]["name"] == person.name
    assert found["messages"][0]["body"] == "Halo Stranger"
    assert "digest" not in str(found)


def test_erasing_forgets_the_person_and_keeps_the_trail_whole(world: World, sign_in: Any) -> None:
    person = _leave_traces(world)
    client = sign_in(world, "stranger")
    client.post(reverse("my_data_erase"))
    assert Person.objects.get(pk=person.pk).name  # not without being sure
    client.post(reverse("my_data_erase"), {"sure": "1"})
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.email, left.phone) == ("", "", "")
    assert not Account.objects.filter(person=person).exists()
    assert not Message.objects.filter(person=person).exists()
    assert not AccessLink.objects.filter(person=person).exists()
    assert "+62811222333" not in str(list(AuditEntry.objects.values()))
    assert all(report.broken_at is None for report in audit.verify())
    assert client.get(reverse("my_data")).status_code == 302


def test_every_room_erases_its_part(world: World) -> None:
    seen: list[Person] = []
    privacy.erasers.register("test", seen.append)
    try:
        erasure.erase(person=world.people["stranger"])
    finally:
        del privacy.erasers._entries["test"]
    assert seen == [world.people["stranger"]]


def test_a_link_for_one_activity_erases_nothing(world: World, client: Any) -> None:
    token = links.issue(
        person=world.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    assert client.get(reverse("my_data")).status_code == 200
    assert client.post(reverse("my_data_erase"), {"sure": "1"}).status_code == 404
    assert Person.objects.get(pk=world.people["owner"].pk).name


def test_an_officer_hands_over_first_and_an_agency_keeps_one(world: World) -> None:
    officer = world.people["lead_officer"]
    with pytest.raises(DomainError):
        erasure.erase(person=officer)
    membership = Membership.objects.get(person=officer)
    with pytest.raises(DomainError):
        people.take_role(membership=membership, actor=officer)
    people.give_role(
        person=world.people["stranger"], agency=world.lead, role=Membership.Role.OFFICER, actor=officer
    )
    people.take_role(membership=membership, actor=officer)
    erasure.erase(person=officer)
    assert Person.objects.get(pk=officer.pk).name == ""
