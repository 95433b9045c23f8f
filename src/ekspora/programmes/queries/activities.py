"""Reading activities: which an actor sees, their agenda, how many answered what."""

from datetime import datetime, time

from django.db.models import Count, Prefetch, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.models import Membership
from ekspora.programmes.models import Activity, AgendaItem, Organiser, Participation

Answer = Participation.Answer
Side = Participation.Side


def _activities() -> QuerySet[Activity]:
    organisers = Organiser.objects.select_related("agency")
    return Activity.objects.select_related("programme__agency").prefetch_related(
        Prefetch("organiser_rows", organisers)
    )


def activities_for(actor: Actor) -> QuerySet[Activity]:
    """Activities that one of the actor's agencies helps to run, newest first."""
    mine = Organiser.objects.filter(agency__in=actor.agencies(Membership.Role.OFFICER)).values("activity")
    return _activities().filter(pk__in=mine)


def activity_for(actor: Actor, pk: int) -> Activity | None:
    """One activity the actor sees as an officer, with organisers loaded; None as if it did not exist."""
    return activities_for(actor).filter(pk=pk).first()


def with_counts(activities: QuerySet[Activity], words: str = "") -> QuerySet[Activity]:
    """Activities whose name or city holds every word, with ``invited`` and ``accepted`` counted."""
    for word in words.split():
        activities = activities.filter(
            Q(name__icontains=word) | Q(name_en__icontains=word) | Q(city__icontains=word)
        )
    told = ~Q(participations__answer=Answer.PLANNED)
    return activities.annotate(
        invited=Count("participations", filter=told),
        accepted=Count("participations", filter=Q(participations__answer=Answer.ACCEPTED)),
    ).order_by("-starts_on", "-pk")


def agenda(activity: Activity) -> list[AgendaItem]:
    """The agenda in order of time, with the ids of those whom a part binds by name."""
    return list(activity.agenda.prefetch_related("attendees"))


def answers(activity: Activity) -> dict[str, dict[str, int]]:
    """How many stand at which answer, by side: ``{"maker": {"planned": 3, …}, "guest": {…}}``."""
    counts = {side: dict.fromkeys(Answer.values, 0) for side in Side.values}
    rows = activity.participations.order_by().values_list("side", "answer").annotate(n=Count("id"))
    for side, answer, n in rows:
        counts[side][answer] = n
    return counts


def answers_until(activity: Activity) -> datetime:
    """Until when people answer by themselves: the first part of the agenda, else the first day's midnight."""
    first = activity.agenda.order_by("starts_at").values_list("starts_at", flat=True).first()
    return first or datetime.combine(activity.starts_on, time.min, tzinfo=activity.tz)
