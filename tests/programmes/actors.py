"""Actors of the named people of the world, as a session of theirs would have them."""

from ekspora.core.actors import Actor
from ekspora.core.models import Membership
from tests.world import World


def actor(world: World, name: str, scope: str = "") -> Actor:
    """The actor behind a name such as ``lead_officer``; ``scope`` is what a personal link limits them to."""
    person = world.people[name]
    roles = frozenset(Membership.objects.filter(person=person).values_list("role", "agency_id"))
    return Actor(person, roles, scope)
