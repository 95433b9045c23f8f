"""Two officers at once, and a button pressed many times: one step, one deal, one inquiry, one question."""

from typing import Any
from uuid import uuid4

import pytest

from ekspora.core import clock
from ekspora.core.errors import Conflict
from ekspora.core.services import audit
from ekspora.deals.models import Deal, DealStep, Inquiry, LaterQuestion
from ekspora.deals.services import inquiries, questions
from ekspora.directory.models import Buyer
from tests.at_once import at_once, faults
from tests.deals.ladder import HALF_A_YEAR_ON, buyer, deal, encounter, forward, inquiry, step
from tests.world import build

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_five_times_is_one_step() -> None:
    world = build()
    one, key = deal(world), uuid4()
    found = at_once(*[lambda: step(world, one, "order", 100, key=key, reference="PO 17")] * 5)
    assert faults(found) == []
    assert DealStep.objects.count() == 1
    assert all(report.broken_at is None for report in audit.verify())


def test_two_officers_note_the_same_paper_and_one_is_told() -> None:
    world = build()
    one = deal(world)
    found = at_once(
        lambda: step(world, one, "order", 100, reference="PO 17"),
        lambda: step(world, one, "order", 100, reference="PO 17", actor="co_officer"),
    )
    assert [type(fault) for fault in faults(found)] == [Conflict]
    assert DealStep.objects.count() == 1


def test_steps_of_two_deals_at_once_are_compared_with_each_other() -> None:
    world = build()
    one, other = deal(world), deal(world)
    found = at_once(
        lambda: step(world, one, "loi", 239_500_000), lambda: step(world, other, "loi", 5000)
    )  # fmt: skip
    assert faults(found) == []
    assert {row.amount: [alarm["code"] for alarm in row.alarms] for row in DealStep.objects.all()} == {
        239_500_000: ["outlier"], 5000: [],
    }  # fmt: skip


def test_the_same_buyer_named_at_once_is_one() -> None:
    world = build()
    found = at_once(*[lambda: buyer(world, "Malabar Roasters")] * 4)
    assert faults(found) == []
    assert Buyer.objects.count() == 1


def test_an_inquiry_is_taken_up_once() -> None:
    world = build()
    asked, officer = inquiry(world), world.people["lead_officer"]
    found = at_once(*[lambda: inquiries.take_up(inquiry=asked, actor=officer)] * 3)
    assert faults(found) == []
    assert Deal.objects.count() == 1
    key, link = uuid4(), forward(world)
    assert faults(at_once(*[lambda: inquiry(world, key=key, link=link)] * 4)) == []
    assert Inquiry.objects.count() == 2


def test_nobody_is_asked_twice_by_two_officers() -> None:
    world = build()
    encounter(world)

    def ask(name: str) -> Any:
        with clock.at(HALF_A_YEAR_ON):
            return questions.ask(activity=world.activity, actor=world.actor(name))

    assert faults(at_once(lambda: ask("lead_officer"), lambda: ask("co_officer"))) == []
    assert LaterQuestion.objects.count() == 2
