"""Promises outside their own pages: what follows from outcomes, tab and step of an activity, home, navigation."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.services import outbox
from ekspora.deals.models import Commitment
from ekspora.deals.queries import commitments as queries
from ekspora.deals.queries.mine import Mine, open_promises
from ekspora.deals.services.promised import follow
from ekspora.deals.services.reminding import KIND
from ekspora.demand.services.telling import after_telling
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels

# On a personal page after an answer that waits; overdue before due soon before the rest. Officers: after the
# next steps of their activities, before demands.
MY_OVERDUE, MY_SOON, OFFICERS_OVERDUE, OFFICERS_SOON = 70, 40, 30, 5


def cards(actor: Actor) -> Iterator[home.Card]:
    """What the actor promised and has not kept, for each business or mission by itself; officers: what is due."""
    for one in open_promises(actor):
        yield _my_card(one)
    if actor.agencies():
        yield from _officers_cards(actor)


def _my_card(one: Mine) -> home.Card:
    url, urgency = reverse("my_commitments", args=[one.participation.pk]), 0
    words = {"who": one.participation.label, "activity": one.participation.activity}
    if one.overdue:
        title = ngettext(
            "%(n)d promise of yours is overdue", "%(n)d promises of yours are overdue", one.overdue
        )
        count, urgency = one.overdue, MY_OVERDUE
    elif one.soon:
        title = ngettext(
            "%(n)d promise of yours is due this week", "%(n)d promises of yours are due this week", one.soon
        )
        count, urgency = one.soon, MY_SOON
    else:
        title, count = ngettext("You promised %(n)d thing", "You promised %(n)d things", one.open), one.open
    body = _("%(who)s · %(activity)s: what you promised, by when, and what was promised to you.")
    return home.Card(title % {"n": count}, body % words, url, _("See the promises"), urgency)


def _officers_cards(actor: Actor) -> Iterator[home.Card]:
    found, url = queries.counts(actor), reverse("all_commitments")
    if found.overdue:
        title = ngettext("%(n)d promise is overdue", "%(n)d promises are overdue", found.overdue)
        body = _("Remind who made it, hand it to a successor, or say why it will not come about.")
        yield home.Card(
            title % {"n": found.overdue},
            body,
            f"{url}?show={queries.OVERDUE}",
            _("Show them"),
            OFFICERS_OVERDUE,
        )
    if found.soon:
        title = ngettext("%(n)d promise is due this week", "%(n)d promises are due this week", found.soon)
        body = _("A reminder in time is kinder than one too late.")
        yield home.Card(
            title % {"n": found.soon}, body, f"{url}?show={queries.DUE_SOON}", _("Show them"), OFFICERS_SOON
        )


def entries(actor: Actor) -> Iterator[home.Entry]:
    """The list of all promises, for officers."""
    if actor.agencies():
        yield home.Entry(gettext_lazy("Promises"), reverse("all_commitments"), home.FOLLOW_UP)


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The step "Promises" of an activity's line, once something was promised."""
    if not rules.can_change(actor, activity):
        return
    found = queries.counted(Commitment.objects.filter(scope=activity.scope))
    if not found.all:
        return
    url = reverse("commitments", args=[activity.pk])
    figures = (
        Figure(found.open, _("promises open"), f"{url}?show=open"),
        Figure(found.overdue, _("overdue"), f"{url}?show={queries.OVERDUE}"),
        Figure(found.kept, _("kept"), f"{url}?show=kept"),
    )
    due = found.overdue + found.soon
    yield Step(
        "commitments",
        _("Promises"),
        url,
        not found.open,
        figures,
        _remind(found.overdue, due, url) if due else None,
    )


def _remind(overdue: int, due: int, url: str) -> Todo:
    if overdue:
        title = ngettext("%(n)d promise is overdue", "%(n)d promises are overdue", overdue) % {"n": overdue}
    else:
        title = ngettext("%(n)d promise is due this week", "%(n)d promises are due this week", due) % {
            "n": due
        }
    text = _("Prepare a reminder for those who promised something that is due.")
    return Todo(title, text, _("To the promises"), url)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    after_telling.register("commitments", follow)
    tabs.tabs.register(
        "commitments", tabs.page("commitments", gettext_lazy("Promises"), "commitments"), order=75
    )
    panels.register("commitments", steps, order=75)
    home.cards.register("commitments", cards, order=27)
    home.navigation.register("commitments", entries, order=65)
    outbox.labels[KIND] = gettext_lazy("Reminder of promises")
