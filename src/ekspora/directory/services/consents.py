"""That somebody agreed, noted so that it can be proven."""

from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction

from ekspora.core.clock import now, today
from ekspora.core.models import AccessLink, Agency, Person
from ekspora.core.services import audit
from ekspora.directory import wording
from ekspora.directory.models import Business, Consent, Registration
from ekspora.directory.services.businesses import keeper_of

Purpose, Role = Consent.Purpose, Consent.Role


@dataclass(frozen=True, slots=True)
class Said:
    """How and on which day somebody agreed, as a companion or an officer tells it; ``paper`` is a letter of it."""

    how: str
    on: date
    paper: ContentFile[bytes] | None = None


@transaction.atomic
def give(
    *, person: Person, words: str, agency: Agency | None, business: Business | None = None, said: Said | None = None,
    companion: Person | None = None,
) -> Consent:  # fmt: skip
    """Note that the owner ``person`` agreed to these words: on the page, or to a ``companion`` who ``said`` how."""
    by, role = (companion, Role.COMPANION) if companion else (person, Role.OWNER)
    told = said or Said(wording.on_the_page(), today("Asia/Jakarta"))
    made = Consent(
        person=person, business=business, companion=companion, wording=words, version=wording.VERSION, how=told.how,
        given_on=told.on, recorded_by=by, recorded_as=role,
    )  # fmt: skip
    if told.paper is not None:
        made.paper.save(str(told.paper.name), told.paper, save=False)
    made.save()
    _record(made, agency, by)
    return made


@transaction.atomic
def give_for_companion(
    *, business: Business, owner: Person | None, companion: Person, how: str, actor: Person | None
) -> Consent:
    """Note as an officer that the owner agreed to a companion, and how."""
    made = Consent.objects.create(
        purpose=Purpose.COMPANION, person=owner, business=business, companion=companion, version=wording.VERSION,
        wording=wording.consent_to_companion(), how=how, given_on=today("Asia/Jakarta"), recorded_by=actor,
        recorded_as=Role.OFFICER,
    )  # fmt: skip
    _record(made, keeper_of(business), actor)
    return made


def end_for_companion(*, business: Business, companion: Person) -> None:
    """A companion no longer acts for a business, so nothing is agreed to for them any more."""
    given = Consent.objects.filter(business=business, companion=companion, purpose=Purpose.COMPANION)
    given.filter(withdrawn_at=None).update(withdrawn_at=now())


def agency_of(consent: Consent) -> Agency | None:
    """The office that looks after what was agreed to."""
    arrival = Registration.objects.filter(consent=consent).select_related("agency").first()
    keeper = keeper_of(consent.business) if consent.business else None
    return keeper or (arrival.agency if arrival else None) or _named_on_links(consent)


def _named_on_links(consent: Consent) -> Agency | None:
    """The office that somebody turned to who only claimed a business: whether the claim fits anything says nothing."""
    links = AccessLink.objects.filter(person=consent.person_id or 0).exclude(agency=None)
    link = links.select_related("agency").order_by("pk").first()
    return link.agency if link else None


def _record(consent: Consent, agency: Agency | None, actor: Person | None) -> None:
    details = {"purpose": consent.purpose, "version": consent.version}
    audit.record(agency=agency, actor=actor, action="consent.give", target=consent, details=details)
