"""Who sees what guests see of a business: those it meets at an activity, and those who organise that."""

from ekspora.core.actors import Actor
from ekspora.directory.models import Business
from ekspora.programmes.models import Participation
from ekspora.programmes.queries.activities import activities_for
from ekspora.programmes.queries.participations import participations_of


def sees(actor: Actor, business: Business) -> bool:
    """Whether the actor is a guest (or a guest's substitute) where the business comes, or an officer there."""
    there = Participation.objects.filter(business=business)
    coming = there.filter(answer=Participation.Answer.ACCEPTED).values("activity")
    guests = participations_of(actor).filter(side=Participation.Side.GUEST, activity__in=coming)
    return guests.exists() or activities_for(actor).filter(pk__in=there.values("activity")).exists()
