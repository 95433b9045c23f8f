"""Who may see and change what comes of it. Predicates on an actor and an object."""

from ekspora.core.actors import Actor
from ekspora.core.numbers import id_in
from ekspora.programmes.models import Organiser
from ekspora.programmes.rules import WORKING


def works_in(actor: Actor, agency_id: int, scope: str) -> bool:
    """Whether the actor is an officer of the agency, or of the lead or a co-organiser of the activity in scope."""
    agencies = actor.agencies()
    if not agencies or agency_id in agencies:
        return bool(agencies)
    working = Organiser.objects.filter(
        activity=id_in(scope, "activity"), agency__in=agencies, role__in=WORKING
    )
    return working.exists()
