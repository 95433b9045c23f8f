"""Planning an activity and naming its organisers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, AuditEntry
from ekspora.programmes.models import Activity, Organiser, Programme
from ekspora.programmes.services import activities
from tests.programmes.actors import actor
from tests.world import World

Role = Organiser.Role
VALUES = {"name": "Pameran", "city": "Solo", "starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 4)}


def programme(world: World) -> Programme:
    return world.activity.programme


def test_a_new_activity_is_led_by_the_agency_of_its_programme(world: World) -> None:
    made = activities.create_activity(
        programme=programme(world), values=VALUES, actor=actor(world, "lead_officer")
    )
    assert made.lead == world.lead
    entry = AuditEntry.objects.get(action="activity.create")
    assert (entry.agency, entry.target_id) == (world.lead, str(made.pk))


def test_the_same_form_twice_plans_one_activity(world: World) -> None:
    officer = actor(world, "lead_officer")
    made = [
        activities.create_activity(programme=programme(world), values=VALUES, actor=officer) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert Activity.objects.filter(name="Pameran").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2027, 5, 2)},
        {"zone": "Asia/Atlantis"},
        {"tables": 0},
        {"slot_minutes": 4},
        {"city": ""},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(world: World, wrong: dict[str, object]) -> None:
    before = Activity.objects.count()
    with pytest.raises(DomainError):
        activities.create_activity(
            programme=programme(world), values=VALUES | wrong, actor=actor(world, "lead_officer")
        )
    assert Activity.objects.count() == before


def test_a_change_leaves_what_was_before(world: World) -> None:
    activities.change_activity(
        activity=world.activity, values={"city": "Cimahi"}, actor=actor(world, "co_officer")
    )
    entry = AuditEntry.objects.get(action="activity.change")
    assert entry.details == {"city": ["Bandung", "Cimahi"]}
    assert entry.agency == world.co
    activities.change_activity(
        activity=world.activity, values={"city": "Cimahi"}, actor=actor(world, "co_officer")
    )
    assert AuditEntry.objects.filter(action="activity.change").count() == 1


def set_role(world: World, agency: Agency, role: Role, who: Actor) -> None:
    activities.set_organiser(activity=world.activity, agency=agency, role=role, actor=who)


def test_organisers_in_different_roles(world: World) -> None:
    set_role(world, world.elsewhere, Role.SPONSOR, actor(world, "co_officer"))
    set_role(world, world.elsewhere, Role.HOST, actor(world, "co_officer"))
    roles = dict(world.activity.organiser_rows.values_list("agency__short_name", "role"))
    assert roles == {"Aspasaf": "lead", "Dinas KUK": "co", "Dinas lain": "host"}


def test_a_second_lead_takes_over(world: World) -> None:
    set_role(world, world.co, Role.LEAD, actor(world, "lead_officer"))
    roles = dict(world.activity.organiser_rows.values_list("agency__short_name", "role"))
    assert roles == {"Aspasaf": "co", "Dinas KUK": "lead"}


def test_only_the_lead_hands_the_lead_over(world: World) -> None:
    with pytest.raises(DomainError):
        set_role(world, world.co, Role.LEAD, actor(world, "co_officer"))
    assert world.activity.lead == world.lead


def test_two_leads_are_impossible_in_the_database(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organiser.objects.filter(agency=world.co).update(role=Role.LEAD)


def test_the_lead_neither_steps_down_nor_leaves(world: World) -> None:
    officer = actor(world, "lead_officer")
    with pytest.raises(DomainError):
        set_role(world, world.lead, Role.CO, officer)
    with pytest.raises(DomainError):
        activities.remove_organiser(activity=world.activity, agency=world.lead, actor=officer)
    activities.remove_organiser(activity=world.activity, agency=world.co, actor=officer)
    assert [row.agency for row in world.activity.organiser_rows.all()] == [world.lead]


def test_an_agency_is_registered_once(world: World) -> None:
    officer = actor(world, "lead_officer")
    made = [
        activities.register_agency(name=name, short_name="Bio", kind=Agency.Kind.COMPANY, actor=officer)
        for name in ("Biofarma", " biofarma ")
    ]
    assert made[0] == made[1]
