"""Who may see, change and answer. Predicates on an actor and an object whose relations are loaded."""

from ekspora.core.actors import Actor
from ekspora.programmes.models import Activity, Organiser, Participation

# Officers of these organisers change an activity; those of the others look.
WORKING = frozenset({Organiser.Role.LEAD, Organiser.Role.CO})


def can_see(actor: Actor, activity: Activity) -> bool:
    """Whether the actor is an officer of one of the activity's organisers."""
    agencies = actor.agencies()
    return any(row.agency_id in agencies for row in activity.organiser_rows.all())


def can_change(actor: Actor, activity: Activity) -> bool:
    """Whether the actor is an officer of the lead or of a co-organiser."""
    agencies = actor.agencies()
    return any(row.agency_id in agencies and row.role in WORKING for row in activity.organiser_rows.all())


def is_own(actor: Actor, participation: Participation) -> bool:
    """Whether the actor is whom this participation is about: guest, owner, agreed companion or substitute."""
    if not actor.may_touch(participation.activity.scope):
        return False
    person = actor.person.pk
    if participation.substitute_id == person:
        return True
    if participation.representative is not None:
        return participation.representative.person_id == person
    assert participation.business is not None  # by constraint
    return any(steward.person_id == person for steward in participation.business.stewards.all())
