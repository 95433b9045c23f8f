"""No page of the registers is a dead end: each offers what comes next, and only what leads somewhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from ekspora.directory.models import Bulk, Business, Import
from ekspora.directory.rules import scope_of
from ekspora.directory.services import importing
from tests.directory.addresses import a_bulk, an_import
from tests.directory.arrivals import claimed, in_register, open_doors
from tests.world import World

SignIn = Callable[[World, str], Client]
pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *arguments: object) -> str:
    return client.get(reverse(name, args=arguments)).content.decode()


def newcomer(client: Client) -> Person:
    """Somebody who came by a link of their own and acts for nothing yet."""
    person = Person.objects.create(name="Ibu Rina", phone="+6281355512345")
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=None, scope=scope_of(person)
    )
    client.post(reverse("link", args=[token]))
    return person


def test_an_office_without_businesses_begins_with_its_list(world: World, sign_in: SignIn) -> None:
    first = sign_in(world, "other_officer").get(reverse("home")).context["next"]
    assert first.url == reverse("import_new") + "?as=businesses"
    cards = sign_in(world, "lead_officer").get(reverse("home")).context
    assert all(card.url != first.url for card in [cards["next"], *cards["cards"]])


def test_whoever_has_no_business_is_led_to_register_one_where_that_is_open(
    world: World, client: Client
) -> None:
    person = newcomer(client)
    assert reverse("my_business_new") not in page(client, "home")
    open_doors(world)
    assert client.get(reverse("home")).context["next"].url == reverse("my_business_new")
    in_register(world)
    claimed(world, person)
    assert reverse("my_business_new") not in page(client, "home")


def test_nobody_is_sent_to_a_closed_door(world: World, client: Client) -> None:
    assert reverse("register") not in page(client, "home")
    assert f'href="{reverse("home")}">' in page(client, "register").partition("<main")[2]
    open_doors(world)
    assert reverse("register") in page(client, "home")


def test_an_import_that_was_written_leads_to_its_businesses(world: World, sign_in: SignIn) -> None:
    source = an_import(world)
    officer = sign_in(world, "lead_officer")
    address = f"{reverse('businesses')}?source={source.pk}"
    assert address not in page(officer, "import_preview", source.pk)
    importing.write(source=source)
    assert Import.objects.get().state == Import.State.DONE
    assert address in page(officer, "import_preview", source.pk)


@pytest.mark.parametrize(("action", "may_undo"), [("inactive", True), ("file", False)])
def test_what_was_done_to_many_offers_to_be_undone(
    world: World, sign_in: SignIn, action: str, may_undo: bool
) -> None:
    done = a_bulk(world, action)
    Bulk.objects.filter(pk=done.pk).update(state="done", done_at=done.begun_at, result={"done": 1})
    officer = sign_in(world, "lead_officer")
    assert (reverse("bulk_undo", args=[done.pk]) in page(officer, "bulk", done.pk)) == may_undo


def test_what_is_not_noted_of_a_business_is_one_press_away(world: World, sign_in: SignIn) -> None:
    Business.objects.filter(pk=world.business.pk).update(founded=None, nib="", legal_form="")
    shown = page(sign_in(world, "lead_officer"), "business", world.business.pk)
    for address in (
        reverse("business_step", args=[world.business.pk, "legal"]),
        reverse("business_rows", args=[world.business.pk, "certificates"]),
    ):
        assert shown.count(f'href="{address}"') == 1
