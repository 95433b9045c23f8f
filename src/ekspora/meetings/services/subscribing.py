"""Calendar subscriptions."""

from django.db import transaction

from ekspora.core.clock import now
from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from ekspora.programmes.models import Participation


@transaction.atomic
def subscribe(*, participation: Participation, person: Person) -> str:
    """Issue the token of a calendar feed for one day, and close the former one for the same day."""
    scope = participation.activity.scope
    former = AccessLink.objects.filter(
        person=person, scope=scope, kind=AccessLink.Kind.CALENDAR, target=str(participation.pk)
    )
    former.filter(revoked_at__isnull=True).update(revoked_at=now())
    return links.issue(
        person=person, kind=AccessLink.Kind.CALENDAR, issued_by=person,
        agency=participation.activity.programme.agency, scope=scope, target=str(participation.pk),
    )  # fmt: skip
