"""A companion acts only as long as an owner agrees: through mergers, erasing and a change of owners."""

import pytest

from ekspora.core.services import erasure
from ekspora.directory.models import Business, Claim, Registration, Stewardship
from ekspora.directory.services import merging, registrations, stewards, taking_back
from tests.directory.arrivals import NIB, accepted, claimed, in_register
from tests.directory.test_consents import brought_in, given, owner_of
from tests.world import World

pytestmark = pytest.mark.django_db


def found_known(world: World, made: Registration) -> tuple[Business, Claim]:
    """An officer finds that what the companion registered is a business of the register; its owner claims it."""
    known, officer = in_register(world), world.people["lead_officer"]
    claim = registrations.is_known(registration=made, business=known, actor=officer)
    assert claim is not None
    return known, claim


def accompanies(world: World, business: Business) -> bool:
    return Stewardship.objects.filter(business=business, person=world.people["companion"]).exists()


def test_taking_back_ends_a_companion_who_came_along_with_a_confirmed_owner(world: World) -> None:
    made = brought_in(world)
    known, claim = found_known(world, made)
    accepted(world, claim)
    assert accompanies(world, known)
    taking_back.take_back(consent=given(made), actor=claim.person)
    assert not accompanies(world, known)


def test_what_was_taken_back_meanwhile_brings_no_companion_along(world: World) -> None:
    made = brought_in(world)
    known, claim = found_known(world, made)
    taking_back.take_back(consent=given(made), actor=claim.person)
    accepted(world, claim)
    assert known.stewards.filter(person=claim.person).exists()
    assert not accompanies(world, known)


def test_undoing_a_merger_gives_no_companion_back_whose_consent_was_taken_back(world: World) -> None:
    officer, both = world.people["lead_officer"], (brought_in(world), brought_in(world))
    for made in both:
        registrations.keep(registration=made, actor=officer)
    (first, second), owners = (made.business for made in both), [owner_of(made) for made in both]
    done = merging.merge(kept=first, gone=second, agency=world.lead, actor=officer)
    for made, owner in zip(both, owners, strict=True):
        taking_back.take_back(consent=given(made), actor=owner)
    merging.undo(merger=done, actor=officer)
    assert not accompanies(world, first)
    assert not accompanies(world, second)


def test_with_an_erased_owner_go_the_companions_they_agreed_to(world: World) -> None:
    made = brought_in(world)
    kept = registrations.keep(registration=made, actor=world.people["lead_officer"])
    erasure.erase(person=owner_of(made))
    assert not accompanies(world, kept)


def test_a_companion_to_whom_another_owner_agreed_stays(world: World) -> None:
    made = brought_in(world)
    kept = registrations.keep(registration=made, actor=world.people["lead_officer"])
    owner, companion = owner_of(made), world.people["companion"]
    stewards.name_owner(business=kept, person=world.people["owner"], actor=None)
    stewards.name_companion(business=kept, person=companion, consent="lisan, keduanya", actor=None)
    erasure.erase(person=owner)
    assert accompanies(world, kept)


def test_with_an_owner_who_is_replaced_go_the_companions_they_agreed_to(world: World) -> None:
    made = brought_in(world)
    kept = registrations.keep(registration=made, actor=world.people["lead_officer"])
    Business.objects.filter(pk=kept.pk).update(nib=NIB)
    accepted(world, claimed(world, name=kept.name, nib=NIB), replaces=True)
    assert [one.person for one in kept.stewards.all()] == [world.people["stranger"]]
