"""No foreign guest sees a telephone number that its owner did not agree to give, whatever address they open.

Every number of everybody is set to one that can be recognised; then every address of the URLconf is opened as the
representatives, signed in and through a link, with their own participation in the address too, and the addresses
that open without signing in are opened as the buyers would. Pages, PDFs, workbooks, calendars and JSON are searched,
and the messages that anything an officer does prepares for guests.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import typst
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ekspora.core import clock
from ekspora.core.models import AccessLink, Message, Person
from ekspora.core.services import links
from ekspora.deals.services import forwards
from ekspora.directory.models import Photo
from tests.deals.evening import EVENING, day, evening, possible
from tests.meetings.outcomes import key
from tests.permissions.rows import Row
from tests.permissions.test_matrix import ROWS
from tests.world import World

pytestmark = pytest.mark.django_db
GUESTS = ("representative", "other_representative")
PLANTED = re.compile(r"8[\s.\-()]*1[\s.\-()]*1[\s.\-()]*5[\s.\-()]*5[\s.\-()]*5(?:[\s.\-()]*\d){4}")


def plant(world: World) -> None:
    """A number of its own for everything that has one, but the guests' own."""
    own = {world.people[name].pk for name in GUESTS}
    number = 1000
    for model in apps.get_models():
        if not any(field.name == "phone" for field in model._meta.concrete_fields):
            continue
        for one in model._base_manager.exclude(pk__in=own if model is Person else ()):
            number += 1
            model._base_manager.filter(pk=one.pk).update(phone=f"+62811555{number}")


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to the typesetter: the words of a PDF are packed, and this is where they are plain."""
    texts: list[str] = []
    compile_ = typst.compile

    def keeping(files: dict[str, bytes], **options: Any) -> bytes:
        texts.append(files["data.json"].decode())
        return compile_(files, **options)  # type: ignore[no-any-return]  # the wheel's stubs promise less

    monkeypatch.setattr(typst, "compile", keeping)
    return texts


def told(response: Any, printed: list[str]) -> str:
    """Everything an answer says, unpacked."""
    content = response.getvalue() if response.streaming else response.content
    texts = [*printed, str(dict(response.headers)), content.decode("utf-8", "replace").replace("\r\n ", "")]
    printed.clear()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(texts)


def addresses(row: Row, world: World) -> Iterator[str]:
    """The address of a row, and the same with the guest's participation where one stands in it."""
    arguments = row.arguments(world)
    makers = {world.maker.pk, world.other_maker.pk, world.guest.pk, world.other_guest.pk}
    ways = [
        [one, world.guest.pk, world.other_guest.pk] if one in makers and row.name.startswith("my_") else [one]
        for one in arguments
    ]
    for chosen in product(*ways):
        try:
            yield reverse(row.name, args=chosen)
        except NoReverseMatch:
            continue


def sessions(world: World) -> Iterator[tuple[str, Client]]:
    for name in GUESTS:
        account = Client()
        account.force_login(world.account(name), backend="django.contrib.auth.backends.ModelBackend")
        yield f"{name}, signed in", account
        token = links.issue(
            person=world.people[name], kind=AccessLink.Kind.PERSONAL, issued_by=world.people["lead_officer"],
            agency=world.lead, scope=world.activity.scope, target=reverse("home"),
        )  # fmt: skip
        linked = Client()
        assert linked.post(reverse("link", args=[token])).status_code == 302
        yield f"{name}, by link", linked
    yield "a visitor", Client()


class _Undo(Exception):
    pass


def test_no_address_shows_a_guest_a_number_nobody_agreed_to(
    world: World, printed: list[str], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    plant(world)
    clients = list(sessions(world))
    officer = Client()
    officer.force_login(world.account("lead_officer"), backend="django.contrib.auth.backends.ModelBackend")
    guests = [world.people[name] for name in GUESTS]
    opened: set[tuple[str, str]] = set()
    leaks: list[tuple[str, str, str]] = []
    for name, row in sorted(ROWS.items()):
        try:
            with transaction.atomic():
                cache.clear()
                paths = list(addresses(row, world))
                if name != "my_contact":  # there both agreed
                    plant(world)
                for path, (who, client) in product(paths, clients):
                    response = getattr(client, row.method)(path, row.data)
                    if response.status_code == 200:
                        opened.add((name, who))
                    text = told(response, printed)
                    found = PLANTED.search(text)
                    if found and not (name == "my_contact" and who.startswith("representative")):
                        leaks.append((path, who, found[0]))
                getattr(officer, row.method)(paths[0], row.data)
                printed.clear()
                for message in Message.objects.filter(person__in=guests):
                    if PLANTED.search(message.subject + message.body):
                        leaks.append((name, "message", message.kind))
                raise _Undo
        except _Undo:
            continue
    assert leaks == []
    for page in (
        "my_agenda",
        "my_wishes",
        "my_demands",
        "my_evening",
        "my_contact",
        "product_sheet",
        "market",
    ):
        assert any(name == page and who.startswith("representative") for name, who in opened), page


def test_an_address_passed_on_to_buyers_shows_no_number(
    world: World, client: Client, printed: list[str], tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    plant(world)
    with clock.at(EVENING):
        day(world)
        possible(world, share=True)
        product_ = world.business.products.get()
        photo = Photo.objects.create(product=product_, file="products/x.jpg", position=0)
        address = forwards.pass_on(
            evening=evening(world.guest), businesses=[world.business.pk], actor=world.people["representative"]
        )  # fmt: skip
        token = address.split("/r/")[1].strip("/")
        paths = [
            reverse(name, args=[token, *more])
            for name, more in (
                ("passed_on", []),
                ("ask", [world.business.pk]),
                ("passed_on_photo", [photo.pk]),
            )
        ]
        assert client.get(paths[0]).status_code == 200
        for path in paths:
            assert not PLANTED.search(told(client.get(path), printed)), path
        asked = {"name": "Asha", "company": "M", "country": "IN", "email": "asha@example.org", "words": "2 t"}
        answer = client.post(reverse("ask", args=[token, world.business.pk]), asked | {"website": ""})
        assert not PLANTED.search(told(answer, printed))
    assert not any(
        PLANTED.search(m.subject + m.body) for m in Message.objects.filter(address="asha@example.org")
    )


def test_what_both_agreed_to_is_seen_so_the_search_finds_numbers(world: World, printed: list[str]) -> None:
    plant(world)
    with clock.at(EVENING):
        day(world)
        possible(world, share=True)
        client = Client()
        client.force_login(
            world.account("representative"), backend="django.contrib.auth.backends.ModelBackend"
        )
        for name, arguments in (
            ("my_contact", (world.guest.pk, key(world.maker, world.guest))),
            ("my_evening", (world.guest.pk,)),
            ("my_evening_pdf", (world.guest.pk,)),
        ):
            assert PLANTED.search(told(client.get(reverse(name, args=arguments)), printed)), name
