"""The start page: a welcome for visitors, the next step for everybody else."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.urls import reverse

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.home import Card
from tests.world import ACTORS, World


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """Only these cards, whatever the rooms registered."""
    chosen: list[Card] = []

    def give(actor: Actor) -> Iterable[Card]:
        return chosen

    monkeypatch.setattr(home.cards, "_entries", {"test": (0, give)})
    return chosen


def test_a_visitor_is_welcomed_and_shown_the_way_in(db: None, client: Any) -> None:
    page = client.get(reverse("home")).content.decode()
    assert reverse("account_login") in page
    assert reverse("account_signup") in page


def test_the_most_urgent_card_is_the_one_next_step(world: World, sign_in: Any, cards: list[Card]) -> None:
    cards += [
        Card("Later", "…", "/later/", "Look"),
        Card("Urgent", "…", "/urgent/", "Act", urgency=90),
        Card("Soon", "…", "/soon/", "Do", urgency=10),
    ]
    response = sign_in(world, "lead_officer").get(reverse("home"))
    assert response.context["next"].title == "Urgent"
    assert [card.title for card in response.context["cards"]] == ["Soon", "Later"]
    assert response.content.decode().count("card next") == 1


def test_without_anything_urgent_no_card_shouts(world: World, sign_in: Any, cards: list[Card]) -> None:
    cards.append(Card("Later", "…", "/later/", "Look"))
    page = sign_in(world, "owner").get(reverse("home")).content.decode()
    assert "card next" not in page
    assert "Later" in page


def test_without_cards_it_says_what_will_come(world: World, sign_in: Any, cards: list[Card]) -> None:
    for actor in ("lead_officer", "owner"):
        assert 'class="empty"' in sign_in(world, actor).get(reverse("home")).content.decode()


@pytest.mark.parametrize("actor", ACTORS)
def test_each_role_has_its_start_page(world: World, sign_in: Any, actor: str) -> None:
    response = sign_in(world, actor).get(reverse("home"))
    at_a_desk = {"lead_officer", "co_officer", "other_officer", "curator", "logistics"}
    assert response.status_code == 200
    assert ("web/desk.html" in {part.name for part in response.templates}) == (actor in at_a_desk)


def test_the_phone_page_is_light(world: World, sign_in: Any) -> None:
    page = sign_in(world, "owner").get(reverse("home"), headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert len(page.content) < 10_000
    assert b"htmx" not in page.content


def test_what_a_card_says_is_escaped(world: World, sign_in: Any, cards: list[Card]) -> None:
    cards.append(Card("<script>alert(1)</script>", "…", "/", "Look"))
    assert "<script>alert" not in sign_in(world, "owner").get(reverse("home")).content.decode()
