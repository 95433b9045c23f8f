"""Saying that a business of the register is one's own: begun, confirmed from its number, decided by an officer.

What proves what: an NIB is public and names the business, no more. A link that was sent to the number or email the
register holds, after an officer released it, proves it where nobody else claims the business, nobody who acts for it
has come in so far, and nobody who acted for it put that number there; else, and without it, an officer of an agency
that keeps the business decides and says how.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Message, Person
from ekspora.core.services import audit, outbox
from ekspora.directory import wording
from ekspora.directory.models import Business, Claim, Consent, Stewardship
from ekspora.directory.queries.arrivals import (
    have_signed_in,
    is_reached_by,
    is_said_by_register,
    meant,
    others_acting,
)
from ekspora.directory.rules import scope_of
from ekspora.directory.services import consents, merging, stewards
from ekspora.directory.services.businesses import keeper_of
from ekspora.directory.services.newcomers import newcomer

State = Claim.State


@transaction.atomic
def begin_as_newcomer(*, key: UUID, owner: Mapping[str, Any], told: Mapping[str, str], agreed: str) -> Claim:
    """Somebody nobody knows says that a business of the register is theirs; ``owner`` are fields of Person.

    The same ``key`` again is the claim it made.
    """
    known = Claim.objects.filter(key=key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            person = newcomer(owner)
            return begin(key=key, person=person, scope=scope_of(person), told=told, agreed=agreed)
    except IntegrityError:  # the same form at the same moment
        return Claim.objects.get(key=key)


@transaction.atomic
def begin(*, key: UUID, person: Person, scope: str, told: Mapping[str, str], agreed: str = "") -> Claim:
    """A person says that a business is theirs. ``told``: its name, and its nib or the number (phone or email) it was
    registered with. Where that number is the register's, a message to it waits in the send queue.

    Saying the same again is the claim there is, whether or not it fits anything: its address must not tell. Raises
    DomainError when neither NIB nor number is given, or where the person acts for the business already.
    """
    name, nib, number = (told.get(field, "").strip() for field in ("name", "nib", "number"))
    if not nib and not number:
        raise DomainError(_("Give the NIB, or the number or email the business was registered with."))
    Person.objects.select_for_update().get(
        pk=person.pk
    )  # pressed twice, the second finds what the first made
    found = meant(name=name, nib=nib, number=number)
    if found is not None:
        found = Business.objects.select_for_update().get(pk=found.pk)
        if Stewardship.objects.filter(business=found, person=person).exists():
            raise DomainError(_("You act for this business already."))
    same = {"person": person, "name": name[:160], "nib": nib, "number": number}
    claim = Claim.objects.filter(state=State.OPEN, **same).first()
    if claim is None:
        claim = Claim(key=key, scope=scope, **same)
    claim.business = claim.business or found
    is_new = claim.pk is None
    claim.save()
    keeper = keeper_of(found) if found else None
    if is_new:
        if agreed:
            claim.consent = consents.give(person=person, words=agreed, agency=keeper)
            claim.save(update_fields=["consent"])
        audit.record(agency=keeper, actor=person, action="claim.begin", target=claim, details=_about(claim))
    if found is not None and keeper is not None and claim.business == found:
        _ask_at_number(claim, keeper)
    return claim


@transaction.atomic
def begin_about(
    *,
    business: Business,
    person: Person,
    scope: str,
    told: Mapping[str, str],
    consent: Consent | None,
    actor: Person,
) -> Claim:
    """An officer found that what a person registered is this business: what they wrote is their claim of it."""
    claim = Claim.objects.filter(person=person, state=State.OPEN, business=business).first()
    if claim is None:
        claim, _new = Claim.objects.get_or_create(
            person=person, state=State.OPEN, **told, defaults={"scope": scope, "consent": consent}
        )
        claim.business = business
        claim.save()
        keeper = keeper_of(business)
        audit.record(agency=keeper, actor=actor, action="claim.begin", target=claim, details=_about(claim))
        if keeper is not None:
            _ask_at_number(claim, keeper)
    return claim


def _ask_at_number(claim: Claim, keeper: Agency) -> None:
    """A message to the number that was told, if the register reaches this very business by it."""
    draft = wording.prove(claim, (wording.channel_of(claim.number), claim.number))
    seen = Message.objects.filter(key=draft.key).exclude(state=Message.State.DRAFT)
    if is_reached_by(claim) and not seen.exists():  # an officer may have it open, or took it out of the queue
        topic = wording.topic_of(keeper.pk)
        outbox.prepare(agency=keeper, topic=topic, drafts=[draft], actor=claim.person)


@transaction.atomic
def prove(*, claim: Claim, code: str, actor: Person) -> Claim:
    """Who holds the number of the register says that it is so: confirmed at once where nothing speaks against it.
    ``code`` is the claim's, which only whoever made it was shown: so the two are one.

    Saying it twice changes nothing. Raises Conflict when the claim was settled otherwise meanwhile or the register has
    another number now, DomainError for another code.
    """
    row = _locked(claim)
    if row.state == State.ACCEPTED or (row.proven_at and row.state == State.OPEN):
        return row
    if row.state != State.OPEN or row.business is None:
        raise Conflict(_("This was settled meanwhile."))
    if not is_reached_by(row):
        raise Conflict(
            _("The number in the register was put right meanwhile, so this link proves nothing any more.")
        )
    if not constant_time_compare(code, row.code):
        raise DomainError(_("This is not the code. If you did not ask for this yourself, do not confirm it."))
    row.proven_at = now()
    row.save()
    keeper = keeper_of(row.business)
    audit.record(agency=keeper, actor=actor, action="claim.prove", target=row, details=_about(row))
    is_plain = is_said_by_register(row) and not have_signed_in(others_acting(row.business, row.person))
    if is_plain and not rivals_of(row):
        with_words = _("confirmed from the number the register holds")
        _accept(row, keeper, None, with_words, replaces=False)
    return row


def rivals_of(claim: Claim) -> list[Claim]:
    """Who else says that the business is theirs, or was confirmed as its owner before."""
    others = Claim.objects.filter(business=claim.business_id, state__in=(State.OPEN, State.ACCEPTED))
    return list(others.exclude(person=claim.person_id).select_related("person"))


@transaction.atomic
def accept(*, claim: Claim, how: str, replaces: bool, agency: Agency, actor: Person) -> Claim:
    """An officer has made sure that it is so and says how. Everybody who claimed the business is told.

    ``replaces``: those who were its owners until now no longer act for it. Raises Conflict when a colleague settled
    it meanwhile, DomainError without words on how, or where another claim is confirmed and is not to be replaced.
    """
    if not how.strip():
        raise DomainError(_("Say how you made sure, for example: called the number on the NIB, saw the KTP."))
    row = _still_open(claim)
    if not replaces and any(rival.state == State.ACCEPTED for rival in rivals_of(row)):
        raise DomainError(
            _(
                "Somebody else is confirmed as its owner. Tick that they no longer act for it, or do not confirm."
            )
        )
    return _accept(row, agency, actor, how.strip()[:200], replaces=replaces)


@transaction.atomic
def refuse(*, claim: Claim, reason: str, agency: Agency, actor: Person) -> Claim:
    """It could not be confirmed; the person is told why. Raises Conflict when it was settled meanwhile, DomainError
    without a reason."""
    if not reason.strip():
        raise DomainError(_("Say why, in words the owner understands."))
    row = _still_open(claim)
    _settle(row, State.REFUSED, reason.strip()[:200], agency, actor)
    return row


@transaction.atomic
def withdraw(*, claim: Claim, actor: Person) -> None:
    """The person takes it back. Doing it twice changes nothing."""
    row = _locked(claim)
    if row.state == State.OPEN:
        row.state = State.WITHDRAWN
        row.save()
        keeper = keeper_of(row.business) if row.business else None
        _drop_question(row)
        audit.record(agency=keeper, actor=actor, action="claim.withdraw", target=row, details=_about(row))


def _accept(row: Claim, agency: Agency | None, actor: Person | None, how: str, *, replaces: bool) -> Claim:
    assert row.business is not None  # only such claims come to be decided
    own = row.business.claims.filter(person=row.person).exclude(pk=row.pk)
    stewards.end_claims(own)  # confirmed before, of a record made one with it or no longer acting
    for other in own.filter(state=State.OPEN):
        withdraw(claim=other, actor=row.person)
    for rival in rivals_of(row):
        ended = State.ENDED if rival.state == State.ACCEPTED else State.REFUSED
        _settle(rival, ended, _("Somebody else was confirmed as the owner."), agency, actor)
    if replaces:
        owners = row.business.stewards.filter(role=Stewardship.Role.OWNER).exclude(person=row.person)
        for steward in owners:
            stewards.withdraw(steward=steward, actor=actor)
    stewards.name_owner(business=row.business, person=row.person, actor=actor)
    merging.give_companions(business=row.business, owner=row.person)
    _settle(row, State.ACCEPTED, how, agency, actor)
    return row


def _settle(row: Claim, state: Claim.State, reason: str, agency: Agency | None, actor: Person | None) -> None:
    row.state, row.reason, row.decided_by, row.decided_at = state, reason, actor, now()
    row.save()
    _drop_question(row)
    if agency is not None:
        topic = wording.topic_of(agency.pk)
        outbox.prepare(agency=agency, topic=topic, drafts=[wording.settled(row)], actor=actor)
    details = _about(row) | {"state": state}
    audit.record(agency=agency, actor=actor, action="claim.settle", target=row, details=details)


def _drop_question(row: Claim) -> None:
    """Nobody is asked any more, whichever of the agencies that keep the business was to ask."""
    key = f"claim:{row.pk}:prove"
    for message in Message.objects.filter(key=key).select_related("agency"):
        outbox.withdraw(agency=message.agency, topic=message.topic, kind=wording.KIND, keys=[key])


def _locked(claim: Claim) -> Claim:
    """The claim as it is now, behind the business it is about: whoever decides about one business does so in turn."""
    if claim.business_id is not None:
        Business.objects.select_for_update().get(pk=claim.business_id)
    rows = Claim.objects.select_for_update(of=("self",)).select_related("business", "person")
    return rows.get(pk=claim.pk)


def _still_open(claim: Claim) -> Claim:
    row = _locked(claim)
    if row.state != State.OPEN:
        raise Conflict(_("A colleague has settled this meanwhile."))
    return row


def _about(claim: Claim) -> dict[str, Any]:
    return {"business": claim.business_id, "person": claim.person_id}
