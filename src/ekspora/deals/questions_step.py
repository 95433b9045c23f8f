"""The second-stage question outside its own pages: home cards of both, label of the message, trail."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ekspora.core import home, trail
from ekspora.core.actors import Actor
from ekspora.core.services import outbox
from ekspora.deals.queries import questions
from ekspora.deals.services.questions import KIND
from ekspora.programmes import queries as programmes

TO_ASK, TO_ANSWER = 30, 70

LABELS = {
    "later.ask": gettext_lazy("asked what has come of it"),
    "later.answer": gettext_lazy("told what has come of it"),
}


def cards(actor: Actor) -> Iterator[home.Card]:
    """For officers: whom to ask now. For owners, companions and representatives: what they are asked."""
    if actor.agencies():
        yield from _to_ask(actor)
    own = {row.pk: row for row in programmes.participations_of(actor)}
    for pk in sorted(questions.unanswered(own.values())) if own else ():
        body = _("%(who)s · %(activity)s: one tap for each meeting.")
        words = {"who": own[pk].label, "activity": own[pk].activity}
        url = reverse("my_later", args=[pk])
        yield home.Card(_("What has come of it?"), body % words, url, _("Answer the question"), TO_ANSWER)


def _to_ask(actor: Actor) -> Iterator[home.Card]:
    activities = {activity.pk: activity for activity in questions.activities_to_ask(actor)}
    counts: dict[int, int] = {}
    for one in questions.due(list(activities.values())):
        counts[one.participation.activity_id] = counts.get(one.participation.activity_id, 0) + 1
    for pk, count in counts.items():
        title = ngettext(
            "Ask %(n)d person what has come of it", "Ask %(n)d people what has come of it", count
        )
        body = _("%(activity)s was half a year ago or more. Three times at most, a month apart.")
        url = reverse("deals", args=[pk])
        yield home.Card(title % {"n": count}, body % {"activity": activities[pk]}, url, _("Ask"), TO_ASK)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    home.cards.register("later", cards, order=45)
    outbox.labels[KIND] = gettext_lazy("What has come of it")
    trail.labels |= LABELS
