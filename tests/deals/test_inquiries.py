"""Inquiries through a passed-on report: asked once, limited, taken up with credit to the mission, or not."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.home import cards_for
from ekspora.core.models import AuditEntry, Message
from ekspora.core.services import audit, links
from ekspora.deals.models import Deal, Inquiry
from ekspora.deals.queries.values import values
from ekspora.deals.services import inquiries as services
from ekspora.directory.models import Business
from tests.deals.ladder import forward, inquiry
from tests.world import World

SignIn = Callable[[World, str], Client]


def test_the_same_form_twice_is_one_inquiry(world: World) -> None:
    key, link = uuid4(), forward(world)
    assert inquiry(world, key=key, link=link) == inquiry(world, key=key, link=link)
    assert Inquiry.objects.count() == 1
    assert values(world.activity.scope) == []  # reported, never counted


@pytest.mark.parametrize(
    "fault", [{"email": "nobody"}, {"words": " "}, {"company": ""}, {"country": ""}, {"name": "x" * 200}]
)
def test_words_that_are_none_are_refused(world: World, fault: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        inquiry(world, **fault)
    assert not Inquiry.objects.exists()


def test_a_closed_report_or_another_link_asks_nothing(world: World) -> None:
    link = forward(world)
    links.revoke(person=link.person, scope=link.scope, revoked_by=None, agency=None)
    with pytest.raises(DomainError):
        inquiry(world, link=link)
    fresh = forward(world)
    fresh.kind = "personal"
    fresh.save()
    with pytest.raises(DomainError):
        inquiry(world, link=fresh)


def test_only_a_business_that_took_part_is_asked_about(world: World) -> None:
    world.business = Business.objects.create(name="Elsewhere")
    with pytest.raises(DomainError):
        inquiry(world)


def test_a_program_that_asks_and_asks_is_stopped(world: World) -> None:
    link = forward(world)
    for _n in range(services.MOST_OF_AN_ADDRESS):
        inquiry(world, link=link)
    with pytest.raises(DomainError):
        inquiry(world, link=link)
    for n in range(services.MOST_OF_A_LINK - services.MOST_OF_AN_ADDRESS):
        inquiry(world, link=link, email=f"someone{n}@example.org")
    with pytest.raises(DomainError):
        inquiry(world, link=link, email="another@example.org")


def test_taking_up_names_the_buyer_notes_the_step_credits_the_mission_and_tells_the_owner(
    world: World,
) -> None:
    asked, officer = inquiry(world), world.people["lead_officer"]
    for _twice in range(2):
        deal = services.take_up(inquiry=asked, actor=officer)
    assert Deal.objects.get() == deal
    assert (deal.buyer.name, deal.buyer.introduced_by, deal.mission) == (
        "Malabar Roasters",
        world.mission,
        world.mission,
    )
    step = deal.steps.get()
    assert (step.rung, step.evidence) == ("inquiry", "message")
    assert "Embassy of India" in step.reference
    assert "Ravi" not in step.reference
    asked.refresh_from_db()
    assert (asked.state, asked.deal) == ("taken", deal)
    told = Message.objects.get(kind=services.KIND)
    assert (told.person, told.state) == (world.people["owner"], "draft")
    assert "Malabar Roasters" in told.body
    assert all(not report.why for report in audit.verify())


def test_a_mission_that_asks_is_no_buyer_until_a_company_is_named(world: World, sign_in: SignIn) -> None:
    asked = inquiry(world, company="Consulate General of India")
    client = sign_in(world, "lead_officer")
    client.post(reverse("inquiry_take_up", args=[asked.pk]))
    assert not Deal.objects.exists()
    address = reverse("deal_new") + f"?inquiry={asked.pk}"
    assert client.get(address).context["form"].initial["buyer_name"] == "Consulate General of India"
    data = {
        "buyer_name": "Malabar Roasters", "country": "India", "kind": "importer", "subject": "Kopi",
        "agency": world.lead.pk, "key": str(uuid4()),
    }  # fmt: skip
    client.post(address, data)
    asked.refresh_from_db()
    assert asked.deal == Deal.objects.get()


def test_a_refusal_says_why_and_stays(world: World) -> None:
    asked, officer = inquiry(world), world.people["lead_officer"]
    with pytest.raises(DomainError):
        services.refuse(inquiry=asked, why=" ", actor=officer)
    for _twice in range(2):
        services.refuse(inquiry=asked, why="Asks for a fee first", actor=officer)
    assert AuditEntry.objects.filter(action="inquiry.refuse").count() == 1
    with pytest.raises(Conflict):
        services.take_up(inquiry=asked, actor=officer)
    other = inquiry(world)
    services.take_up(inquiry=other, actor=officer)
    with pytest.raises(Conflict):
        services.refuse(inquiry=other, why="x", actor=officer)


def test_officers_see_what_waits_at_home_and_in_the_list(
    world: World, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    inquiry(world)
    address = reverse("inquiries", args=[world.activity.pk])
    assert address in [card.url for card in cards_for(world.actor("co_officer"))]
    assert address not in [card.url for card in cards_for(world.actor("other_officer"))]
    client = sign_in(world, "lead_officer")
    client.get(address)
    with django_assert_num_queries(9):
        assert "Malabar Roasters" in client.get(address).text
    link = forward(world)
    for n in range(20):
        inquiry(world, link=link, email=f"a{n}@example.org")
    with django_assert_num_queries(9):
        client.get(address)
