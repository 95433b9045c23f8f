"""What an officer's start page asks of the database does not grow with what they keep."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.directory.models import Business, Listing, Stewardship
from ekspora.programmes.models import Activity, Participation
from tests import world as worlds
from tests.cost import cost
from tests.world import World

pytestmark = pytest.mark.django_db


def busy(world: World, number: int) -> None:
    """One more activity with two makers and a guest, past or to come, as every third of them."""
    activity = worlds.activity(world.lead, name=f"Temu bisnis {number}")
    owner = Person.objects.create(name=f"Pemilik {number}", email=f"pemilik{number}@example.org")
    business = worlds.business(f"Usaha {number}", agency=world.lead, owner=owner)
    Participation.objects.create(
        activity=activity, side="maker", business=business, person=owner, answer="invited"
    )
    Participation.objects.create(
        activity=activity, side="guest", representative=world.guest.representative, answer="accepted"
    )
    if number % 3 == 0:
        Activity.objects.filter(pk=activity.pk).update(
            starts_on=(now() - timedelta(days=60)).date(), ends_on=(now() - timedelta(days=60)).date()
        )


def test_thirty_activities_cost_no_more_than_three(client: Client, world: World) -> None:
    client.force_login(world.account("lead_officer"))
    for number in range(1, 6):  # with the one of the world five are to come, and one is past
        busy(world, number)
    few = cost(client, reverse("home"))
    for number in range(6, 33):
        busy(world, number)
    assert cost(client, reverse("home")) == few
    page = client.get(reverse("home"))
    named = [card.body for card in (page.context["next"], *page.context["cards"])]
    assert sum("Temu bisnis" in str(body) for body in named) >= 3


def test_thirty_businesses_cost_no_more_than_three(client: Client, world: World) -> None:
    client.force_login(world.account("lead_officer"))
    costs = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            business = Business.objects.create(name=f"Usaha {number}")
            Listing.objects.create(business=business, agency=world.lead)
            Stewardship.objects.create(business=business, person=world.people["owner"], role="owner")
        costs.append(cost(client, reverse("home")))
    assert costs[0] == costs[1]
