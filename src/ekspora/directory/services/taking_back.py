"""Taking a consent back, as easily as it was given (UU 27/2022, art. 9 and 40)."""

from django.db import transaction

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.core.services import audit, erasure
from ekspora.directory.models import Consent, Stewardship
from ekspora.directory.services import consents, stewards


@transaction.atomic
def take_back(*, consent: Consent, actor: Person) -> Consent:
    """The companion no longer acts for the business; where the record itself was agreed to, the office that looks
    after it is asked to erase who agreed. Doing it twice changes nothing."""
    rows = Consent.objects.select_for_update(of=("self",)).select_related("business", "person", "companion")
    row = rows.get(pk=consent.pk)
    if row.withdrawn_at is not None:
        return row
    acting = Stewardship.objects.filter(role=Stewardship.Role.COMPANION, person=row.companion)
    for steward in acting.filter(business=row.business_id or 0).select_related("business"):
        stewards.withdraw(steward=steward, actor=actor)
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    agency = consents.agency_of(row)
    details = {"purpose": row.purpose, "version": row.version}
    audit.record(agency=agency, actor=actor, action="consent.withdraw", target=row, details=details)
    if row.purpose == Consent.Purpose.RECORD and row.person is not None and agency is not None:
        erasure.ask_agency(person=row.person, agency=agency)
    return row
