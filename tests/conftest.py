"""Shared set-up: where state lives, which database, the world of named actors, the browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as properties

from tests import places

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from tests.world import World


# A busy machine is no fault of the code: nothing here is measured in time.
properties.register_profile("untimed", deadline=None)
properties.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run the database tests on PostgreSQL")


# What takes longest begins first, so that no worker is left alone with it at the end.
SLOWEST_FIRST = ("browser", "cli", "permissions", "engines", "ui")
NEEDS_DATABASE = {"db", "transactional_db", "live_server"}


def _room(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _on_database(item: pytest.Item) -> bool:
    """Whether a test may touch the database at all; pytest-django stops every other one that tries."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or asked & NEEDS_DATABASE)


@pytest.hookimpl(trylast=True)  # after pytest-django, which puts tests with a database first
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by room, put the slowest first, and leave out on PostgreSQL what says nothing about it."""
    for item in items:
        if _room(item) == "engines":
            item.add_marker("engine")
        if _room(item) == "browser":
            item.add_marker("browser")
    place = {room: n for n, room in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: place.get(_room(item), len(place)))
    if config.getoption("--postgres"):
        config.hook.pytest_deselected(items=[item for item in items if not _on_database(item)])
        items[:] = filter(_on_database, items)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: "DjangoDbBlocker", worker_id: str
) -> Iterator[None]:
    """A database for this process: pytest-django would migrate one for each worker."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), places.database(worker_id):
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: places.empty())
        yield


@pytest.fixture(autouse=True)
def _plain_parts(settings: "object") -> None:
    """No manifest of static files is built for tests, and the cache needs no database.

    The second factor of officers has tests of its own; elsewhere being signed in is enough.
    """
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]  # pytest-django's wrapper
    cache = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.CACHES = cache  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.STORAGES = {  # type: ignore[attr-defined]  # pytest-django's wrapper
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _fresh_cache(_plain_parts: None) -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def own_files(settings: "object", tmp_path: Path) -> Path:
    """Uploads of this test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]  # pytest-django's wrapper
    return tmp_path


@pytest.fixture
def in_english() -> Iterator[None]:
    """What is said in words is compared in English."""
    from django.utils.translation import override

    with override("en"):
        yield


@pytest.fixture
def world(db: None) -> "World":
    """Named actors around one activity; see ``tests/world.py``."""
    from tests.world import build

    return build()


@pytest.fixture
def sign_in(client: "Client") -> "Callable[[World, str], Client]":
    """``sign_in(world, "owner")`` gives the test client of a named actor."""

    def signed_in(world: "World", actor: str) -> "Client":
        client.force_login(world.account(actor), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
