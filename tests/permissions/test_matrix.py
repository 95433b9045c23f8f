"""Every address in the URLconf has a declared row; each is tried as every named actor and as a visitor."""

import importlib
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.rows import Row
from tests.world import ACTORS, World

ROOMS = (
    "core",
    "directory",
    "readiness",
    "demand",
    "programmes",
    "matching",
    "meetings",
    "deals",
    "results",
    "web",
)
ROWS: dict[str, Row] = {
    row.name: row for room in ROOMS for row in importlib.import_module(f"tests.{room}.addresses").ROWS
}


def _names(patterns: "list[URLPattern | URLResolver]") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or f"(nameless) {pattern.pattern}"


def test_every_address_is_declared_and_every_row_exists() -> None:
    names = Counter(_names(get_resolver().url_patterns))
    assert set(names) == set(ROWS)
    assert [name for name, times in names.items() if times > 1] == []  # or one of them could not be linked to


@pytest.mark.parametrize("name", sorted(ROWS))
def test_row(name: str, world: World, client: Client) -> None:
    row = ROWS[name]
    address = reverse(row.name, args=row.arguments(world))
    call = getattr(client, row.method)
    visitor = call(address, row.data)
    if row.public:
        assert visitor.status_code in row.ok
        return
    assert visitor.status_code == 302
    assert visitor["Location"].startswith(reverse("account_login"))
    denied = [actor for actor in ACTORS if actor not in row.allowed]
    for actor in [*denied, *sorted(row.allowed)]:
        client.force_login(world.account(actor), backend="django.contrib.auth.backends.ModelBackend")
        status = call(address, row.data).status_code
        expected = row.ok if actor in row.allowed else {404}
        assert status in expected, f"{actor}: {status}"
