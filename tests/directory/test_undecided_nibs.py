"""An NIB on a record that nobody decided on finds nothing and holds nobody up."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.directory.models import Business, Listing, Registration
from ekspora.directory.rules import acts_for
from ekspora.directory.services import importing, registrations
from tests.directory.addresses import an_import
from tests.directory.arrivals import ANSWERS, NIB, by_link, open_doors, registered
from tests.directory.registers import COFFEE
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_refused", [False, True])
def test_an_import_does_not_take_up_a_business_nobody_decided_on(world: World, is_refused: bool) -> None:
    made = registered(world, name="Apa saja", nib=COFFEE[1])
    if is_refused:
        registrations.refuse(registration=made, reason="Bukan", actor=world.people["lead_officer"])
        Business.objects.filter(pk=made.business.pk).update(
            nib=COFFEE[1]
        )  # entered again by whoever registered
    importing.write(source=an_import(world))
    imported = Business.objects.get(nib=COFFEE[1])
    assert imported != made.business
    assert imported.listings.get().agency == world.lead
    assert not acts_for(by_link(made.person), imported)
    assert acts_for(by_link(made.person), made.business)
    assert not made.business.listings.exists()


def test_an_import_meets_a_business_that_was_kept(world: World) -> None:
    made = registered(world, nib=COFFEE[1])
    registrations.keep(registration=made, actor=world.people["lead_officer"])
    importing.write(source=an_import(world))
    assert Business.objects.get(nib=COFFEE[1]) == made.business


def test_who_registers_first_with_a_nib_does_not_shut_out_the_next(world: World) -> None:
    open_doors(world)
    squatter = registered(world, nib=NIB)
    answer = Client().post(
        reverse("register"), ANSWERS | {"key": str(uuid4()), "nib": NIB, "phone": "0813-7777-0000"}
    )
    assert answer.status_code == 302
    assert Registration.objects.latest("pk").business.nib == NIB
    squatter.business.refresh_from_db()
    assert squatter.business.nib == ""


def test_a_kept_business_keeps_its_nib(world: World) -> None:
    made = registered(world, nib=NIB)
    registrations.keep(registration=made, actor=world.people["lead_officer"])
    Client().post(reverse("register"), ANSWERS | {"key": str(uuid4()), "nib": NIB})
    assert Listing.objects.get(business__nib=NIB).business == made.business
