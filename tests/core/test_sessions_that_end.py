"""Whoever is signed out because their link was closed, or they were erased, is told; so is the phone."""

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.models import AccessLink
from ekspora.core.services import erasure, links
from tests.world import World

pytestmark = pytest.mark.django_db
MARK = 'data-saved="left"'


def come_in(world: World, client: Client) -> AccessLink:
    token = links.issue(
        person=world.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=world.activity.scope,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    assert MARK not in client.get(reverse("home")).content.decode()
    return AccessLink.objects.latest("pk")


def next_page(client: Client) -> str:
    return client.get(reverse("my_data"), follow=True).content.decode()


@pytest.mark.parametrize("why", ["closed", "erased"])
def test_a_closed_link_and_an_erased_person_leave_nothing(world: World, client: Client, why: str) -> None:
    link = come_in(world, client)
    if why == "closed":
        links.revoke(person=link.person, scope=link.scope, revoked_by=None, agency=None)
    else:
        erasure.erase(person=link.person)
    assert MARK in next_page(client)
    assert MARK not in next_page(client)  # told once


def test_who_signed_in_by_code_and_is_erased_is_told_too(world: World, client: Client) -> None:
    client.force_login(world.account("owner"), backend="django.contrib.auth.backends.ModelBackend")
    erasure.erase(person=world.people["owner"])
    assert MARK in next_page(client)


def test_a_link_that_ran_out_is_said_and_what_was_typed_waits_for_the_next(
    world: World, client: Client
) -> None:
    come_in(world, client)
    with clock.at(clock.now() + links.LIFETIME[AccessLink.Kind.PERSONAL] * 2):
        page = next_page(client)
    assert "alert" in page
    assert MARK not in page


def test_signing_out_and_erasing_oneself_leave_nothing(world: World, client: Client) -> None:
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(world.account("owner"), backend=backend)
    assert MARK in client.post(reverse("account_logout"), follow=True).content.decode()
    client.force_login(world.account("owner"), backend=backend)
    page = client.post(reverse("my_data_erase"), {"sure": "1"}, follow=True).content.decode()
    assert MARK in page
