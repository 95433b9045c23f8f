"""Half a year later: who is asked when, three times at most, what is answered and that it stays reported."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.home import cards_for
from ekspora.core.models import Message
from ekspora.core.services import links
from ekspora.deals.models import Deal, LaterAnswer, LaterQuestion
from ekspora.deals.queries import questions as reads
from ekspora.deals.queries.values import values
from ekspora.deals.services import questions as services
from ekspora.programmes.models import Participation
from tests.deals.ladder import HALF_A_YEAR_ON, encounter
from tests.world import World

SignIn = Callable[[World, str], Client]


def asked(world: World, moment: datetime) -> list[tuple[str, int]]:
    """Whom the question is due to at a moment, and for the which-th time."""
    with clock.at(moment):
        return [(one.participation.side, one.number) for one in reads.due([world.activity])]


def ask(world: World, moment: datetime) -> tuple[int, int]:
    with clock.at(moment):
        return services.ask(activity=world.activity, actor=world.actor("lead_officer"))


def answer(world: World, who: Participation, stage: str, actor: str = "owner", **more: Any) -> LaterAnswer:
    met = encounter_of(world)
    fresh = Participation.objects.get(pk=who.pk)
    return services.answer(
        participation=fresh, encounter=met, stage=stage, actor=world.people[actor], more=more or None
    )


def encounter_of(world: World) -> int:
    return reads.worth_asking([world.activity.scope]).get().pk


def test_months_are_those_of_the_calendar() -> None:
    assert reads.months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert reads.months_later(date(2027, 3, 10), -6) == date(2026, 9, 10)


def test_it_is_asked_from_half_a_year_on_where_somebody_saw_cooperation(world: World) -> None:
    assert asked(world, HALF_A_YEAR_ON) == []
    encounter(world, verdict="none")
    assert asked(world, HALF_A_YEAR_ON) == []
    encounter(world, verdict="possible", side="guest")
    assert asked(world, datetime(2027, 9, 9, 12, tzinfo=UTC)) == []
    assert asked(world, HALF_A_YEAR_ON) == [("maker", 1), ("guest", 1)]


def test_three_times_at_most_a_month_apart(world: World) -> None:
    encounter(world)
    moment = HALF_A_YEAR_ON
    for number in (1, 2, 3):
        assert asked(world, moment) == [("maker", number), ("guest", number)]
        assert ask(world, moment) == (2, 0)
        assert ask(world, moment + timedelta(days=3)) == (0, 0)
        moment += timedelta(days=32)
    assert asked(world, moment + timedelta(days=400)) == []
    assert Message.objects.filter(kind=services.KIND, state="draft").count() == 6
    with pytest.raises(IntegrityError):
        LaterQuestion.objects.create(participation=world.maker, number=4)


def test_whoever_answered_is_left_in_peace(world: World) -> None:
    encounter(world)
    ask(world, HALF_A_YEAR_ON)
    with clock.at(HALF_A_YEAR_ON + timedelta(days=1)):
        answer(world, world.maker, "nothing")
    assert asked(world, HALF_A_YEAR_ON + timedelta(days=40)) == [("guest", 2)]


def test_whoever_told_before_being_asked_is_not_asked(world: World) -> None:
    encounter(world)
    with clock.at(HALF_A_YEAR_ON - timedelta(days=9)):
        answer(world, world.maker, "order")
    assert asked(world, HALF_A_YEAR_ON) == [("guest", 1)]


def test_nobody_who_cannot_be_reached_is_asked(world: World) -> None:
    encounter(world)
    for person in ("owner", "companion"):
        world.people[person].email = ""
        world.people[person].save()
    assert ask(world, HALF_A_YEAR_ON) == (1, 1)
    assert LaterQuestion.objects.count() == 1


def test_an_answer_is_kept_once_replaced_and_never_counted(world: World) -> None:
    encounter(world)
    for _thrice in range(3):
        answer(world, world.maker, "talking")
    assert LaterAnswer.objects.count() == 1
    answer(
        world,
        world.maker,
        "order",
        buyer="Malabar  Roasters",
        amount=Decimal(9000),
        currency="USD",
        words="PO 3",
    )
    kept = answer(world, world.maker, "shipped")
    assert (kept.buyer, kept.amount, kept.currency, kept.words) == (
        "Malabar Roasters",
        Decimal(9000),
        "USD",
        "PO 3",
    )
    cleared = answer(world, world.maker, "shipped", buyer="", amount=None, currency="", words="")
    assert cleared.amount is None
    assert LaterAnswer.objects.filter(is_current=True).get() == cleared
    assert values(world.activity.scope) == []
    with pytest.raises(DomainError):
        answer(world, world.maker, "rumour")
    with pytest.raises(DomainError):
        answer(world, world.maker, "order", amount=Decimal(5))
    with pytest.raises(DomainError):
        answer(world, world.other_maker, "order")


def test_each_side_sees_its_own_answer_only(world: World, sign_in: SignIn) -> None:
    encounter(world)
    with clock.at(HALF_A_YEAR_ON):
        answer(world, world.maker, "order", buyer="Malabar Roasters")
        mine = sign_in(world, "owner").get(reverse("my_later", args=[world.maker.pk])).text
        theirs = sign_in(world, "representative").get(reverse("my_later", args=[world.guest.pk])).text
    assert "Malabar Roasters" in mine
    assert "Malabar Roasters" not in theirs
    assert "Kopi Puntang" in theirs


def test_one_tap_by_link_without_script_is_an_answer(world: World, client: Client) -> None:
    encounter(world)
    with clock.at(HALF_A_YEAR_ON):
        address = reverse("my_later", args=[world.maker.pk])
        token = links.issue(
            person=world.people["owner"], kind="personal", issued_by=None, agency=world.lead,  # type: ignore[arg-type]
            scope=world.activity.scope, target=address,
        )  # fmt: skip
        client.post(reverse("link", args=[token]))
        data = {"encounter": encounter_of(world), "stage": "paid"}
        for _twice in range(2):
            assert client.post(address, data)["Location"] == f"{address}#e{data['encounter']}"
        more = data | {
            "more": "1",
            "buyer": "Malabar",
            "amount": "12.50",
            "currency": "USD",
            "words": "second order",
        }
        client.post(address, more)
        bad = client.post(address, more | {"amount": "-3"})
        assert bad.status_code == 422
    assert LaterAnswer.objects.filter(is_current=True).get().amount == Decimal("12.50")
    assert LaterAnswer.objects.count() == 2


def test_what_was_told_is_reported_and_can_become_a_deal(world: World, sign_in: SignIn) -> None:
    encounter(world)
    with clock.at(HALF_A_YEAR_ON):
        said = answer(
            world, world.maker, "order", buyer="Malabar Roasters", amount=Decimal(9000), currency="USD"
        )
        client = sign_in(world, "lead_officer")
        page = client.get(reverse("deals", args=[world.activity.pk]))
        address = reverse("deal_new") + f"?answer={said.pk}"
        assert address in page.text
        assert client.get(address).context["form"].initial["buyer_name"] == "Malabar Roasters"
        assert all(not values for _code, _label, values in page.context["stages"])
        data = {
            "buyer_name": "Malabar Roasters", "country": "India", "kind": "importer", "subject": "Kopi",
            "agency": world.lead.pk, "key": "c1c7f3a2-3a3f-4b5e-9d59-6f86cf2f9f10",
        }  # fmt: skip
        client.post(address, data)
        assert Deal.objects.get().encounter_id == said.encounter_id
        assert [row.has_deal for row in reads.reported(world.activity.scope)] == [True]  # type: ignore[attr-defined]


def test_home_pages_of_both(world: World, sign_in: SignIn, django_assert_num_queries: Any) -> None:
    encounter(world)
    with clock.at(HALF_A_YEAR_ON):
        here = reverse("deals", args=[world.activity.pk])
        assert here in [card.url for card in cards_for(world.actor("lead_officer"))]
        assert reverse("my_later", args=[world.maker.pk]) not in [
            c.url for c in cards_for(world.actor("owner"))
        ]
        page = sign_in(world, "lead_officer").post(reverse("later_questions", args=[world.activity.pk]))
        assert page["Location"] == here
        assert here not in [card.url for card in cards_for(world.actor("lead_officer"))]
        assert reverse("my_later", args=[world.maker.pk]) in [c.url for c in cards_for(world.actor("owner"))]
        assert reverse("my_later", args=[world.guest.pk]) in [
            c.url for c in cards_for(world.actor("representative"))
        ]  # fmt: skip
        clockwork = HALF_A_YEAR_ON + timedelta(minutes=5)
    with clock.at(clockwork):
        answer(world, world.maker, "nothing")
        assert reverse("my_later", args=[world.maker.pk]) not in [
            c.url for c in cards_for(world.actor("owner"))
        ]
        with django_assert_num_queries(4):
            reads.due([world.activity])


def test_before_the_end_nothing_is_asked(world: World, sign_in: SignIn) -> None:
    encounter(world)
    with clock.at(datetime(2027, 3, 9, tzinfo=UTC)):
        page = sign_in(world, "owner").get(reverse("my_later", args=[world.maker.pk])).text
    assert 'name="stage"' not in page
