"""Reads: activities an actor sees, their agenda and participations, each in a constant number of queries."""

from datetime import datetime, time

from django.db.models import Count, F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import NullIf

from ekspora.core.actors import Actor
from ekspora.core.models import AccessLink, Membership, Person
from ekspora.directory.models import Product, Stewardship
from ekspora.programmes import rules
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


def agenda(activity: Activity) -> list[AgendaItem]:
    """The agenda in order of time, with the ids of those whom a part binds by name."""
    return list(activity.agenda.prefetch_related("attendees"))


def _participations() -> QuerySet[Participation]:
    """Participations with all that lists, wishes, letters and rules read."""
    return Participation.objects.select_related(
        "activity__programme", "business", "representative__person", "representative__mission", "person",
        "substitute",
    ).prefetch_related(
        Prefetch("activity__organiser_rows", Organiser.objects.select_related("agency")),
        "business__stewards__person",
        Prefetch("business__products", Product.objects.order_by("id")),
        "business__exports",
        "business__fairs",
    )  # fmt: skip


def in_protocol_order(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Guests by precedence (those without one after them, by mission and name), makers by name."""
    return rows.order_by(
        F("side").desc(),
        NullIf("representative__precedence", Value(0)).asc(nulls_last=True),
        "representative__mission__name",
        "representative__person__name",
        "business__name",
        "id",
    )


def participations(activity: Activity, side: str | None = None) -> QuerySet[Participation]:
    """Everybody in an activity, or one side ("maker", "guest"), in protocol order, related records loaded."""
    rows = _participations().filter(activity=activity)
    return in_protocol_order(rows.filter(side=side) if side else rows)


def coming(activity: Activity, side: str | None = None) -> QuerySet[Participation]:
    """Those of ``participations`` who accepted; meetings are made for them only."""
    return participations(activity, side).filter(answer=Answer.ACCEPTED)


def participations_of(actor: Actor) -> QuerySet[Participation]:
    """What the actor takes part in as guest, owner, agreed companion or substitute, as far as a link reaches.

    Not yet invited ones are left out: nobody learns of an activity before its officers say so.
    """
    person = actor.person
    stewarded = Stewardship.objects.filter(person=person).values("business")
    own = Q(representative__person=person) | Q(business__in=stewarded) | Q(substitute=person)
    rows = _participations().filter(own).exclude(answer=Answer.PLANNED)
    if actor.scope.startswith("activity:"):
        rows = rows.filter(activity=int(actor.scope.removeprefix("activity:")))
    elif actor.scope:
        rows = rows.none()
    return rows.order_by("-activity__starts_on", "id")


def participation_for(actor: Actor, pk: int) -> Participation | None:
    """A participation the actor may answer for on the personal pages; officers use ``participation_seen``."""
    return participations_of(actor).filter(pk=pk).first()


def participation_seen(actor: Actor, pk: int) -> Participation | None:
    """A participation of an activity that the actor sees as an officer."""
    found = _participations().filter(pk=pk).first()
    return found if found is not None and rules.can_see(actor, found.activity) else None


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


def holders(participation: Participation) -> list[Person]:
    """Who may hold a personal link for this participation, whoever comes first; each once."""
    found = [participation.substitute, participation.person]
    if participation.representative is not None:
        found.append(participation.representative.person)
    if participation.business is not None:
        stewards = sorted(participation.business.stewards.all(), key=lambda s: (s.role != "owner", s.pk))
        found += [steward.person for steward in stewards]
    return list(dict.fromkeys(person for person in found if person is not None))


def links_of(participation: Participation) -> QuerySet[AccessLink]:
    """Personal links of these people into the activity, newest first. Their secrets are not stored."""
    return AccessLink.objects.select_related("person", "issued_by").filter(
        person__in=holders(participation), scope=participation.activity.scope,
        kind=AccessLink.Kind.PERSONAL,
    ).order_by("-id")  # fmt: skip


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
    )
