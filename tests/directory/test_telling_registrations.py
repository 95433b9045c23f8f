"""What became of a registration is told to whoever made it and to the business's own people who have come in."""

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AccessLink, Account, AuditEntry, Message, Person
from ekspora.core.services import erasure, links
from ekspora.directory.models import Registration
from ekspora.directory.services import registrations, stewards
from tests.directory.arrivals import in_register, registered
from tests.directory.test_consents import brought_in, owner_of
from tests.world import World

pytestmark = pytest.mark.django_db
WAYS = ("kept", "refused", "merged")


def _settled(world: World, made: Registration, way: str) -> None:
    officer = world.people["lead_officer"]
    if way == "kept":
        registrations.keep(registration=made, actor=officer)
    elif way == "refused":
        registrations.refuse(registration=made, reason="Alamat tidak ada", actor=officer)
    else:
        registrations.is_known(registration=made, business=in_register(world), actor=officer)


def _told(made: Registration) -> dict[Person, Message]:
    """The messages of what became of it, by who gets them."""
    found = Message.objects.filter(key__regex=rf"^registration:{made.pk}:(kept|refused)")
    return {message.person: message for message in found.select_related("person")}


def _comes_in(person: Person) -> Person:
    Account.objects.create(person=person)
    return person


@pytest.mark.parametrize("way", WAYS)
def test_an_owner_who_has_come_in_is_told_beside_the_companion(world: World, way: str) -> None:
    made, companion = brought_in(world), world.people["companion"]
    owner = _comes_in(owner_of(made))
    _settled(world, made, way)
    told = _told(made)
    assert set(told) == {companion, owner}
    theirs = told[owner]
    assert (theirs.address, theirs.link_scope) == (owner.phone, f"person:{owner.pk}")
    assert ("Alamat tidak ada" in theirs.body) == (way == "refused")
    assert companion.name not in theirs.body


@pytest.mark.parametrize("way", WAYS)
def test_a_number_that_only_a_companion_typed_is_told_nothing_more(world: World, way: str) -> None:
    made = brought_in(world)
    _settled(world, made, way)
    assert set(_told(made)) == {world.people["companion"]}


@pytest.mark.parametrize("way", WAYS)
def test_the_link_an_owner_gets_opens_what_became_of_it(world: World, client: Client, way: str) -> None:
    made = brought_in(world)
    owner = _comes_in(owner_of(made))
    _settled(world, made, way)
    message = _told(made)[owner]
    token = links.issue(
        person=owner, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead,
        scope=message.link_scope, target=message.link_target,
    )  # fmt: skip
    client.post(reverse("link", args=[token]))
    assert client.get(message.link_target).status_code == 200


def test_who_registered_themselves_is_told_once(world: World) -> None:
    made = registered(world)
    _comes_in(made.person)
    _settled(world, made, "kept")
    assert list(_told(made)) == [made.person]


def test_who_keeps_the_known_record_is_told_that_another_was_made_one_with_it(world: World) -> None:
    known, made = in_register(world), registered(world)
    keeper = _comes_in(known.stewards.get().person)
    officer = world.people["lead_officer"]
    registrations.is_known(registration=made, business=known, actor=officer)
    told = _told(made)
    assert set(told) == {made.person, keeper}
    assert "{link}" not in told[keeper].body
    assert made.person.name not in told[keeper].body
    erasure.erase(person=keeper)
    assert keeper not in _told(made)
    assert AuditEntry.objects.filter(action="arrival.settle").count() == 1


def test_an_owner_who_acts_for_the_known_record_already_is_told_once(world: World) -> None:
    known, made = in_register(world), brought_in(world)
    owner = _comes_in(owner_of(made))
    stewards.name_owner(business=known, person=owner, actor=None)
    registrations.is_known(registration=made, business=known, actor=world.people["lead_officer"])
    assert set(_told(made)) == {world.people["companion"], owner}
