"""Which agency has kept a person longest."""

from ekspora.core.models import Agency, Person
from ekspora.directory.models import Listing, Registration, Representative


def keeper(person: Person) -> Agency | None:
    """The agency on whose list a business of theirs, or they as a representative, came first; else where what they
    registered, or what was registered for them, came to."""
    listed = Listing.objects.filter(business__stewards__person=person).order_by("since", "pk")
    if (first := listed.select_related("agency").first()) is not None:
        return first.agency
    kept = Representative.listed_by.through.objects.filter(representative__person=person).order_by("pk")
    if (entry := kept.select_related("agency").first()) is not None:
        return entry.agency
    came = Registration.objects.filter(person=person) | Registration.objects.filter(consent__person=person)
    arrival = came.select_related("agency").order_by("pk").first()
    return arrival.agency if arrival else None
