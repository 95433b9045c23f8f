"""A link opens pages; what a person has set for themselves it does not change, for others may hold it."""

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from tests.directory.arrivals import claimed, in_register
from tests.world import World

pytestmark = pytest.mark.django_db


def _opened(client: Client, person: Person, scope: str) -> Client:
    kind = AccessLink.Kind.PERSONAL
    token = links.issue(person=person, kind=kind, issued_by=None, agency=None, scope=scope)
    client.post(reverse("link", args=[token]))
    return client


def _chosen(client: Client, language: str) -> str:
    """The language of the next page after choosing one."""
    client.post(reverse("set_language"), {"language": language})
    return client.get(reverse("home")).headers["Content-Language"]


def test_who_holds_the_link_of_a_claim_reads_in_their_language_and_the_claimant_keeps_theirs(
    world: World, client: Client
) -> None:
    in_register(world)
    claim = claimed(world, number="+6281111111111")
    _opened(client, claim.person, claim.own_scope)
    assert _chosen(client, "en") == "en"
    assert Person.objects.get(pk=claim.person.pk).language == "id"


def test_a_forwarded_link_into_an_activity_changes_nobodys_language(world: World, client: Client) -> None:
    owner = world.people["owner"]
    _opened(client, owner, world.activity.scope)
    assert _chosen(client, "en") == "en"
    assert Person.objects.get(pk=owner.pk).language == "id"
    assert client.get(reverse("home")).headers["Content-Language"] == "en"  # as chosen in this browser


@pytest.mark.parametrize("scope", ["", "person"])
def test_ones_own_key_remembers_it_with_the_person(world: World, client: Client, scope: str) -> None:
    stranger = world.people["stranger"]
    _opened(client, stranger, f"{scope}:{stranger.pk}" if scope else "")
    assert _chosen(client, "en") == "en"
    assert Person.objects.get(pk=stranger.pk).language == "en"


SECOND_STEP = ("mfa_index", "mfa_activate_totp", "mfa_generate_recovery_codes")


@pytest.mark.parametrize("name", SECOND_STEP)
def test_a_link_that_may_be_forwarded_sets_up_no_second_step(world: World, client: Client, name: str) -> None:
    """Whoever did could keep the person out of their own pages."""
    owner = world.people["owner"]
    _opened(client, owner, world.activity.scope)
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"code": "123456"}).status_code == 404
