"""What this room puts on the home page and into the navigation, and what "activity:7" means."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.core.home import Card, Entry, cards, navigation
from ekspora.core.numbers import id_in
from ekspora.core.services import outbox
from ekspora.core.topics import TopicInfo, topics
from ekspora.programmes import overview, queries, tabs, wording
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.rules import WORKING

# An unanswered invitation comes before anything else on a personal page; an officer's next step after it.
UNANSWERED, NEXT_STEP, PLAN_FIRST = 90, 60, 10
# Of so many the next step is looked for, which asks every room; so many are shown.
NEAREST, MOST_ON_HOME = 3, 5


def officer_cards(actor: Actor) -> Iterator[Card]:
    """The coming activities, the nearest of them with their one next step; without any, an invitation to plan. However
    many there are, no more queries than for ``NEAREST``."""
    if not actor.agencies():
        return
    coming = [
        activity
        for activity in queries.activities_for(actor).order_by("starts_on", "pk")
        if activity.ends_on >= clock.today(activity.zone)
    ]
    for place, activity in enumerate(coming[:MOST_ON_HOME]):
        todo = overview.todo_of(actor, activity) if place < NEAREST else None
        when = f"{activity} · {activity.city}, {wording.days(activity)}"
        if todo is None:
            url = reverse("activity", args=[activity.pk])
            yield Card(str(activity), when, url, _("Open"))
        else:
            yield Card(todo.title, when, todo.url, todo.action, NEXT_STEP - place)
    if not coming:
        text = _("A promotion, a fair, a training: agenda, participants and invitations in one place.")
        yield Card(_("Plan an activity"), text, reverse("activity_new"), _("Plan an activity"), PLAN_FIRST)


def personal_cards(actor: Actor) -> Iterator[Card]:
    """Each invitation of an owner, companion or representative: to be answered, or as it was answered."""
    for row in queries.participations_of(actor):
        if row.activity.ends_on < clock.today(row.activity.zone):
            continue
        url = reverse("my_invitation", args=[row.pk])
        body = f"{row.label} · {row.activity.city}, {wording.days(row.activity)}"
        if row.answer == Participation.Answer.INVITED:
            yield Card(str(row.activity), body, url, _("Answer the invitation"), UNANSWERED)
        else:
            answer = row.get_answer_display()
            yield Card(str(row.activity), f"{body} · {answer}", url, _("Invitation and programme"))


def entries(actor: Actor) -> Iterator[Entry]:
    """Officers find their activities in the main navigation."""
    if actor.agencies():
        yield Entry(_("Activities"), reverse("activities"))


def about(topic: str) -> TopicInfo | None:
    """What ``activity:7`` is called, where it is, and whose officers see its messages and jobs."""
    activity = Activity.objects.filter(pk=id_in(topic, "activity")).first()
    if activity is None:
        return None
    organisers = list(activity.organiser_rows.values_list("agency_id", "role"))
    return TopicInfo(
        str(activity),
        reverse("activity", args=[activity.pk]),
        agencies=frozenset(agency for agency, _role in organisers),
        acting=frozenset(agency for agency, role in organisers if role in WORKING),
        show=lambda request, page: tabs.show(request, activity, page),
    )


def register() -> None:
    """Fill core's registries."""
    cards.register("activities", officer_cards, order=10)
    cards.register("invitations", personal_cards, order=20)
    navigation.register("activities", entries, order=10)
    topics.register("activity", about)
    outbox.labels |= {
        "invitation": gettext_lazy("Invitation"),
        "link": gettext_lazy("Personal link"),
        "substitute": gettext_lazy("Invitation of a substitute"),
    }
