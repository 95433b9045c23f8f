"""Links to come back by: a few at a time, closed by whoever lost a phone."""

from collections.abc import Callable

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.models import AccessLink
from ekspora.core.services import links
from ekspora.directory.rules import scope_of
from ekspora.directory.views.keys import MOST
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def shown(client: Client) -> str:
    """A new link, as a path."""
    address: str = client.post(reverse("my_key"), {"show": "1"}).context["address"]
    return address.removeprefix(site.SITE_URL)


def opens(path: str) -> bool:
    return Client().post(path).status_code == 302


def test_the_next_link_closes_the_oldest(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    made = [shown(client) for _each in range(MOST + 1)]
    assert [opens(path) for path in made] == [False] + [True] * MOST


def test_the_link_one_came_by_stays(world: World, sign_in: SignIn) -> None:
    first = shown(sign_in(world, "owner"))
    here = Client()
    here.post(first)
    for _each in range(MOST + 1):
        shown(here)
    assert here.get(reverse("my_key")).status_code == 200
    assert opens(first)


def test_all_others_are_closed_at_once(world: World, sign_in: SignIn) -> None:
    first = shown(sign_in(world, "owner"))
    here = Client()
    here.post(first)
    lost = shown(here)
    page = here.get(reverse("my_key"))
    assert len(page.context["others"]) == 1
    here.post(reverse("my_key"), {"close": "1"})
    assert (opens(first), opens(lost)) == (True, False)
    assert not here.get(reverse("my_key")).context["others"]


def test_links_that_others_made_are_not_closed(world: World, sign_in: SignIn) -> None:
    owner = world.people["owner"]
    token = links.issue(
        person=owner, kind=AccessLink.Kind.PERSONAL, issued_by=world.people["lead_officer"], agency=world.lead,
        scope=scope_of(owner),
    )  # fmt: skip
    sign_in(world, "owner").post(reverse("my_key"), {"close": "1"})
    assert opens(reverse("link", args=[token]))


def test_nobody_makes_links_without_end(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    codes = [client.post(reverse("my_key"), {"show": "1"}).status_code for _each in range(6)]
    assert codes == [200] * 5 + [429]
    with clock.at(clock.now()):
        assert client.get(reverse("my_key")).status_code == 200
