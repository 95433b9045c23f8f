"""Predicates every room shares. A predicate answers for an Actor and an object, without side effects."""

from ekspora.core.actors import Actor
from ekspora.core.models import Membership


def is_officer_of(actor: Actor | None, agency_id: int) -> bool:
    """Whether the actor is an officer of exactly this agency."""
    return actor is not None and agency_id in actor.agencies(Membership.Role.OFFICER)
