"""What happens in a hall, for tests with real processes: an event of today, and devices that speak to the site."""

import http.cookiejar
import json
import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from typing import Any

from tests.cli.sites import Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# An event whose second slot runs: computed by the solver's job is only what the test asks for.
BUILD = """
import json
from datetime import timedelta
from django.urls import reverse
from ekspora.core.clock import now
from ekspora.core.models import AccessLink
from ekspora.core.services import links
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import on_the_day
from ekspora.programmes.queries import holders
from tests import world as worlds
from tests.meetings.crowd import crowd, greedy

world = worlds.build()
crowd(world, 24, 16, share=0.35)
activity = world.activity
here = now().astimezone(activity.tz)
zone = f"Etc/GMT{-((10 - now().hour + 12) % 24 - 12):+d}"
ahead = now() - timedelta(minutes=30) - worlds.at(9)
for item in activity.agenda.all():
    item.starts_at += ahead
    item.ends_at += ahead
    item.save()
activity.zone, activity.tables = zone, 12
activity.starts_on = activity.ends_on = now().astimezone(activity.tz).date()
activity.save()
version = greedy(world)
TimetableVersion.objects.filter(pk=version.pk).update(state="published", published_at=now())
absent = activity.participations.filter(side="guest").last()
on_the_day.mark(participation=absent, kind="absent", at=None, actor=world.actor("lead_officer"))

def link(person, scope):
    token = links.issue(person=person, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead, scope=scope)
    return reverse("link", args=[token])

met = [m for m in version.meetings.order_by("slot", "table") if m.maker.person or m.guest.representative][:6]
phones = []
for meeting in met:
    guest = meeting.guest
    path = reverse("my_outcome", args=[guest.pk, meeting.request])
    phones.append([link(guest.representative.person, activity.scope), reverse("my_agenda", args=[guest.pk]), path])
print(json.dumps({
    "activity": activity.pk, "phones": phones, "officer": link(world.people["lead_officer"], ""),
    "people": list(activity.participations.values_list("pk", flat=True)), "meetings": version.meetings.count(),
}))
"""


class Device:
    """A phone with its cookies, signed in by a personal link."""

    def __init__(self, site: Site, link: str, page: str) -> None:
        self.base = f"http://127.0.0.1:{site.port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.post(link, {"csrfmiddlewaretoken": self._token(link)})
        self.token = self._token(page)

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.get(path))
        assert found is not None, path
        return found[1]

    def get(self, path: str) -> str:
        """A page."""
        with self.opener.open(self.base + path, timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def post(self, path: str, form: dict[str, str]) -> int:
        """Send a form as the script of a page does. OSError while there is no server."""
        headers = {"X-Kept": "1"} | ({"X-CSRFToken": self.token} if hasattr(self, "token") else {})
        data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.base + path, data=data, headers=headers)
        with self.opener.open(request, timeout=20) as answer:
            answer.read()
            return int(answer.status)

    def marks(self, path: str, marks: list[dict[str, Any]]) -> dict[str, Any]:
        """Send taps of the door as JSON."""
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/json"}
        request = urllib.request.Request(
            self.base + path, data=json.dumps({"marks": marks}).encode(), headers=headers
        )
        with self.opener.open(request, timeout=20) as answer:
            told: dict[str, Any] = json.loads(answer.read())
            return told


def rows(site: Site, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What the database holds, read past the site."""
    with closing(sqlite3.connect(site.home / "ekspora.sqlite3", timeout=30)) as database:
        return list(database.execute(sql, values))
