"""``python -m benchmarks.pages``: the five main pages as their readers load them.

Weight is what a first visit transfers: the page and each style sheet and script it names, gzip-compressed.
Time is the median of ten loads, as a multiple of the lightest page of the site (``/health/``) in the same run.
"""

import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client


@dataclass(frozen=True)
class Main:
    """One of the five pages: whose it is and where."""

    name: str
    person: str
    path: str


def main() -> int:
    """Build the demonstration in a folder of its own and print the table."""
    with tempfile.TemporaryDirectory(prefix="ekspora-bench") as home:
        os.environ.update(EKSPORA_HOME=home, EKSPORA_DEMO="1", DJANGO_SETTINGS_MODULE="ekspora.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        from ekspora.web.demo import build

        print(f"demonstration built in {build.build():.1f} s")
        _programme()
        _table(_pages())
    return 0


def _programme() -> None:
    """The timetable of programme A: what it is worth and how far that is from what is proven."""
    from ekspora.web.demo import build

    activity = build.present()
    assert activity is not None
    found = activity.versions.latest("number").result
    print(
        f"programme A: {len(found['meetings'])} meetings, weight {found['weight']} (bound {found['weight_bound']}), "
        f"idle gaps {found['breaks']} (at least {found['breaks_bound']} for these meetings), {found['seconds']} s"
    )


def _pages() -> list[Main]:
    from ekspora.web.demo import build

    activity = build.present()
    assert activity is not None
    maker = activity.participations.get(business__name="Kopi Puntang Lestari")
    guest = activity.participations.filter(representative__mission__country="IN").first()
    assert guest is not None
    assert guest.representative is not None
    return [
        Main("officer's overview", "Dewi Anggraini", f"/activities/{activity.pk}/"),
        Main("timetable", "Dewi Anggraini", f"/activities/{activity.pk}/timetable/"),
        Main("requests", "Dewi Anggraini", f"/activities/{activity.pk}/requests/"),
        Main("representative's wishes", guest.representative.person.name, f"/my/{guest.pk}/wishes/"),
        Main("owner's agenda", "Rina Marlina", f"/my/{maker.pk}/agenda/"),
    ]


def _table(pages: list[Main]) -> None:
    from django.test import Client

    lightest = _median(Client(SERVER_NAME="127.0.0.1"), "/health/")
    print(f"{'page':<26}{'page KB':>9}{'all KB':>9}{'queries':>9}{'× /health/':>12}")
    for page in pages:
        client = _signed_in(page.person)
        own, total = _weight(client, page.path)
        line = f"{page.name:<26}{own / 1024:>9.1f}{total / 1024:>9.1f}{_queries(client, page.path):>9}"
        print(f"{line}{_median(client, page.path) / lightest:>12.1f}")


def _signed_in(person: str) -> "Client":
    from django.test import Client

    from ekspora.core.models import Person
    from ekspora.core.services.people import open_account

    client = Client(SERVER_NAME="127.0.0.1")
    account = open_account(person=Person.objects.get(name=person))
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _weight(client: "Client", path: str) -> tuple[int, int]:
    from django.conf import settings

    answer = client.get(path)
    if answer.status_code != 200:
        sys.exit(f"{path} answers {answer.status_code}")
    own = len(gzip.compress(answer.content))
    linked = set(re.findall(rb'(?:href|src)="/static/([^"]+\.(?:css|js))"', answer.content))
    files = [Path(settings.STATIC_ROOT) / name.decode() for name in linked]
    return own, own + sum(len(gzip.compress(file.read_bytes())) for file in files)


def _queries(client: "Client", path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _median(client: "Client", path: str) -> float:
    seconds = []
    for _ in range(10):
        start = time.perf_counter()
        client.get(path)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())
