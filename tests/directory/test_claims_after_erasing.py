"""Whoever is confirmed stays confirmed only as long as they act for the business."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.services import erasure
from ekspora.directory.models import Claim
from ekspora.directory.services import stewards
from tests.directory.arrivals import accepted, claimed, in_register
from tests.world import World, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def confirmed(world: World) -> Claim:
    return accepted(world, claimed(world), replaces=True)


@pytest.mark.parametrize("way", ["erased", "withdrawn"])
def test_after_an_owner_has_gone_the_next_one_is_confirmed(world: World, sign_in: SignIn, way: str) -> None:
    known = in_register(world)
    first = confirmed(world)
    if way == "erased":
        erasure.erase(person=first.person)
    else:
        stewards.withdraw(steward=known.stewards.get(), actor=None)
    second = claimed(world, person("Pemilik baru"))
    first.refresh_from_db()
    assert first.state == "ended"
    sign_in(world, "lead_officer").post(reverse("claim", args=[second.pk]), {"accept": "1", "how": "KTP"})
    second.refresh_from_db()
    assert second.state == "accepted"


def test_an_owner_who_went_may_be_confirmed_again(world: World) -> None:
    known = in_register(world)
    first = confirmed(world)
    known.stewards.get().delete()  # e.g. by an import that is undone
    again = confirmed(world)
    first.refresh_from_db()
    assert (first.state, again.state) == ("ended", "accepted")


def test_the_box_is_there_wherever_a_rival_is_confirmed(world: World, sign_in: SignIn) -> None:
    known = in_register(world)
    first = confirmed(world)
    known.stewards.get().delete()
    second = claimed(world, person("Pemilik baru"))
    client, address = sign_in(world, "lead_officer"), reverse("claim", args=[second.pk])
    assert 'name="replaces"' in client.get(address).content.decode()
    client.post(address, {"accept": "1", "how": "KTP", "replaces": "on"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("ended", "accepted")
