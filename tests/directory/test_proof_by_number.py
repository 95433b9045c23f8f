"""A number proves a claim only where the register, and not somebody who came in, says that it is the business's."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from ekspora.directory.models import Business, Claim
from ekspora.directory.services import businesses, claims, registrations, stewards
from tests.directory.arrivals import claimed, in_register, registered
from tests.world import World, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
TYPED = "+6285777777777"


def _proven(world: World, known: Business, number: str) -> Claim:
    asks = person("Pak Asing", phone=number)
    claim = claimed(world, asks, name=known.name, number=number)
    assert claim.business == known
    return claims.prove(claim=claim, code=claim.code, actor=asks)


def test_a_number_a_companion_put_in_before_they_left_proves_nothing(world: World) -> None:
    known, companion = in_register(world), world.people["companion"]
    steward = stewards.name_companion(business=known, person=companion, consent="lisan", actor=None)
    businesses.edit(business=known, actor=companion, values={"phone": TYPED})
    stewards.withdraw(steward=steward, actor=None)
    claim = _proven(world, known, TYPED)
    assert claim.proven_at is not None
    assert claim.state == "open"  # an officer looks
    assert not known.stewards.filter(person=claim.person).exists()


def test_a_number_from_a_form_proves_nothing_once_who_filled_it_in_is_gone(world: World) -> None:
    made = registered(world, phone=TYPED)
    kept = registrations.keep(registration=made, actor=world.people["lead_officer"])
    stewards.withdraw(steward=kept.stewards.get(), actor=None)
    assert _proven(world, kept, TYPED).state == "open"


def test_a_number_an_officer_put_right_proves_it(world: World) -> None:
    known, officer = in_register(world), world.people["lead_officer"]
    businesses.edit(business=known, actor=officer, values={"phone": TYPED})
    assert _proven(world, known, TYPED).state == "accepted"


def test_whoever_holds_the_number_of_the_register_takes_nobody_s_claim_back(
    world: World, client: Client
) -> None:
    in_register(world)
    claim = claimed(world, number="+6281111111111")
    for scope, status, state in ((claim.own_scope, 404, "open"), (claim.scope, 302, "withdrawn")):
        token = links.issue(
            person=claim.person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead, scope=scope
        )
        client.post(reverse("link", args=[token]))
        page = client.get(reverse("my_claim", args=[claim.pk])).content.decode()
        address = reverse("my_claim_withdraw", args=[claim.pk])
        assert (address in page) == (status == 302)
        assert client.post(address).status_code == status
        claim.refresh_from_db()
        assert claim.state == state
    assert Person.objects.filter(pk=claim.person.pk).exists()
