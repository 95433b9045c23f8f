"""Reads: who sees what, in which order, at a constant number of queries."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.directory.models import Business, Representative
from ekspora.directory.queries.businesses import own_business, own_businesses
from ekspora.directory.rules import acts_for
from ekspora.programmes import queries, rules
from ekspora.programmes.models import Activity, Organiser, Participation
from tests.cost import cost
from tests.programmes.actors import actor
from tests.world import World, activity, business, person, representative


def grow(world: World, count: int) -> None:
    """Add ``count`` of everything, with names not used before."""
    base = Participation.objects.count()
    for n in range(base, base + count):
        owner = person(f"Pemilik {n}")
        made = business(f"Usaha {n}", agency=world.lead, owner=owner)
        Participation.objects.create(activity=world.activity, side="maker", business=made, person=owner)
        guest = representative(person(f"Tamu {n}"), world.mission, world.lead)
        Participation.objects.create(activity=world.activity, side="guest", representative=guest)
        activity(world.lead, name=f"Kegiatan {n}")
        business(f"Belum ikut {n}", agency=world.lead, owner=person(f"Lain {n}"))


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("activities", "", ""),
        ("participants", "a", "?side=maker"),
        ("participants", "a", "?side=guest"),
        ("participants", "a", "?side=all"),
        ("participant_add", "a", "?side=maker"),
        ("participation_walk_in", "a", "?q=usaha"),
        ("invite", "a", ""),
        ("agenda", "a", ""),
        ("activity", "a", ""),
        ("letters", "a", ""),
    ],
)
def test_pages_cost_the_same_at_3_and_at_30(
    world: World, sign_in: Callable[[World, str], Client], name: str, args: str, query: str
) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse(name, args=[world.activity.pk] if args else []) + query
    costs = []
    for more in (3, 27):
        grow(world, more)
        Participation.objects.update(answer="invited")
        costs.append(cost(client, address))
    assert costs[0] == costs[1]


def test_guests_stand_in_order_of_precedence(world: World) -> None:
    for name, precedence in (("Ketiga", 0), ("Kedua", 2), ("Pertama", 1)):
        made = representative(person(name), world.mission, world.lead)
        Representative.objects.filter(pk=made.pk).update(precedence=precedence)
        Participation.objects.create(activity=world.activity, side="guest", representative=made)
    names = [row.attendee.name for row in queries.participations(world.activity, "guest") if row.attendee]
    assert names == ["Pertama", "Kedua", "Other Representative", "Ketiga", "Representative"]


def test_officers_see_activities_of_their_agencies_only(world: World) -> None:
    assert queries.activity_for(actor(world, "lead_officer"), world.activity.pk) == world.activity
    assert queries.activity_for(actor(world, "co_officer"), world.activity.pk) == world.activity
    for name in ("other_officer", "curator", "owner", "representative", "stranger"):
        assert queries.activity_for(actor(world, name), world.activity.pk) is None


def test_officers_of_other_organisers_look_but_do_not_change(world: World) -> None:
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role=Organiser.Role.SPONSOR)
    who = actor(world, "other_officer")
    seen = queries.activity_for(who, world.activity.pk)
    assert seen is not None
    assert rules.can_see(who, seen)
    assert not rules.can_change(who, seen)
    assert rules.can_change(actor(world, "co_officer"), seen)


def test_people_find_what_they_take_part_in_within_their_link(world: World) -> None:
    elsewhere = activity(world.lead, name="Lain")
    second = Participation.objects.create(
        activity=elsewhere, side="maker", business=world.business, answer="invited"
    )
    for name in ("owner", "companion"):
        assert set(queries.participations_of(actor(world, name))) == {world.maker, second}
        assert list(queries.participations_of(actor(world, name, elsewhere.scope))) == [second]
        assert list(queries.participations_of(actor(world, name, "call:1"))) == []
    assert list(queries.participations_of(actor(world, "representative"))) == [world.guest]
    assert list(queries.participations_of(actor(world, "stranger"))) == []
    assert queries.participation_for(actor(world, "owner"), world.other_maker.pk) is None


def test_guests_and_their_substitutes_see_the_sheets_of_those_who_come_and_of_nobody_else(
    world: World, sign_in: Callable[[World, str], Client]
) -> None:
    elsewhere = business("Kopi Rahasia", agency=world.elsewhere, owner=world.people["stranger"])
    world.guest.substitute = world.people["stranger"]
    world.guest.save()

    def sheet(who: str, of: Business) -> int:
        return sign_in(world, who).get(reverse("product_sheet", args=[of.pk, "en"])).status_code

    assert [sheet(who, world.business) for who in ("representative", "stranger")] == [200, 200]
    assert sheet("representative", elsewhere) == 404
    world.maker.answer = "declined"
    world.maker.save()
    assert [sheet(who, world.business) for who in ("representative", "stranger")] == [404, 404]


def test_a_link_into_an_activity_opens_the_businesses_invited_there_and_no_other(world: World) -> None:
    kept = business("Milik dinas lain", agency=world.elsewhere, owner=world.people["owner"])
    by_link = actor(world, "owner", world.activity.scope)
    assert [b.pk for b in own_businesses(by_link)] == [world.business.pk]
    assert own_business(by_link, kept.pk) is None
    assert not acts_for(by_link, kept)
    assert acts_for(actor(world, "owner"), kept)
    world.maker.answer = "planned"
    world.maker.save()
    assert not own_businesses(by_link).exists()
    assert not own_businesses(actor(world, "owner", "elsewhere:1")).exists()


def test_organisers_see_the_sheets_of_their_activity_though_the_business_is_on_another_list(
    world: World, sign_in: Callable[[World, str], Client]
) -> None:
    client = sign_in(world, "other_officer")
    address = reverse("product_sheet", args=[world.business.pk, "en"])
    assert client.get(address).status_code == 404
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role=Organiser.Role.CO)
    assert client.get(address).status_code == 200


def test_nobody_learns_of_an_activity_before_being_invited(world: World) -> None:
    Participation.objects.update(answer="planned")
    assert list(queries.participations_of(actor(world, "owner"))) == []


def test_lists_offer_only_the_own_agencys_people_not_yet_in(world: World) -> None:
    officer = actor(world, "co_officer")
    assert list(queries.addable(officer, world.activity, "maker")) == []
    fresh: Activity = activity(world.co, name="Baru")
    assert [found.name for found in queries.addable(officer, fresh, "maker")] == ["Kopi Puntang"]
    assert list(queries.addable(officer, fresh, "maker", sector="fashion")) == []
    assert list(queries.addable(officer, fresh, "guest")) == []
    assert len(queries.addable(actor(world, "lead_officer"), fresh, "guest", "india")) == 1
