"""``ekspora demo`` as a real process: the day that took place, the complete report, nothing twice, nothing untrue."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.hall import rows
from tests.cli.sites import Site, new_site

pytestmark = [
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="processes are tried once, on SQLite"),
]

# What the demonstration holds, counted inside the site.
FACTS = """
import json
from ekspora.core import clock
from ekspora.core.models import AuditEntry, Message
from ekspora.core.services import audit
from ekspora.deals.models import Commitment, DealStep, LaterAnswer
from ekspora.deals.queries.values import values
from ekspora.demand.encounters import differ
from ekspora.demand.models import Demand, Encounter, Outcome
from ekspora.directory.models import Business, Buyer
from ekspora.programmes.models import Feedback
from ekspora.results.models import Report, ReportedFigure, ReportPhoto
from ekspora.web.demo import build
activity = build.present()
people = activity.participations
told = Outcome.objects.filter(is_current=True)
day = {str(row.told_at.astimezone(activity.tz).date()) for row in told}
pairs = [{o.side: o for o in e.outcomes.filter(is_current=True)} for e in Encounter.objects.all()]
report = Report.objects.filter(activity=activity).first()
print(json.dumps({
    "over": activity.ends_on < clock.today(activity.zone),
    "absent": people.filter(side="guest", answer="accepted", came_at=None).count(),
    "substitutes": people.filter(came="substitute").count(),
    "late": people.filter(came="late").count(),
    "walked_in": people.filter(is_walk_in=True, came_at__isnull=False).count(),
    "left": people.filter(left_at__isnull=False).count(),
    "published": activity.versions.filter(published_at__isnull=False).count(),
    "told": told.count(),
    "told_on_the_day": day == {str(activity.starts_on)},
    "one_side": sum(len(pair) == 1 for pair in pairs),
    "differ": sum(differ(pair.get("maker"), pair.get("guest")) for pair in pairs),
    "verdicts": sorted(set(told.values_list("verdict", flat=True))),
    "contacts": Encounter.objects.filter(exchanged_at__isnull=False).count(),
    "demands": Demand.objects.filter(encounter__isnull=False).count(),
    "unmarked": list(Business.objects.filter(is_fictitious=False).values_list("name", flat=True)),
    "wordings": list(ReportedFigure.objects.values_list("wording", flat=True)),
    "signed": bool(report and report.signed_on and report.number and report.minutes),
    "open_places": bool(report and "…" in report.minutes),
    "photos": ReportPhoto.objects.count(),
    "feedback": Feedback.objects.count(),
    "promises": sorted(set(Commitment.objects.values_list("state", flat=True))),
    "values": [[v.rung, v.currency, str(v.amount), v.deals] for v in values(activity.scope)],
    "alarms": [[s.deal.business.name, str(s.amount)] for s in DealStep.objects.exclude(alarms=[])],
    "buyers_marked": all("(rekaan)" in name for name in Buyer.objects.values_list("name", flat=True)),
    "later": LaterAnswer.objects.count(),
    "drafts": Message.objects.filter(topic=activity.scope).exclude(state="sent").count(),
    "entries": AuditEntry.objects.count(),
    "chains": all(one.broken_at is None for one in audit.verify()),
}))
"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = new_site(tmp_path_factory.mktemp("home"))
    done = site.command("demo", "--stage", "reported", patience=600)
    assert done.returncode == 0, done.stderr
    assert "answers told" in done.stdout
    return site


def facts(site: Site) -> dict[str, Any]:
    """The figures of the site."""
    found: dict[str, Any] = json.loads(site.python(FACTS).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def found(reported: Site) -> dict[str, Any]:
    """The figures of the demonstration as it was built."""
    return facts(reported)


def test_the_day_took_place_as_the_story_tells(found: dict[str, Any]) -> None:
    assert (found["over"], found["published"], found["told_on_the_day"]) == (True, 2, True)
    assert (found["absent"], found["substitutes"], found["late"], found["walked_in"], found["left"]) == (
        2,
        1,
        2,
        1,
        2,
    )
    assert found["verdicts"] == ["informative", "none", "not_held", "possible"]
    assert min(found["one_side"], found["differ"], found["contacts"]) > 5
    assert found["differ"] < found["told"] / 4
    assert found["demands"] == 3
    assert found["chains"]


def test_the_report_is_complete_and_reported_figures_are_as_published(found: dict[str, Any]) -> None:
    assert (found["signed"], found["open_places"], found["photos"]) == (True, False, 4)
    assert found["wordings"][:2] == ["22 diplomats from 18 embassies", "a little over 40 small businesses"]
    assert found["unmarked"] == ["PT Bio Farma (Persero)"]
    assert found["feedback"] > 20


def test_promises_and_deals_were_followed_up_and_the_letter_that_cannot_be_true_is_not_counted(
    found: dict[str, Any],
) -> None:
    assert found["promises"] == ["dropped", "kept", "open"]
    assert found["alarms"] == [["Anyaman Rajapolah Mandiri", "239500000.00"]]
    assert found["values"] == [
        ["loi", "USD", "20000.00", 3], ["order", "USD", "10550.00", 2], ["shipped", "USD", "10550.00", 2],
        ["paid", "USD", "5750.00", 1],
    ]  # fmt: skip
    assert found["buyers_marked"]
    assert (found["later"] > 20, found["drafts"]) == (True, 0)


def test_built_again_it_changes_nothing(reported: Site, found: dict[str, Any]) -> None:
    assert reported.command("demo", "--stage", "reported").returncode == 2
    again = reported.command("demo", "--stage", "reported", "--if-empty")
    assert again.returncode == 0, again.stderr
    assert found | {"entries": 0} == facts(reported) | {"entries": 0}
    # The sign-in links it prints are made anew, and nothing else.
    last = "SELECT action FROM core_auditentry ORDER BY id DESC LIMIT 1"
    assert rows(reported, last) == [("link.issue",)]


def test_a_day_that_lies_ahead_is_not_told_of(tmp_path: Path) -> None:
    site = new_site(tmp_path)
    assert site.command("demo", "--stage", "call").returncode == 0
    refused = site.command("demo", "--stage", "held", "--if-empty")
    assert refused.returncode == 4
    assert "EKSPORA_HOME" in refused.stderr
    assert rows(site, "SELECT count(*) FROM meetings_timetableversion") == [(0,)]
