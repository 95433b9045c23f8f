"""Pages send small photos: whole ones are opened, smaller ones stand among others or beside a name."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from ekspora.core.pictures import SIDES
from ekspora.directory.models import Photo
from ekspora.directory.services import photos
from tests.results.records import photo as of_report
from tests.world import World

SignIn = Callable[[World, str], Client]
# Who sees a photo of the business's product where, and in which size.
PLACES: dict[str, tuple[str, Callable[[World], tuple[object, ...]], str]] = {
    "my_business": ("owner", lambda world: (world.business.pk,), "small"),
    "my_product_photos": ("owner", lambda world: (world.business.products.get().pk,), "small"),
    "business": ("lead_officer", lambda world: (world.business.pk,), "small"),
    "businesses": ("lead_officer", lambda _world: (), "thumb"),
    "my_wishes": ("representative", lambda world: (world.guest.pk,), "thumb"),
    "my_wish": ("representative", lambda world: (world.guest.pk, world.maker.pk), "small"),
}


def noisy(width: int, height: int) -> bytes:
    """A photo that does not pack well, as real ones."""
    out = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def pictured(world: World) -> Photo:
    """The product of the world's business has a photo."""
    return photos.add(product=world.business.products.get(), data=noisy(1600, 1200), actor=None)


@pytest.mark.parametrize("name", PLACES)
def test_a_page_sends_the_small_photo_and_opens_the_whole_one(
    world: World, sign_in: SignIn, name: str
) -> None:
    address = reverse("photo", args=[pictured(world).pk])
    actor, arguments, size = PLACES[name]
    page = sign_in(world, actor).get(reverse(name, args=arguments(world))).content.decode()
    assert re.findall(rf'<img [^>]*src="({address}[^"]*)"', page) == [f"{address}?{size}"]
    assert (f'href="{address}"' in page) == (size == "small")


def test_each_size_is_as_small_as_it_is_shown(world: World, sign_in: SignIn) -> None:
    client, address = sign_in(world, "owner"), reverse("photo", args=[pictured(world).pk])
    whole = client.get(address)
    tags, weights = {whole["ETag"]}, [len(whole.content)]
    for size, side in SIDES.items():
        answer = client.get(f"{address}?{size}")
        with Image.open(BytesIO(answer.content)) as image:
            assert (image.format, image.size) == ("JPEG", (side, side * 3 // 4))
        again = client.get(f"{address}?{size}", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        tags.add(answer["ETag"])
        weights.append(len(answer.content))
    assert len(tags) == len(SIDES) + 1
    assert weights == sorted(weights, reverse=True)
    assert weights[1] < weights[0] / 5


def test_the_report_shows_its_photos_small(world: World, sign_in: SignIn) -> None:
    address = reverse("report_photo", args=[of_report(world).pk])
    page = sign_in(world, "lead_officer").get(reverse("report", args=[world.activity.pk])).content.decode()
    assert f'<a href="{address}"><img src="{address}?small"' in page
