"""The report outside its own pages: tab and step of an activity, home card of officers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import clock, home
from ekspora.core.actors import Actor
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels
from ekspora.results.queries.checklist import unsigned
from ekspora.results.queries.reports import report_of
from ekspora.results.rules import due
from ekspora.ui import formats

# After today's activity, before anything that only informs; once the term is over it rises.
URGENCY, LATE = 40, 70
MOST_ON_HOME = 3


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The last step of an activity's line: its report, from the day it begins."""
    today = clock.today(activity.zone)
    if activity.starts_on > today:
        return
    report, url = report_of(activity), reverse("report", args=[activity.pk])
    todo = None
    if activity.ends_on < today and report.signed_on is None and rules.can_change(actor, activity):
        text = _("To be signed by %(day)s. The page says what is missing.") % {
            "day": formats.day(due(activity))
        }
        todo = Todo(_("Complete the report"), text, _("To the report"), url)
    figures = (
        Figure(activity.reported_figures.count(), _("figures reported by others"), f"{url}#reported"),
        Figure(activity.report_photos.count(), _("photos"), f"{url}#photos"),
    )
    yield Step("report", _("Report"), url, report.signed_on is not None, figures, todo)


def cards(actor: Actor) -> Iterator[home.Card]:
    """For officers of lead and co-organisers: reports not signed yet, the oldest first."""
    if not actor.agencies():
        return
    for activity in unsigned(actor)[:MOST_ON_HOME]:
        url = reverse("report", args=[activity.pk])
        left = (due(activity) - clock.today(activity.zone)).days
        yield home.Card(
            _title(left), f"{activity} · {_term()}", url, _("To the report"), URGENCY if left >= 0 else LATE
        )


def _title(left: int) -> str:
    if left < 0:
        text = ngettext("The report is %(n)d day late", "The report is %(n)d days late", -left)
        return text % {"n": -left}
    text = ngettext("%(n)d day left to sign the report", "%(n)d days left to sign the report", left)
    return text % {"n": left}


def _term() -> str:
    return _("30 days after the end, as Permendag 14/2025 article 8 asks for fairs abroad")


def register() -> None:
    """Fill the registries of the rooms to the left."""
    tabs.tabs.register("report", tabs.page("report", gettext_lazy("Report"), "report"), order=85)
    panels.register("report", steps, order=80)
    home.cards.register("report", cards, order=40)
