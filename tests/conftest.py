"""Shared set-up: where state lives, which database, the world of named actors, the browser."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as properties

if TYPE_CHECKING:
    from django.test import Client

    from tests.world import World


# A busy machine is no fault of the code: nothing here is measured in time.
properties.register_profile("untimed", deadline=None)
properties.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run the database tests on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    root = Path(__file__).parent
    for item in items:
        room = item.path.relative_to(root).parts[0]
        if room == "engines":
            item.add_marker("engine")
        if room == "browser":
            item.add_marker("browser")


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
