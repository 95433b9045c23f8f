"""Who may see and change demands."""

from ekspora.core.actors import Actor
from ekspora.core.rules import is_officer_of
from ekspora.demand.models import Demand


def can_change(actor: Actor, demand: Demand) -> bool:
    """Whether the actor is an officer of the agency that looks after the demand."""
    return is_officer_of(actor, demand.agency_id)
