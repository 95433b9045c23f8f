"""Asking by a limited link: officers see it, make sure whose wish it is, and settle it once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import queries
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, AuditEntry, Person
from ekspora.core.services import audit, erasure, links
from tests.world import World


def limited(world: World, name: str = "owner", *, agency: bool = True) -> tuple[str, AccessLink]:
    """A link of a named person into the activity, and its token."""
    token = links.issue(
        person=world.people[name], kind=AccessLink.Kind.PERSONAL, issued_by=None,
        agency=world.lead if agency else None, scope=world.activity.scope,
    )  # fmt: skip
    link = links.find(token)
    assert link is not None
    return token, link


def asking(world: World) -> list[Person]:
    return [one.person for one in queries.asked_to_erase(frozenset({world.lead.pk}))]


def test_a_limited_link_asks_and_the_officers_see_it(world: World, client: Client) -> None:
    token, _link = limited(world)
    client.post(reverse("link", args=[token]))
    assert reverse("my_data_ask") in client.get(reverse("my_data")).content.decode()
    for _ in range(2):
        assert client.post(reverse("my_data_ask")).status_code == 302
    assert AuditEntry.objects.filter(action="person.ask_erasure").count() == 1
    assert Person.objects.get(pk=world.people["owner"].pk).name
    client.force_login(world.account("lead_officer"), backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("erasure", args=[world.people["owner"].pk])
    assert address in client.get(reverse("home")).content.decode()
    assert "Owner" in client.get(address).content.decode()


def test_another_agencys_officers_see_nothing(world: World, sign_in: Any) -> None:
    erasure.ask(link=limited(world)[1])
    client = sign_in(world, "other_officer")
    address = reverse("erasure", args=[world.people["owner"].pk])
    assert address not in client.get(reverse("home")).content.decode()
    assert client.post(address, {"sure": "1"}).status_code == 404
    assert asking(world) == [world.people["owner"]]


def test_the_officer_erases_only_when_sure(world: World, sign_in: Any) -> None:
    erasure.ask(link=limited(world)[1])
    client, owner = sign_in(world, "lead_officer"), world.people["owner"]
    address = reverse("erasure", args=[owner.pk])
    client.post(address)
    assert not Person.objects.get(pk=owner.pk).is_erased
    client.post(address, {"sure": "1"})
    assert Person.objects.get(pk=owner.pk).is_erased
    assert asking(world) == []
    entry = AuditEntry.objects.get(action="person.erase")
    assert (entry.agency, entry.actor_id) == (world.lead, world.people["lead_officer"].pk)
    assert client.get(address).status_code == 404
    assert all(report.broken_at is None for report in audit.verify())


def test_a_wish_of_somebody_else_is_put_aside_and_can_come_again(world: World, sign_in: Any) -> None:
    _token, link = limited(world)
    erasure.ask(link=link)
    client = sign_in(world, "lead_officer")
    client.post(reverse("erasure", args=[link.person_id]), {"action": "keep"})
    assert not Person.objects.get(pk=link.person_id).is_erased
    assert asking(world) == []
    with pytest.raises(Conflict):
        erasure.keep(person=link.person, agency=world.lead, actor=world.people["lead_officer"])
    erasure.ask(link=link)
    assert asking(world) == [world.people["owner"]]


def test_somebody_who_acts_for_an_agency_is_told_what_to_do_first(world: World, sign_in: Any) -> None:
    erasure.ask(link=limited(world, "co_officer")[1])
    client = sign_in(world, "lead_officer")
    page = client.post(reverse("erasure", args=[world.people["co_officer"].pk]), {"sure": "1"}, follow=True)
    assert page.status_code == 200
    assert asking(world) == [world.people["co_officer"]]


def test_a_link_of_no_agency_says_whom_to_ask(world: World) -> None:
    with pytest.raises(DomainError):
        erasure.ask(link=limited(world, agency=False)[1])


def test_erasing_twice_is_erasing_once(world: World) -> None:
    for _ in range(2):
        erasure.erase(person=world.people["stranger"])
    assert AuditEntry.objects.filter(action="person.erase").count() == 1
