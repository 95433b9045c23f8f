"""Who keeps a promise: the person of the side that made it, and who could do it in their place."""

from ekspora.core.models import Membership, Person
from ekspora.core.numbers import id_in
from ekspora.deals.models import Commitment
from ekspora.demand.models import Side
from ekspora.directory.models import Business, Representative, Stewardship
from ekspora.meetings.queries.outcomes import contact_person
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation


def participation_in(
    scope: str, side: str, business_id: int | None, representative_id: int | None
) -> Participation | None:
    """How a side took part in the activity of a scope, with all that goes with it; None if it did not."""
    activity = Activity(pk=id_in(scope, "activity"))
    own = {"business": business_id} if side == Side.MAKER else {"representative": representative_id}
    return programmes.participations(activity, side).filter(**own).first()


def keeper_of(scope: str, side: str, business: Business, representative: Representative) -> Person | None:
    """The contact person: who came for that side, else the owner of the business, else the representative."""
    row = participation_in(scope, side, business.pk, representative.pk)
    person = contact_person(row) if row is not None else None
    if person is None and side == Side.GUEST:
        person = representative.person
    if person is None and side == Side.MAKER:
        owners = Stewardship.objects.filter(business=business, role=Stewardship.Role.OWNER)
        owner = owners.select_related("person").order_by("pk").first()
        person = owner.person if owner else None
    return None if person is None or person.is_erased else person


def takers(commitment: Commitment) -> list[Person]:
    """Who could keep it in the owner's place: people of the same business or mission, officers of the agency.

    Each once, by name, without whoever keeps it now. Three queries.
    """
    if commitment.side == Side.MAKER:
        own = Person.objects.filter(stewardships__business=commitment.business_id)
    else:
        own = Person.objects.filter(representative__mission=commitment.representative.mission_id)
    officers = Person.objects.filter(
        memberships__agency=commitment.agency_id, memberships__role=Membership.Role.OFFICER
    )
    row = participation_in(
        commitment.scope, commitment.side, commitment.business_id, commitment.representative_id
    )
    came = programmes.holders(row) if row is not None else []
    found = {person.pk: person for person in (*own, *came, *officers) if not person.is_erased}
    found.pop(commitment.owner_id or 0, None)
    return sorted(found.values(), key=lambda person: person.name.casefold())
