"""Outcomes outside their own pages: tab and step of an activity, home card of each side, label of the reminder."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.services import outbox
from ekspora.meetings.queries import results
from ekspora.meetings.queries.outcomes import waiting
from ekspora.meetings.services.outcomes import KIND
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels

# While the memory is fresh: before everything but an unanswered invitation.
URGENCY = 80


def cards(actor: Actor) -> Iterator[home.Card]:
    """For owners, companions and representatives: meetings that are over and wait for one tap each."""
    own = {row.pk: row for row in programmes.participations_of(actor).filter(answer="accepted")}
    for pk, count in waiting(own.values()).items():
        title = ngettext("%(n)d meeting waits for one tap", "%(n)d meetings wait for one tap each", count)
        body = _("%(who)s · %(activity)s: how did it go, and what comes next?")
        url = reverse("my_agenda", args=[pk])
        words = {"who": own[pk].label, "activity": own[pk].activity}
        yield home.Card(title % {"n": count}, body % words, url, _("Say how it went"), URGENCY)


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The step "Outcomes" of an activity's line, once a timetable is published."""
    rows = results.rows(activity)
    if not rows or not rules.can_change(actor, activity):
        return
    url = reverse("outcomes", args=[activity.pk])
    told = sum(bool(row.said) for row in rows)
    missing = sum(map(results.SHOW["waiting"], rows))
    figures = (
        Figure(told, _("meetings with an outcome"), f"{url}?show=told"),
        Figure(sum(row.is_possible for row in rows), _("cooperation possible"), f"{url}?show=possible"),
    )
    is_done = all(len(row.said) == 2 for row in rows)
    yield Step("outcomes", _("Outcomes"), url, is_done, figures, _remind(missing, url) if missing else None)


def _remind(missing: int, url: str) -> Todo:
    title = ngettext("%(n)d meeting waits for an answer", "%(n)d meetings wait for an answer", missing)
    text = _("Prepare a reminder for those who have not said how it went.")
    return Todo(title % {"n": missing}, text, _("To the outcomes"), url)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    tabs.tabs.register(
        "outcomes", tabs.page("outcomes", gettext_lazy("Outcomes"), "outcomes", tabs.AFTER), order=70
    )
    panels.register("outcomes", steps, order=70)
    home.cards.register("outcomes", cards, order=25)
    outbox.labels[KIND] = gettext_lazy("Outcome of meetings")
