"""Claims are known by what was told; they and what they gave go along when two records become one."""

from uuid import uuid4

import pytest

from ekspora.core.models import Message
from ekspora.directory.models import Business, Listing
from ekspora.directory.rules import acts_for
from ekspora.directory.services import claims, merging, registrations
from tests.directory.arrivals import NIB, accepted, by_link, claimed, in_register, registered
from tests.world import World, person

pytestmark = pytest.mark.django_db
REGISTERED, OTHER = "+6281111111111", "+6281533334444"


def twin_of(world: World) -> Business:
    twin = Business.objects.create(name="Keripik Sari Dua", phone=OTHER, province="32")
    Listing.objects.create(business=twin, agency=world.lead)
    return twin


def made_one(world: World, kept: Business, gone: Business) -> None:
    merging.merge(kept=kept, gone=gone, agency=world.lead, actor=world.people["lead_officer"])


def test_the_address_does_not_tell_which_name_or_number_fits(world: World) -> None:
    in_register(world)
    told = [{"nib": NIB}, *({"name": name, "number": REGISTERED} for name in ("Satu", "Dua", "Keripik Sari"))]
    rows = [claimed(world, None, **one) for one in told]
    assert len({row.pk for row in rows}) == len(told)
    assert [claimed(world, None, **one) for one in told] == rows


def test_confirming_one_takes_back_what_else_they_told_of_it(world: World) -> None:
    in_register(world)
    by_nib, by_number = claimed(world), claimed(world, number=REGISTERED)
    accepted(world, by_number)
    by_nib.refresh_from_db()
    assert by_nib.state == "withdrawn"


def test_what_fitted_nothing_is_the_same_claim_once_it_does(world: World) -> None:
    early = claimed(world)
    known = in_register(world)
    assert (claimed(world), claimed(world).business) == (early, known)


def test_open_claims_of_both_records_of_one_person_are_decided_as_one(world: World) -> None:
    kept, gone = in_register(world), twin_of(world)
    one, two = claimed(world), claimed(world, name="Keripik Sari Dua", number=OTHER)
    made_one(world, kept, gone)
    two.refresh_from_db()
    assert two.business == kept
    accepted(world, two)
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_who_was_confirmed_of_one_is_confirmed_of_the_other(world: World) -> None:
    kept, gone = in_register(world), twin_of(world)
    one, two = claimed(world), claimed(world, name="Keripik Sari Dua", number=OTHER)
    accepted(world, one)
    made_one(world, kept, gone)
    two.refresh_from_db()
    assert accepted(world, two, replaces=True).state == "accepted"
    one.refresh_from_db()
    assert one.state == "ended"


def test_owners_confirmed_of_both_records_keep_what_they_had(world: World) -> None:
    kept, gone = in_register(world), twin_of(world)
    one = accepted(world, claimed(world))
    two = accepted(world, claimed(world, person("Kedua"), name="Keripik Sari Dua", number=OTHER))
    made_one(world, kept, gone)
    assert acts_for(by_link(one.person), kept)
    assert acts_for(by_link(two.person), kept)


def test_registered_twice_and_kept_twice_leads_both_times_to_the_one_record(world: World) -> None:
    first, second = registered(world), registered(world, key=uuid4())
    for row in (first, second):
        registrations.keep(registration=row, actor=world.people["lead_officer"])
    made_one(world, first.business, second.business)
    assert acts_for(by_link(second.person), first.business)


def test_what_one_agency_settles_the_other_no_longer_asks(world: World) -> None:
    known = in_register(world)
    Listing.objects.create(business=known, agency=world.co)
    claim = claimed(world, number=REGISTERED)
    assert Message.objects.get().agency == world.lead
    claims.refuse(claim=claim, reason="Bukan", agency=world.co, actor=world.people["co_officer"])
    assert not Message.objects.filter(key=f"claim:{claim.pk}:prove").exists()
