"""An NIB on a record that nobody decided on finds nothing and holds nobody up."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ekspora.core.models import AuditEntry
from ekspora.directory.models import Business, Listing, Registration
from ekspora.directory.rules import acts_for
from ekspora.directory.services import importing, merging, nibs, registrations
from tests.directory.addresses import an_import
from tests.directory.arrivals import ANSWERS, NIB, by_link, open_doors, registered
from tests.directory.registers import COFFEE
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


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


def test_an_officer_enters_a_business_with_a_number_nobody_decided_on(world: World, sign_in: SignIn) -> None:
    squatter = registered(world, nib=NIB)
    data = {"name": "Keripik Sari", "country": "Indonesia", "nib": NIB, "agency": world.lead.pk}
    answer = sign_in(world, "lead_officer").post(reverse("business_new"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Business.objects.get(nib=NIB).listed_by.get() == world.lead
    squatter.business.refresh_from_db()
    assert squatter.business.nib == ""
    entry = AuditEntry.objects.get(action="business.register")
    assert entry.details["nib_from"] == [squatter.business.pk]


@pytest.mark.parametrize("actor", ["owner", "lead_officer"])
def test_whoever_types_it_into_a_known_record_has_it(world: World, sign_in: SignIn, actor: str) -> None:
    squatter = registered(world, nib=NIB)
    name = "my_business_step" if actor == "owner" else "business_step"
    data = {"nib": NIB, "legal_form": "", "kbli": ""}
    answer = sign_in(world, actor).post(reverse(name, args=[world.business.pk, "legal"]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Business.objects.get(nib=NIB) == world.business
    squatter.business.refresh_from_db()
    assert squatter.business.nib == ""


def test_a_record_that_an_office_keeps_still_holds_its_number(world: World, sign_in: SignIn) -> None:
    kept = registered(world, nib=NIB)
    registrations.keep(registration=kept, actor=world.people["lead_officer"])
    data = {"nib": NIB, "legal_form": "", "kbli": ""}
    address = reverse("my_business_step", args=[world.business.pk, "legal"])
    assert "nib" in str(sign_in(world, "owner").post(address, data).context["form"].errors).lower()
    assert Business.objects.get(nib=NIB) == kept.business


def test_the_records_are_held_before_an_import_takes_their_number(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    squatter = registered(world, nib=NIB)
    with transaction.atomic(), django_assert_num_queries(4):  # looked for, held, looked for again, taken off
        assert nibs.free(iter([NIB])) == [squatter.business.pk]


def test_a_number_given_back_by_undoing_a_merger_is_taken_off_who_stated_it_since(world: World) -> None:
    one, other = Business.objects.create(name="Keripik Sari"), Business.objects.create(name="Sari", nib=NIB)
    for made in (one, other):
        Listing.objects.create(business=made, agency=world.lead)
    officer = world.people["lead_officer"]
    done = merging.merge(kept=one, gone=other, agency=world.lead, actor=officer)
    Business.objects.filter(pk=one.pk).update(nib="1" * 13)  # put right since
    registered(world, nib=NIB)
    merging.undo(merger=done, actor=officer)
    assert Business.objects.get(nib=NIB) == other
