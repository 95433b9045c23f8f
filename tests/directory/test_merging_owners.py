"""Making two records one makes nobody an owner of what somebody else owns, unless an officer has made sure."""

import pytest

from ekspora.core.errors import DomainError
from ekspora.directory.models import Business, Merger
from ekspora.directory.services import claims, merging, registrations
from tests.directory.arrivals import NIB, claimed, in_register, registered
from tests.world import World

pytestmark = pytest.mark.django_db


def _kept(world: World) -> Business:
    made = registered(world, name="Keripik Sari", phone="+6281111111111")
    return registrations.keep(registration=made, actor=world.people["lead_officer"])


@pytest.mark.parametrize("way", ["form is kept", "form goes"])
def test_who_only_filled_in_a_form_comes_to_no_record_that_somebody_owns(world: World, way: str) -> None:
    known, came, officer = in_register(world), _kept(world), world.people["lead_officer"]
    kept, gone = (came, known) if way == "form is kept" else (known, came)
    stranger = came.stewards.get().person
    with pytest.raises(DomainError, match="Keripik Sari"):
        merging.merge(kept=kept, gone=gone, agency=world.lead, actor=officer)
    assert not Merger.objects.exists()
    assert not known.stewards.filter(person=stranger).exists()


def test_once_their_claim_is_confirmed_both_become_one(world: World) -> None:
    known, came, officer = in_register(world), _kept(world), world.people["lead_officer"]
    person = came.stewards.get().person
    claim = claimed(world, person, nib=NIB)
    claims.accept(claim=claim, how="KTP", replaces=True, agency=world.lead, actor=officer)
    merging.merge(kept=known, gone=came, agency=world.lead, actor=officer)
    assert [steward.person for steward in known.stewards.all()] == [person]


def test_a_record_that_nobody_owns_takes_the_owner_of_the_form(world: World) -> None:
    known, came, officer = in_register(world), _kept(world), world.people["lead_officer"]
    known.stewards.all().delete()
    merging.merge(kept=known, gone=came, agency=world.lead, actor=officer)
    assert known.stewards.count() == 1
