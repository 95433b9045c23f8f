"""The timetable outside its own pages: tab and step of an activity, home card, background work."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core import home
from ekspora.core.actors import Actor
from ekspora.core.services import jobs, outbox
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.next_step import next_step
from ekspora.meetings.queries.requests import effective_requests
from ekspora.meetings.queries.versions import REPLAN, SOLVE
from ekspora.meetings.services import publishing, replanning, solving
from ekspora.meetings.services.announcing import announce
from ekspora.programmes import queries as programmes
from ekspora.programmes import tabs
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.overview import Figure, Step, Todo, panels

State = TimetableVersion.State


def steps(actor: Actor, activity: Activity) -> Iterable[Step]:
    """The step "Timetable" of an activity's line."""
    url = reverse("timetable", args=[activity.pk])
    versions = list(activity.versions.order_by("-number").only("number", "state"))
    published = next((version for version in versions if version.state == State.PUBLISHED), None)
    newest = versions[0] if versions else None
    figures: tuple[Figure, ...] = ()
    if newest is not None:
        figures = (Figure(newest.meetings.count(), _("meetings in the newest version"), url),)
    if newest is not None and newest.state in (State.SUPERSEDED, State.REFUSED):
        newest = published
    todo = _first(activity) if newest is None else _mend(activity, newest)
    yield Step("timetable", _("Timetable"), url, published is not None, figures, todo)


def _first(activity: Activity) -> Todo | None:
    if not effective_requests(activity):
        return None
    text = _("The requests are here; the timetable can be computed.")
    url = reverse("timetable", args=[activity.pk])
    return Todo(_("Make the timetable"), text, _("Compute the timetable"), url)


def _mend(activity: Activity, newest: TimetableVersion) -> Todo | None:
    """What the timetable's own page asks for: bring up to date, publish, or send out."""
    lost = newest.meetings.filter(_cannot_be("maker") | _cannot_be("guest")).count()
    step = next_step(activity, newest, lost, 0)
    if step is None:
        return None
    if lost:
        title = _("Bring the timetable up to date")
    elif newest.state != State.PUBLISHED:
        title = _("Publish the timetable")
    else:
        title = _("Send out the timetable")
    url = reverse("timetable", args=[activity.pk]) if step.action else step.url
    return Todo(title, step.text, step.label, url)


def _cannot_be(side: str) -> Q:
    """Meetings whose ``side`` declined since, or is not there at that hour."""
    return (
        ~Q(**{f"{side}__answer": Participation.Answer.ACCEPTED})
        | Q(**{f"{side}__arrives_at__gt": F("starts_at")})
        | Q(**{f"{side}__leaves_at__lt": F("ends_at")})
    )


def cards(actor: Actor) -> Iterable[home.Card]:
    """For officers: activities whose newest timetable waits to be published."""
    if not actor.agencies():
        return
    seen = programmes.activities_for(actor).values("pk")
    waiting = TimetableVersion.objects.filter(activity__in=seen, state=State.DRAFT).exclude(
        activity__versions__state=State.PUBLISHED
    )
    found = {v.activity_id: v for v in waiting.select_related("activity").order_by("number")}
    for version in found.values():
        url = reverse("timetable", args=[version.activity_id])
        body = _("A timetable is computed and waits to be published.")
        yield home.Card(version.activity.name, body, url, _("To the timetable"), urgency=40)


def register() -> None:
    """Fill the registries of the rooms to the left."""
    jobs.kinds.register(SOLVE, solving.run)
    jobs.kinds.register(REPLAN, replanning.run)
    jobs.titles[REPLAN] = _("The timetable is being re-planned")
    outbox.labels["timetable"] = _("Timetable")
    outbox.labels["delay"] = _("Running late")
    jobs.titles[SOLVE] = _("The timetable is being computed")
    tabs.tabs.register("timetable", tabs.page("timetable", _("Timetable"), "timetable", tabs.MEET), order=50)
    tabs.tabs.register(
        "on_the_day", tabs.page("on_the_day", _("On the day"), "on_the_day", tabs.DAY), order=55
    )
    panels.register("timetable", steps, order=40)
    home.cards.register("timetable", cards, order=50)
    publishing.after_publish.register("announce", announce)
