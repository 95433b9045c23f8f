"""Officers' lists: narrowing participants, and finding those who are not in an activity yet."""

from typing import Any

from django.db.models import Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import Business, Listing, Representative
from ekspora.programmes.models import Activity, Participation

Answer = Participation.Answer
Side = Participation.Side
# Everybody who was told of the activity, whatever they answered; walk-ins too.
TOLD = "told"
# What happened at the door, by the name under which lists are narrowed and reports count.
AT_THE_DOOR: dict[str, Q] = {
    "came": Q(came_at__isnull=False),
    "absent": Q(answer=Answer.ACCEPTED, came_at__isnull=True),
    "late": Q(came=Participation.Came.LATE),
    "substitute": Q(came_at__isnull=False)
    & (Q(substitute__isnull=False) | Q(came=Participation.Came.SUBSTITUTE)),
    "walk_in": Q(came_at__isnull=False, is_walk_in=True),
    "left": Q(left_at__isnull=False),
}


def narrowed(
    rows: QuerySet[Participation],
    words: str = "",
    answer: str = "",
    sector: str = "",
    *,
    came: str = "",
    country: str = "",
) -> QuerySet[Participation]:
    """Participations that hold every word and have this answer, sector, attendance and country, where given.

    ``answer`` may also be ``TOLD``; ``came`` is a name of ``AT_THE_DOOR``; ``country`` that of a guest's mission.
    """
    for word in words.split():
        rows = rows.filter(
            Q(business__name__icontains=word) | Q(person__name__icontains=word)
            | Q(representative__person__name__icontains=word) | Q(substitute__name__icontains=word)
            | Q(representative__mission__name__icontains=word) | Q(representative__function__icontains=word)
        )  # fmt: skip
    if answer in Answer.values:
        rows = rows.filter(answer=answer)
    if answer == TOLD:
        rows = rows.exclude(answer=Answer.PLANNED)
    if sector:
        rows = rows.filter(business__sector=sector)
    if came in AT_THE_DOOR:
        rows = rows.filter(AT_THE_DOOR[came])
    if country:
        rows = rows.filter(representative__mission__country=country)
    return rows


def listed(actor: Actor, side: str) -> "QuerySet[Any]":
    """Businesses or representatives on the lists of the actor's agencies, by side."""
    agencies = actor.agencies()
    if side == Side.GUEST:
        through = Representative.listed_by.through.objects.filter(agency__in=agencies)
        rows = Representative.objects.select_related("person", "mission")
        return rows.filter(pk__in=through.values("representative")).order_by("mission__name", "person__name")
    listings = Listing.objects.filter(agency__in=agencies).values("business")
    return Business.objects.filter(pk__in=listings).order_by("name", "id")


def addable(
    actor: Actor, activity: Activity, side: str, words: str = "", sector: str = ""
) -> "QuerySet[Any]":
    """Those of ``listed`` who are not in the activity yet, filtered by words and, for makers, sector."""
    key = "representative" if side == Side.GUEST else "business"
    taken = activity.participations.filter(side=side).values(key)
    rows = _worded(listed(actor, side), side, words).exclude(pk__in=taken)
    return rows.filter(sector=sector) if sector and side == Side.MAKER else rows


def _worded(rows: "QuerySet[Any]", side: str, words: str) -> "QuerySet[Any]":
    for word in words.split():
        if side == Side.GUEST:
            rows = rows.filter(
                Q(person__name__icontains=word)
                | Q(mission__name__icontains=word)
                | Q(function__icontains=word)
            )
        else:
            rows = rows.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(nib__startswith=word))
    return rows


def at_door(actor: Actor, activity: Activity, side: str, words: str, most: int = 10) -> list[Any]:
    """Up to ``most`` listed ones that match, each with ``answer`` in this activity ("" when not in it)."""
    found = list(_worded(listed(actor, side), side, words)[:most])
    key = "representative_id" if side == Side.GUEST else "business_id"
    rows = activity.participations.filter(**{f"{key}__in": [who.pk for who in found]})
    answers = {getattr(row, key): row.get_answer_display() for row in rows}
    for who in found:
        who.answer = answers.get(who.pk, "")
    return found
