"""What the pages of wishes cost: queries do not grow, and a phone loads little."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from ekspora.directory.models import Business, Product
from ekspora.meetings.models import Wish
from ekspora.programmes.models import Participation
from tests.cost import cost
from tests.world import World, person, representative

SignIn = Callable[[World, str], Client]
LIMIT = 60 * 1024


def crowd(world: World, count: int) -> None:
    """As many more makers and guests, each with a wish."""
    for n in range(count):
        business = Business.objects.create(name=f"Usaha {n} {Business.objects.count()}", sector="culinary")
        Product.objects.create(business=business, name="Keripik", name_en="Crisps", hs="200899")
        maker = Participation.objects.create(
            activity=world.activity, side="maker", business=business, answer="accepted"
        )
        made = representative(person(f"Guest {n} {maker.pk}"), world.mission, world.lead)
        made.interests = "coffee, processed food"
        made.save()
        guest = Participation.objects.create(
            activity=world.activity, side="guest", representative=made, answer="accepted"
        )
        for one, other in ((maker, guest), (world.guest, maker), (world.maker, guest)):
            Wish.objects.create(activity=world.activity, chooser=one, chosen=other, mark="like")


def test_pages_cost_the_same_for_many(world: World, sign_in: SignIn) -> None:
    pages = {
        "owner": [reverse("my_wishes", args=[world.maker.pk])],
        "representative": [reverse("my_wishes", args=[world.guest.pk])],
        "lead_officer": [
            reverse("requests", args=[world.activity.pk]),
            reverse("wishes_for", args=[world.activity.pk, world.maker.pk]),
            reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk]),
        ],
    }
    crowd(world, 3)
    counted: dict[str, int] = {}
    for many in (False, True):
        if many:
            crowd(world, 27)
        for actor, addresses in pages.items():
            client = sign_in(world, actor)
            for address in addresses:
                client.get(address)
                assert cost(client, address) == counted.setdefault(address, cost(client, address))


def test_an_owners_page_is_light_with_everything_it_loads(world: World, sign_in: SignIn) -> None:
    crowd(world, 60)
    client = sign_in(world, "owner")
    page = client.get(reverse("my_wishes", args=[world.maker.pk])).content
    loaded = re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js))"', page)
    assert len(loaded) >= 2
    files = [Path(str(finders.find(name.decode()))).read_bytes() for name in loaded]
    weight = sum(len(gzip.compress(part)) for part in (page, *files))
    assert weight < LIMIT, f"{weight} bytes"
