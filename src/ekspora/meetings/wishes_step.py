"""Wishes outside their own pages: tab and step of an activity, cards of the home page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.services import outbox
from ekspora.meetings.models import Wish
from ekspora.meetings.queries.requests import pairs, silent
from ekspora.meetings.rules import wishes_are_open
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.overview import Figure, Step, Todo, panels
from ekspora.ui import formats

# After an unanswered invitation, before everything else on a personal page.
UNMARKED = 70


def steps(actor: Actor, activity: Activity) -> Iterator[Step]:
    """The step "Wishes" of an activity's line."""
    url = reverse("requests", args=[activity.pk])
    requests = [pair for pair in pairs(activity) if pair.is_request]
    quiet = silent(activity).count()
    figures = (
        Figure(len(requests), _("requests"), f"{url}?show=requests"),
        Figure(sum(pair.is_mutual for pair in requests), _("mutual"), f"{url}?show=mutual"),
        Figure(quiet, _("marked nobody yet"), url),
    )
    may_remind = quiet and wishes_are_open(activity) and rules.can_change(actor, activity)
    todo = _remind(quiet, url) if may_remind else None
    done = bool(requests) and (not quiet or not wishes_are_open(activity))
    yield Step("wishes", _("Wishes"), url, done, figures, todo)


def _remind(quiet: int, url: str) -> Todo:
    title = ngettext("%(n)d participant marked nobody yet", "%(n)d participants marked nobody yet", quiet)
    text = _("Remind them, or enter what they tell you on the phone.")
    return Todo(title % {"n": quiet}, text, _("To the requests"), url)


def cards(actor: Actor) -> Iterator[home.Card]:
    """For owners, companions and representatives: mark whom you want to meet, while there is time."""
    mine = [
        row
        for row in programmes.participations_of(actor)
        if row.answer != Participation.Answer.DECLINED and wishes_are_open(row.activity)
    ]
    marked = set(Wish.objects.filter(chooser__in=mine).values_list("chooser", flat=True))
    shown = set()
    # One card for each activity, the unmarked first: the page itself leads to a companion's other businesses.
    for row in sorted(mine, key=lambda row: row.pk in marked):
        if row.activity_id in shown:
            continue
        shown.add(row.activity_id)
        url, title = reverse("my_wishes", args=[row.pk]), _("Whom do you want to meet?")
        who = f"{row.label} · {row.activity}" if row.side == Participation.Side.MAKER else str(row.activity)
        body = f"{who} · {_until(row.activity)}" if row.activity.wishes_until else who
        if row.pk in marked:
            yield home.Card(title, body, url, _("Look at your marks"))
        else:
            yield home.Card(title, body, url, _("Mark whom you want to meet"), UNMARKED)


def _until(activity: Activity) -> str:
    assert activity.wishes_until is not None
    moment = formats.moment(formats.in_zone(activity.wishes_until, activity.tz))
    return _("until %(moment)s") % {"moment": moment}


def register() -> None:
    """Fill the registries of the rooms to the left."""
    requests = tabs.page("requests", gettext_lazy("Meeting requests"), "requests", tabs.MEET)
    tabs.tabs.register("requests", requests, order=40)
    outbox.labels["wishes"] = gettext_lazy("Wishes")
    panels.register("wishes", steps, order=30)
    home.cards.register("wishes", cards, order=30)
