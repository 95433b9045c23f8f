"""A wish to be erased by a link goes to whoever has kept the person longest: no agency erases people of another."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import queries
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.services import links
from ekspora.directory.models import Business, Listing, Representative, Stewardship
from ekspora.directory.services import claims
from tests.directory.arrivals import registered
from tests.world import World

pytestmark = pytest.mark.django_db


def _asks(client: Client, person: Person, agency: Agency) -> str:
    """Whoever holds a link of an agency into an activity of its own asks to be erased; what they are told."""
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=agency, scope="activity:7"
    )
    client.post(reverse("link", args=[token]))
    return client.post(reverse("my_data_ask"), follow=True).content.decode()


def _asked(person: Person) -> list[int]:
    return [one.agency_id for agency in Agency.objects.all()
            for one in queries.asked_to_erase(frozenset({agency.pk}), person.pk)]  # fmt: skip


def test_an_agency_that_took_a_companion_in_erases_nobody_that_another_kept_before(
    world: World, client: Client, sign_in: Any
) -> None:
    companion = world.people["companion"]
    theirs = Business.objects.create(name="Usaha lain")
    Listing.objects.create(business=theirs, agency=world.elsewhere)
    Stewardship.objects.create(
        business=theirs, person=companion, role="companion", consent_at=theirs.created_at, consent_note="lisan"
    )  # fmt: skip
    assert world.lead.name in _asks(client, companion, world.elsewhere)
    assert _asked(companion) == [world.lead.pk]
    address = reverse("erasure", args=[companion.pk])
    assert sign_in(world, "other_officer").post(address, {"sure": "1"}).status_code == 404
    assert not Person.objects.get(pk=companion.pk).is_erased
    sign_in(world, "lead_officer").post(address, {"sure": "1"})
    assert Person.objects.get(pk=companion.pk).is_erased


def test_a_representative_of_one_agency_is_erased_by_it(world: World, client: Client) -> None:
    guest = Representative.objects.get(person=world.people["representative"])
    guest.listed_by.add(world.elsewhere)
    _asks(client, guest.person, world.elsewhere)
    assert _asked(guest.person) == [world.lead.pk]


def test_who_only_registered_is_erased_where_they_did(world: World, client: Client) -> None:
    made = registered(world)
    _asks(client, made.person, world.elsewhere)
    assert _asked(made.person) == [world.lead.pk]


def test_whom_nobody_keeps_is_erased_by_who_gave_the_link(world: World, client: Client) -> None:
    person = claims.begin_as_newcomer(
        key=uuid4(), owner={"name": "Budi", "phone": "", "language": "id"}, agreed="Ya.",
        told={"name": "Tidak ada", "nib": "", "number": "+6281533334444"},
    ).person  # fmt: skip
    _asks(client, person, world.elsewhere)
    assert _asked(person) == [world.elsewhere.pk]
