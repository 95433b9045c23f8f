"""Forgetting a person in what came by itself: registrations, claims, and what was agreed to."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import ProtectedError, Q

from ekspora.core import files
from ekspora.core.clock import now
from ekspora.core.models import Agency, Message, Person
from ekspora.core.recognition import Marks
from ekspora.directory.models import Business, Claim, Consent, Registration
from ekspora.directory.services import photos, stewards

UNKNOWN_FOR = timedelta(days=90)


def forget(person: Person, marks: Marks) -> None:
    """What was told goes with who told it; what was decided stays. They act for nothing any more, so the next owner can
    be confirmed."""
    Registration.objects.filter(decided_by=person).update(decided_by=None)
    told = Claim.objects.filter(person=person)
    stewards.end_claims(told)
    told.filter(state=Claim.State.OPEN).update(state=Claim.State.WITHDRAWN)
    told.update(name="–", nib="", number="")
    for claim in told.exclude(reason=""):
        Claim.objects.filter(pk=claim.pk).update(reason=marks.blotted(claim.reason))
    theirs = Q(person=person) | Q(business__stewards__person=person) | Q(consent__person=person)
    for row in Registration.objects.filter(theirs).distinct():
        Registration.objects.filter(pk=row.pk).update(reason=marks.blotted(row.reason))
        for message in Message.objects.filter(key__startswith=f"registration:{row.pk}:"):
            Message.objects.filter(pk=message.pk).update(body=marks.blotted(message.body))
    for claim in Claim.objects.filter(business__stewards__person=person):
        Claim.objects.filter(pk=claim.pk).update(reason=marks.blotted(claim.reason))
    _forget_consents(person)


def _forget_consents(person: Person) -> None:
    """That somebody agreed can be proven when who noted it, or they themselves, have no name any more: words, version,
    day and way stay. Only words that a companion noted name their owner; all others are not touched, whatever somebody
    calls themselves. A letter goes with whose consent it is; nothing is agreed to for an erased person from now on."""
    marks = Marks.of(person)
    for row in Consent.objects.filter(Q(person=person) | Q(companion=person) | Q(recorded_by=person)):
        is_theirs = row.person_id == person.pk
        if is_theirs:
            files.forget(row.paper)
            row.paper = ""
        if is_theirs or (row.companion_id == person.pk and row.purpose == Consent.Purpose.COMPANION):
            row.withdrawn_at = row.withdrawn_at or now()
        row.how = marks.blotted(row.how) or "–"
        if row.recorded_as == Consent.Role.COMPANION:
            row.wording = marks.blotted(row.wording)
        row.save(update_fields=["paper", "withdrawn_at", "wording", "how"])


def drop_nobodys(numbers: list[int]) -> None:
    """What came by itself and no agency keeps was the person's alone: it goes whole."""
    left = Business.objects.filter(pk__in=numbers, registration__isnull=False, listings=None, stewards=None)
    for business in left:
        # It stays where others rely on it: deals, a record made one with it.
        with suppress(ProtectedError), transaction.atomic():
            for product in business.products.all():
                photos.forget_files(product)
            business.delete()


def expire_claims(agency: Agency, moment: datetime) -> dict[str, int]:
    """What was told with a claim that fits nothing in the register: with whichever agency is tidied first."""
    unknown = Claim.objects.filter(business=None, begun_at__lt=moment - UNKNOWN_FOR)
    return {"claims": unknown.delete()[0]}
