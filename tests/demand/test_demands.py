"""Demands: taken down once, looked after by one agency, answered by a date."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.demand import queries
from ekspora.demand.models import Demand
from ekspora.demand.services import demands as services
from ekspora.directory.models import Representative
from tests.cost import cost
from tests.demand.addresses import demand
from tests.world import World

SignIn = Callable[[World, str], Client]
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def take(world: World, **values: object) -> Demand:
    """The representative's words, taken down by an officer of the lead."""
    representative = Representative.objects.get(person=world.people["representative"])
    return services.take_down(
        representative=representative, agency=world.lead, values={"text": "Green coffee", **values},
        actor=world.people["lead_officer"],
    )  # fmt: skip


def test_a_demand_without_a_date_is_to_be_answered_in_two_weeks(world: World) -> None:
    with clock.at(NOON):
        assert take(world).answer_due == date(2026, 12, 15)
        assert take(world, text="Shoes", answer_due=date(2026, 12, 3)).answer_due == date(2026, 12, 3)


def test_the_same_words_twice_are_one_demand(world: World) -> None:
    assert take(world) == take(world, text=" green coffee ")
    assert AuditEntry.objects.filter(action="demand.take_down").count() == 1


@pytest.mark.parametrize("values", [{"text": " "}, {"hs": "09.01"}, {"hs": "kopi"}, {"sector": "space"}])
def test_what_a_form_would_refuse_is_refused(world: World, values: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        take(world, **values)
    assert not Demand.objects.exists()


def test_an_answer_needs_words_and_answers(world: World) -> None:
    made, officer = take(world), world.people["lead_officer"]
    with pytest.raises(DomainError):
        services.answer(demand=made, text="  ", actor=officer)
    services.answer(demand=made, text="Dua ton sebulan.", actor=officer)
    services.answer(demand=made, text="Dua ton sebulan.", actor=officer)
    made.refresh_from_db()
    assert (made.state, made.answer) == ("answered", "Dua ton sebulan.")
    assert AuditEntry.objects.filter(action="demand.answer").count() == 1


def test_closing_can_be_undone(world: World) -> None:
    made, officer = take(world), world.people["lead_officer"]
    assert services.close(demand=made, actor=officer).state == "closed"
    assert not queries.open_demands_of(made.representative).exists()
    assert services.reopen(demand=made, actor=officer).state == "open"


def test_a_demand_is_overdue_the_day_after_its_answer_was_due(world: World) -> None:
    with clock.at(NOON):
        made = take(world, answer_due=date(2026, 12, 1))
        assert not made.is_overdue
    with clock.at(datetime(2026, 12, 2, 12, tzinfo=UTC)):
        assert made.is_overdue


def test_an_officer_notes_changes_and_answers(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    representative = Representative.objects.get(person=world.people["representative"])
    data = {
        "representative": representative.pk, "text": "Cocoa", "hs": "1801", "quantity": "500", "unit": "kg",
        "agency": world.lead.pk,
    }  # fmt: skip
    made_at = client.post(reverse("demand_new"), data)["Location"]
    made = Demand.objects.get()
    assert made_at == reverse("demand_edit", args=[made.pk])
    client.post(made_at, {**data, "text": "Cocoa beans", "owner": world.people["lead_officer"].pk})
    client.post(reverse("demand_answer", args=[made.pk]), {"text": "Ada."})
    made.refresh_from_db()
    assert (made.text, made.owner, made.answer) == ("Cocoa beans", world.people["lead_officer"], "Ada.")
    assert "Ada." in client.get(made_at).content.decode()


def test_the_page_says_what_sanctions_stop(world: World, sign_in: SignIn) -> None:
    world.mission.country = "KP"
    world.mission.save()
    made = demand(world)
    made.hs = "8413"
    made.save()
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("demand_edit", args=[made.pk])).content.decode()
    assert "S/RES/2397" in page
    assert "S/RES/2375" in page


def test_only_demands_of_ones_own_agency_are_listed(world: World, sign_in: SignIn) -> None:
    demand(world, text="Kopi lead")
    demand(world, world.elsewhere, "Kopi lain")
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("demands"), {"q": "kopi"}).content.decode()
    assert "Kopi lead" in page
    assert "Kopi lain" not in page
    assert "Kopi lead" not in client.get(reverse("demands"), {"state": "answered"}).content.decode()


def test_the_list_costs_the_same_for_many(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")

    for n in range(3):
        demand(world, text=f"Kopi {n}")
    few = cost(client, reverse("demands"))
    for n in range(27):
        demand(world, text=f"Teh {n}")
    assert cost(client, reverse("demands")) == few
