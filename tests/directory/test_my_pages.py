"""What is held about an owner: seen, taken along, corrected by whoever came by a link of their own."""

import io
import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core.models import AccessLink, AuditEntry, Person
from ekspora.core.services import links
from ekspora.directory.models import Certificate, Stewardship
from ekspora.directory.services import claims
from tests.cost import cost
from tests.directory.arrivals import accompany, by_link, claimed, in_register, registered
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def came_by(client: Client, world: World, person: Person, scope: str) -> Client:
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead, scope=scope
    )
    client.post(reverse("link", args=[token]))
    return client


def test_everything_is_taken_along_as_a_workbook_and_nothing_in_it_is_a_formula(
    world: World, client: Client
) -> None:
    made = registered(world, name="=2+2")
    Certificate.objects.create(business=made.business, type="halal", number="ID-1")
    came_by(client, world, made.person, by_link(made.person).scope)
    answer = client.get(reverse("my_data_xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cells = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert {"=2+2", "Kopi sangrai", "ID-1", "Saya setuju.", made.person.name} <= cells
    held = json.loads(client.get(reverse("my_data_export")).content)
    assert held["certificates"][0]["number"] == "ID-1"


def test_an_owner_corrects_their_name_and_number_and_the_trail_keeps_no_value(
    world: World, client: Client
) -> None:
    person = registered(world).person
    came_by(client, world, person, by_link(person).scope)
    assert reverse("my_person") in client.get(reverse("my_data")).content.decode()
    data = {"name": "Ibu Sari Dewi", "phone": "0813-1111-2222", "has_whatsapp": "on"}
    for _ in range(2):
        assert client.post(reverse("my_person"), data)["Location"] == reverse("my_data")
    person.refresh_from_db()
    assert (person.name, person.phone) == ("Ibu Sari Dewi", "+6281311112222")
    entry = AuditEntry.objects.get(action="person.correct")
    assert entry.details == {"fields": ["name", "phone"]}


def test_a_link_into_an_activity_corrects_nothing(world: World, client: Client) -> None:
    came_by(client, world, world.people["owner"], world.activity.scope)
    assert reverse("my_person") not in client.get(reverse("my_data")).content.decode()
    assert client.post(reverse("my_person"), {"name": "Lain"}).status_code == 404
    assert Person.objects.get(pk=world.people["owner"].pk).name == "Owner"


def test_a_link_that_asks_one_question_shows_nothing_of_who_asked(world: World, client: Client) -> None:
    in_register(world)
    claim = claimed(world, number="+6281111111111")
    came_by(client, world, claim.person, claim.own_scope)
    assert client.get(reverse("my_claim", args=[claim.pk])).status_code == 200
    for name in ("my_data", "my_data_export", "my_data_xlsx", "my_person", "my_key", "my_businesses"):
        assert client.get(reverse(name)).status_code == 404, name


def test_a_claim_of_another_persons_cannot_be_reached_by_the_link_of_this_one(
    world: World, client: Client
) -> None:
    in_register(world)
    claim = claimed(world, number="+6281111111111")
    other = claims.begin(
        key=uuid4(), person=claim.person, scope="activity:1", told={"name": "X", "nib": "1" * 13}
    )
    came_by(client, world, claim.person, claim.own_scope)
    assert client.get(reverse("my_claim", args=[other.pk])).status_code == 404


# A companion with many businesses


@pytest.mark.parametrize("name", ["home", "my_businesses"])
def test_three_and_thirty_businesses_cost_the_same(world: World, sign_in: SignIn, name: str) -> None:
    client, costs = sign_in(world, "companion"), []
    for more in (2, 27):
        accompany(world, more)
        costs.append(cost(client, reverse(name)))
    assert costs[0] == costs[1]
    assert Stewardship.objects.filter(person=world.people["companion"]).count() == 30
    assert len(client.get(reverse(name)).content) < 60 * 1024


def test_thirty_businesses_are_one_card_that_counts_what_they_need(world: World, sign_in: SignIn) -> None:
    accompany(world, 29)
    cards = sign_in(world, "companion").get(reverse("home")).context
    own = [card for card in [cards["next"], *cards["cards"]] if card.url == reverse("my_businesses")]
    assert len(own) == 1
    assert "30" in str(own[0].title)
    assert ": 15" in str(own[0].body)


def test_the_list_is_in_the_order_of_need_and_narrowed_by_need_and_name(
    world: World, sign_in: SignIn
) -> None:
    accompany(world, 29)
    client = sign_in(world, "companion")
    page = client.get(reverse("my_businesses"))
    ranks = [group.rank for group in page.context["groups"]]
    assert ranks == sorted(ranks)
    assert len(page.context["groups"][0].entries) == 15
    first = client.get(reverse("my_businesses"), {"need": ranks[0]}).context["entries"]
    assert len(first) == 15
    found = client.get(reverse("my_businesses"), {"q": "usaha 29 03"}).context["entries"]
    assert [business.name for business, _step in found] == ["Usaha 29 03"]
    assert client.get(reverse("my_businesses"), {"need": "x", "q": "tidak ada"}).context["entries"] == []
