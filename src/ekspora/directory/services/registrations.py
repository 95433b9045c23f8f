"""Businesses that register themselves, or through a companion: taken in, kept, found to be a known one, or not kept."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit, outbox
from ekspora.directory import wording
from ekspora.directory.models import Business, Claim, Consent, Reception, Registration, Stewardship
from ekspora.directory.rules import scope_of
from ekspora.directory.services import (
    changes,
    claims,
    consents,
    merging,
    nibs,
    products,
    statements,
    stewards,
)
from ekspora.directory.services.businesses import list_with
from ekspora.directory.services.newcomers import newcomer

State = Registration.State


@transaction.atomic
def receive(*, agency: Agency, provinces: Iterable[str], actor: Person) -> None:
    """Say from which provinces an agency takes businesses in; an empty code stands for where nobody else does."""
    wanted = set(provinces)
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    known = set(agency.receptions.values_list("province", flat=True))
    if wanted == known:
        return
    agency.receptions.exclude(province__in=wanted).delete()
    Reception.objects.bulk_create(Reception(agency=agency, province=code) for code in sorted(wanted - known))
    details = {"provinces": sorted(wanted)}
    audit.record(agency=agency, actor=actor, action="arrival.receive", target=agency, details=details)


@transaction.atomic
def register(
    *,
    key: UUID,
    agency: Agency,
    owner: Mapping[str, Any],
    values: Mapping[str, Any],
    product: str,
    agreed: str,
) -> Registration:
    """Take in what an owner nobody knows wrote: the person, the business, its first product, the words agreed to.

    ``owner`` are fields of Person, ``values`` of Business. The person is always a new one: a phone number proves
    nothing, so nobody comes to a record by typing it. The same ``key`` again is the registration it made.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    known = Registration.objects.filter(key=key).first()
    if known is not None:
        return known
    person = newcomer(owner)
    row = Registration(key=key, person=person, agency=agency, scope=scope_of(person))
    business, freed = _enter(row, values)
    stewards.name_owner(business=business, person=person, actor=person)
    row.consent = consents.give(person=person, business=business, words=agreed, agency=agency)
    _finish(row, product, freed)
    return row


@transaction.atomic
def add(
    *, key: UUID, agency: Agency, person: Person, scope: str, values: Mapping[str, Any], product: str,
    agreed: str, owner: Mapping[str, Any] | None = None, said: consents.Said | None = None,
) -> Registration:  # fmt: skip
    """Take in a further business of a person who is signed in, their own or, with the ``owner`` they accompany, that
    owner's.

    ``said``: how that owner agreed; a message to them waits in the send queue. ``scope``: what the session is limited
    to. Raises DomainError where the consent is missing.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    known = Registration.objects.filter(key=key, person=person).first()
    if known is not None:
        return known
    row = Registration(key=key, person=person, agency=agency, scope=scope)
    business, freed = _enter(row, values)
    whose = person if owner is None else newcomer(owner)
    stewards.name_owner(business=business, person=whose, actor=person)
    companion = None if owner is None else person
    if companion is not None:
        how = said.how if said else ""
        stewards.name_companion(business=business, person=person, consent=how, actor=person, is_noted=True)
    row.consent = consents.give(
        person=whose, business=business, words=agreed, agency=agency, said=said, companion=companion
    )
    _finish(row, product, freed)
    if companion is not None:
        _tell_owner(row, row.consent)
    return row


def _tell_owner(row: Registration, consent: Consent) -> None:
    """Whoever is said to have agreed learns of it."""
    assert consent.person is not None  # as it was just given
    drafts = [wording.brought_in(row, consent.person, consent.how)]
    outbox.prepare(agency=row.agency, topic=wording.topic_of(row.agency_id), drafts=drafts, actor=row.person)


def _enter(row: Registration, values: Mapping[str, Any]) -> tuple[Business, list[int]]:
    row.business = Business()
    changes.apply(row.business, values)
    freed = nibs.free([row.business.nib])
    row.business.save()
    return row.business, freed


def _finish(row: Registration, product: str, freed: list[int]) -> None:
    row.business_id = row.business.pk
    row.save()
    statements.note(row.business, [""], row.person)
    products.add(business=row.business, actor=row.person, values={"name": product})
    details = {"business": row.business.pk, "nib_from": freed}
    audit.record(agency=row.agency, actor=row.person, action="arrival.register", target=row, details=details)


@transaction.atomic
def keep(*, registration: Registration, actor: Person) -> Business:
    """Keep the business on the agency's list; its people are told. Raises Conflict when it was settled meanwhile."""
    row = _open(registration)
    # Held, so that nobody takes its NIB for that of a record nobody decided on.
    row.business = Business.objects.select_for_update().get(pk=row.business_id)
    list_with(business=row.business, agency=row.agency, actor=actor)
    _settle(row, State.KEPT, actor)
    return row.business


@transaction.atomic
def is_known(*, registration: Registration, business: Business, actor: Person) -> Claim | None:
    """It is a business of the register: the two records become one, and the owner who registered it claims it, for a
    form proves nothing. Nobody's claim is made of who acts for it already.

    Raises Conflict when it was settled meanwhile, DomainError where something stands against making them one.
    """
    Business.objects.select_for_update().get(pk=business.pk)  # before the agencies, as everywhere
    row = _open(registration)
    for listing in business.listings.select_related("agency"):
        list_with(business=row.business, agency=listing.agency, actor=actor)
    owners, keepers = _owners_in(row.business), _owners_in(business)
    made = _claimed(row, business, actor)
    merging.merge(kept=business, gone=row.business, agency=row.agency, actor=actor, is_proven=False)
    row.refresh_from_db()
    _settle(row, State.KEPT, actor, made, owners)
    known = [wording.met(row, person) for person in keepers if person not in (row.person, *owners)]
    outbox.prepare(agency=row.agency, topic=wording.topic_of(row.agency_id), drafts=known, actor=actor)
    return made


def _owners_in(business: Business) -> list[Person]:
    """The owners who have come in, so that their number is theirs: one that a companion typed proves nothing."""
    rows = business.stewards.filter(role=Stewardship.Role.OWNER, person__account__isnull=False)
    return [row.person for row in rows.select_related("person").order_by("pk")]


def _claimed(row: Registration, business: Business, actor: Person) -> Claim | None:
    owner = row.business.stewards.select_related("person").filter(role=Stewardship.Role.OWNER).first()
    if owner is None or business.stewards.filter(person=owner.person).exists():
        return None
    person = owner.person
    told = {"name": row.business.name, "nib": row.business.nib, "number": row.business.phone}
    scope = row.scope if person == row.person else scope_of(person)
    return claims.begin_about(
        business=business, person=person, scope=scope, told=told, consent=row.consent, actor=actor
    )


@transaction.atomic
def refuse(*, registration: Registration, reason: str, actor: Person) -> None:
    """Do not keep it; its people are told why, and the owner keeps the record. Raises Conflict when it was settled
    meanwhile, DomainError without a reason."""
    if not reason.strip():
        raise DomainError(_("Say why, in words the owner understands."))
    row = _open(registration)
    row.reason = reason.strip()[:200]
    # An NIB nobody has looked at must not stand in the way of whose it is.
    Business.objects.filter(pk=row.business_id).update(nib="")
    _settle(row, State.REFUSED, actor)


def _open(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("business", "person", "agency")
    row = rows.get(pk=registration.pk)
    if row.state != State.OPEN:
        raise Conflict(_("A colleague has settled this meanwhile."))
    return row


def _settle(
    row: Registration, state: Registration.State, actor: Person, made: Claim | None = None,
    owners: Iterable[Person] | None = None,
) -> None:  # fmt: skip
    """Decide, and tell who registered it and its ``owners``, unless they are still those of the record."""
    owners = _owners_in(row.business) if owners is None else owners
    row.state, row.decided_by, row.decided_at = state, actor, now()
    row.save()
    told = dict.fromkeys([row.person, *owners])
    drafts = [wording.looked_at(row, person, made) for person in told]
    outbox.prepare(agency=row.agency, topic=wording.topic_of(row.agency_id), drafts=drafts, actor=actor)
    details = {"business": row.business_id, "state": state}
    audit.record(agency=row.agency, actor=actor, action="arrival.settle", target=row, details=details)
