from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekspora.core.models import Person
from ekspora.directory.models import Business, Claim, ExportRecord, Mission, Stewardship
from ekspora.directory.queries.businesses import businesses_for, own_businesses, public_facts
from ekspora.directory.queries.filters import Filters
from ekspora.directory.queries.guests import representatives_for
from ekspora.directory.queries.maker_cards import maker_card
from ekspora.directory.services import importing
from tests.directory.addresses import an_import
from tests.directory.arrivals import registered
from tests.directory.registers import officer
from tests.world import World, business, person, representative

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def add_businesses(world: World, count: int) -> None:
    for n in range(count):
        made = business(f"Usaha {n}", agency=world.lead, owner=world.people["owner"])
        ExportRecord.objects.create(business=made, market="MY")


def add_representatives(world: World, count: int) -> None:
    for n in range(count):
        mission = Mission.objects.create(name=f"Mission {count}.{n}", country="FJ")
        representative(person(f"Guest {n}"), mission, world.lead)


def add_imports(world: World, count: int) -> None:
    for _ in range(count):
        an_import(world)


def add_arrivals(world: World, count: int) -> None:
    for n in range(count):
        registered(world, name=f"Usaha {count} {n}")
        known = business(f"Diakui {count} {n}", agency=world.lead, owner=world.people["owner"])
        Claim.objects.create(business=known, person=person(f"Pengaku {count} {n}"), name=known.name)


@pytest.mark.parametrize(
    ("name", "actor", "add"),
    [
        ("businesses", "lead_officer", add_businesses),
        ("representatives", "lead_officer", add_representatives),
        ("imports", "lead_officer", add_imports),
        ("my_businesses", "owner", add_businesses),
        ("arrived", "lead_officer", add_arrivals),
        ("home", "lead_officer", add_arrivals),
    ],
)
def test_lists_cost_the_same_at_3_and_at_30_rows(
    world: World, sign_in: SignIn, name: str, actor: str, add: Callable[[World, int], None]
) -> None:
    client = sign_in(world, actor)
    costs = []
    for more in (2, 27):
        add(world, more)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_looking_at_a_file_costs_the_same_for_10_and_for_100_rows(world: World) -> None:
    from tests.directory.registers import COFFEE, HEADERS, as_csv, changed

    actor = officer(world.people["lead_officer"], world.lead)
    costs = []
    for count in (10, 100):
        rows = [changed(COFFEE, name=f"Usaha {n}", nib="", phone="", owner="") for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            source = importing.take(agency=world.lead, actor=actor, kind="businesses", file_name="a.csv",
                                    data=as_csv(HEADERS, *rows))  # fmt: skip
            importing.write(source=source)
        costs.append(len(queries))
        importing.undo(source=source, actor=actor)
    assert costs[0] == costs[1]


def found(world: World, **filters: object) -> set[str]:
    actor = officer(world.people["lead_officer"], world.lead)
    return {b.name for b in businesses_for(actor, Filters(**filters))}  # type: ignore[arg-type]  # by name


def test_a_word_is_looked_for_in_names_products_and_places(world: World) -> None:
    world.business.place = "Cimaung"
    world.business.save()
    assert found(world, words="puntang") == {"Kopi Puntang"}
    assert found(world, words="cimaung roasted") == {"Kopi Puntang"}
    assert found(world, words="090121") == {"Kopi Puntang", "Batik Lain"}
    assert found(world, words="nothing") == set()


def test_filters_narrow_together(world: World) -> None:
    ExportRecord.objects.create(business=world.business, market="")
    assert found(world, step="exported") == {"Kopi Puntang"}
    assert found(world, step="not_exported") == {"Batik Lain"}
    assert found(world, sector="fashion") == {"Batik Lain"}
    assert found(world, sector="fashion", step="exported") == set()
    assert found(world, province="32") == {"Kopi Puntang", "Batik Lain"}


def test_another_agencys_businesses_are_not_found(world: World) -> None:
    actor = officer(world.people["other_officer"], world.elsewhere)
    assert not businesses_for(actor).exists()
    assert not representatives_for(actor).exists()


def test_representatives_by_precedence_country_or_name(world: World) -> None:
    actor = officer(world.people["lead_officer"], world.lead)
    for rank, name in ((1, "Other Representative"), (2, "Representative")):
        found = representatives_for(actor).get(person__name=name)
        found.precedence = rank
        found.save()
    names = [r.mission.country for r in representatives_for(actor)]
    assert names == ["FJ", "IN"]
    assert [r.mission.country for r in representatives_for(actor, order="country")] == ["FJ", "IN"]
    assert [r.mission.country for r in representatives_for(actor, words="india")] == ["IN"]


def test_a_country_is_found_by_its_name_in_the_readers_language(world: World) -> None:
    actor = officer(world.people["lead_officer"], world.lead)
    Mission.objects.filter(country="IN").update(name="Mission no. 1", country="CN")
    assert [r.mission.country for r in representatives_for(actor, words="tiongkok")] == ["CN"]


def test_a_card_says_what_guests_may_know_and_nothing_more(world: World) -> None:
    Business.objects.filter(pk=world.business.pk).update(phone="+6281234567890", email="a@example.org")
    ExportRecord.objects.create(business=world.business, market="MY", year=2024)
    whole = public_facts(Business.objects.filter(pk=world.business.pk)).get()
    with CaptureQueriesContext(connection) as queries:
        card = maker_card(whole)
    assert len(queries) == 0
    assert (card.name, card.markets, card.has_exported) == ("Kopi Puntang", ("MY",), True)
    assert card.where == "Kabupaten Bandung, Jawa Barat"
    assert [p.name_en for p in card.products] == ["Roasted coffee"]
    assert "+62" not in repr(card)
    assert "@" not in repr(card)


def test_a_companion_finds_the_businesses_whose_owners_agreed(world: World) -> None:
    from ekspora.core.actors import Actor

    companion = Actor(world.people["companion"])
    assert [b.name for b in own_businesses(companion)] == ["Kopi Puntang"]
    stranger = Person.objects.create(name="Lain")
    assert not own_businesses(Actor(stranger)).exists()
    Stewardship.objects.filter(person=world.people["companion"]).delete()
    assert not own_businesses(companion).exists()
