"""Reading demands: who wants what, whose answer is due."""

from datetime import date

from django.conf import settings
from django.db.models import F, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.core.clock import today
from ekspora.core.models import Agency, Membership, Person
from ekspora.demand.models import Demand
from ekspora.directory.models import Representative

State = Demand.State
OVERDUE = "overdue"


def demands_for(actor: Actor, *, state: str = "", words: str = "", scope: str = "") -> QuerySet[Demand]:
    """Demands that the actor's agencies look after: of one state, or ``overdue``; the soonest due first.

    ``scope`` ("activity:7"): those that came up in its meetings.
    """
    found = Demand.objects.filter(agency__in=actor.agencies()).select_related(
        "representative__person", "representative__mission", "agency", "owner", "encounter__business"
    )
    if state == OVERDUE:
        found = found.filter(overdue_on(_today()))
    elif state:
        found = found.filter(state=state)
    if scope:
        found = found.filter(encounter__scope=scope)
    for word in words.split():
        found = found.filter(
            Q(text__icontains=word) | Q(text_id__icontains=word) | Q(hs__startswith=word)
            | Q(representative__person__name__icontains=word)
            | Q(representative__mission__name__icontains=word)
        )  # fmt: skip
    return found.order_by(F("answer_due").asc(nulls_last=True), "-created_at", "-id")


def demand_for(actor: Actor, pk: int) -> Demand | None:
    """One demand of the actor's agencies; None as if it did not exist."""
    return demands_for(actor).filter(pk=pk).first()


def overdue_on(day: date) -> Q:
    """Open demands whose answer was due before ``day``."""
    return Q(state=State.OPEN, answer_due__lt=day)


def count_overdue(actor: Actor) -> int:
    """How many demands of the actor's agencies should have been answered by now."""
    return Demand.objects.filter(overdue_on(_today()), agency__in=actor.agencies()).count()


def open_demands_of(representative: Representative) -> QuerySet[Demand]:
    """What one representative looks for now, newest first."""
    return representative.demands.filter(state=State.OPEN)


def officers_of(actor: Actor) -> QuerySet[Person]:
    """Officers of the actor's agencies: one of them can own a demand."""
    memberships = Membership.objects.filter(agency__in=actor.agencies(), role=Membership.Role.OFFICER)
    return Person.objects.filter(pk__in=memberships.values("person")).order_by("name")


def agencies_of(actor: Actor) -> QuerySet[Agency]:
    """Agencies for which the actor can look after a demand."""
    return Agency.objects.filter(pk__in=actor.agencies()).order_by("name")


def _today() -> date:
    return today(settings.TIME_ZONE)
