"""Deals and inquiries outside their own pages: tab and step of an activity, navigation, home cards, trail."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home, trail
from ekspora.core.actors import Actor
from ekspora.core.numbers import id_in
from ekspora.core.services import outbox
from ekspora.deals.models import Deal
from ekspora.deals.queries import deals, inquiries, values
from ekspora.deals.queries.ladder import stage_words
from ekspora.deals.services.inquiries import KIND
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.overview import Figure, Step, Todo, panels
from ekspora.ui import formats

TO_CHECK, TO_ANSWER = 35, 50

LABELS = {
    "deal.begin": gettext_lazy("noted a deal"),
    "deal.edit": gettext_lazy("changed a deal"),
    "deal.close": gettext_lazy("closed a deal"),
    "deal.reopen": gettext_lazy("opened a deal again"),
    "deal.hand_over": gettext_lazy("handed a deal over"),
    "deal.step": gettext_lazy("noted a step of a deal"),
    "deal.step_check": gettext_lazy("checked a step of a deal"),
    "deal.step_withdraw": gettext_lazy("withdrew a step of a deal"),
    "inquiry.ask": gettext_lazy("an importer asked about a business"),
    "inquiry.take_up": gettext_lazy("took an inquiry up"),
    "inquiry.refuse": gettext_lazy("did not take an inquiry up"),
}


def cards(actor: Actor) -> Iterator[home.Card]:
    """For officers: importers who wait for an answer, and steps that somebody else has to check."""
    if not actor.agencies():
        return
    for scope, count in inquiries.new_for(actor).items():
        title = ngettext(
            "%(n)d importer asks about a business", "%(n)d importers ask about a business", count
        )
        url = reverse("inquiries", args=[id_in(scope, "activity")])
        body = _("They read a representative's report. An answer within two days keeps them.")
        yield home.Card(title % {"n": count}, body, url, _("To the inquiries"), TO_ANSWER)
    waiting = deals.unchecked_steps().filter(deal__in=Deal.objects.filter(deals.worked_on_by(actor)))
    count = waiting.exclude(noted_by=actor.person).count()
    if count:
        title = ngettext("%(n)d step of a deal looks wrong", "%(n)d steps of deals look wrong", count)
        body = _(
            "A colleague noted it. Look at the paper and say how you checked; until then it does not count."
        )
        url = reverse("all_deals") + "?alarms=1"
        yield home.Card(title % {"n": count}, body, url, _("Look at them"), TO_CHECK)


def entries(actor: Actor) -> Iterator[home.Entry]:
    """The list of all deals, for officers."""
    if actor.agencies():
        yield home.Entry(gettext_lazy("Deals"), reverse("all_deals"), home.FOLLOW_UP)


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The step "Deals" of an activity's line, once something came of a meeting."""
    if not rules.can_change(actor, activity):
        return
    mine = Deal.objects.filter(scope=activity.scope)
    count, asking = mine.count(), inquiries.new_for(actor).get(activity.scope, 0)
    if not count and not asking:
        return
    url = reverse("deals", args=[activity.pk])
    words = stage_words()
    numbers = [
        Figure(formats.money(value.amount, value.currency), words[value.rung], f"{url}?{value.query}")
        for value in values.stages_of(mine)
    ]
    waiting = deals.unchecked(activity.scope).count()
    todo = _check(waiting, url) if waiting else _answer(asking, activity) if asking else None
    figures = (Figure(count, _("deals"), url), *numbers)
    yield Step("deals", _("Deals"), url, todo is None and count > 0, figures, todo)


def _check(count: int, url: str) -> Todo:
    title = ngettext("%(n)d step waits to be checked", "%(n)d steps wait to be checked", count)
    text = _("Something looks wrong. It counts once somebody who did not note it has looked.")
    return Todo(title % {"n": count}, text, _("Look at them"), f"{url}?alarms=1")


def _answer(count: int, activity: Activity) -> Todo:
    title = ngettext("%(n)d importer asks about a business", "%(n)d importers ask about a business", count)
    text = _("They read a representative's report. An answer within two days keeps them.")
    return Todo(title % {"n": count}, text, _("To the inquiries"), reverse("inquiries", args=[activity.pk]))


def register() -> None:
    """Fill the registries of the rooms to the left."""
    tabs.tabs.register("deals", tabs.page("deals", gettext_lazy("Deals"), "deals"), order=80)
    panels.register("deals", steps, order=80)
    home.cards.register("deals", cards, order=40)
    home.navigation.register("deals", entries, order=65)
    outbox.labels[KIND] = gettext_lazy("Inquiry of an importer")
    trail.labels |= LABELS
