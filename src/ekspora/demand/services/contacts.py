"""Exchanging contacts: each side agrees for itself, and only when both have does each see the other's card.

Consent after UU 27/2022 (Personal Data Protection Act): what is given, to whom and what for stands in plain words
beside the box; words, values and time are kept. It can be withdrawn until the other side agrees too.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from segno import helpers

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.demand.models import ContactAgreement, Encounter


@dataclass(frozen=True, slots=True)
class Card:
    """What one side gives: who it is and how to reach them; empty where it is not known."""

    name: str
    organisation: str
    function: str = ""
    phone: str = ""
    email: str = ""

    @property
    def can_be_reached(self) -> bool:
        """Whether there is anything to exchange."""
        return bool(self.phone or self.email)

    @property
    def values(self) -> str:
        """The values as the person reads them before agreeing."""
        return ", ".join(part for part in (self.name, self.function, self.phone, self.email) if part)

    @property
    def vcard(self) -> str:
        """The card as vCard 3.0 (RFC 2426), for the address book of a phone."""
        plain = {name: " ".join(str(value).split()) for name, value in asdict(self).items()}
        shown = plain["name"] or plain["organisation"]
        return str(
            helpers.make_vcard_data(
                f"{shown.replace(';', ',')};", shown, org=plain["organisation"] or None,
                title=plain["function"] or None, phone=plain["phone"] or None, email=plain["email"] or None,
            )
        ).replace("\r\n", "\n").replace("\n", "\r\n")  # fmt: skip


def card_from(values: dict[str, Any]) -> Card:
    """A card as it was kept; one that was erased since has no values."""
    return Card(**({"name": "", "organisation": ""} | values))


def wording(card: Card, other: str) -> str:
    """The words somebody agrees to, in the reader's language, with every value that is given."""
    text = _(
        "I agree that %(values)s is given to %(other)s, so that we can stay in touch about this meeting, as soon "
        "as they share theirs too. Until then I can withdraw this (UU 27/2022 on personal data)."
    )
    return text % {"values": card.values, "other": other}


def seal(card: Card, words: str) -> str:
    """A short digest of what was shown: nobody agrees to words or values they did not see."""
    return hashlib.sha256(json.dumps([asdict(card), words]).encode()).hexdigest()[:16]


@transaction.atomic
def agree(
    *,
    encounter: Encounter,
    side: str,
    about: Person | None,
    card: Card,
    other: str,
    seen: str,
    agency: Agency,
    actor: Person,
) -> ContactAgreement:
    """One side agrees to give its card, which names ``about``.

    When the other side had agreed already, both see the cards from now on.

    ``seen`` is the ``seal`` of what stood beside the box; Conflict when that is not what would be given now.
    Agreeing again while an agreement stands changes nothing. DomainError for a card without phone and email.
    """
    held = Encounter.objects.select_for_update().get(pk=encounter.pk)
    standing = held.agreements.filter(withdrawn_at__isnull=True)
    mine = standing.filter(side=side).first()
    if mine is not None:
        return mine
    if not card.can_be_reached:
        raise DomainError(_("There is no phone number or email of yours to share."))
    words = wording(card, other)
    if seen != seal(card, words):
        raise Conflict(_("What would be shared has changed. Read it again and tick the box once more."))
    agreement = ContactAgreement.objects.create(
        encounter=held,
        side=side,
        about=about,
        card=asdict(card),
        wording=words,
        agreed_by=actor,
        agreed_at=now(),
    )
    details = {"side": side, "wording": words}
    audit.record(agency=agency, actor=actor, action="contact.agree", target=agreement, details=details)
    if standing.exclude(side=side).exists():
        held.exchanged_at = agreement.agreed_at
        held.save(update_fields=["exchanged_at"])
        audit.record(agency=agency, actor=actor, action="contact.exchange", target=held)
    return agreement


@transaction.atomic
def withdraw(*, encounter: Encounter, side: str, agency: Agency, actor: Person) -> None:
    """Take an agreement back before the other side agrees. Doing it twice changes nothing.

    Raises DomainError once the cards were exchanged: what the other side has cannot be called back.
    """
    held = Encounter.objects.select_for_update().get(pk=encounter.pk)
    mine = held.agreements.filter(side=side, withdrawn_at__isnull=True).first()
    if mine is None:
        return
    if held.exchanged_at is not None:
        raise DomainError(_("The other side has your contact already. Ask the organisers what can be done."))
    mine.withdrawn_at = now()
    mine.save(update_fields=["withdrawn_at"])
    audit.record(agency=agency, actor=actor, action="contact.withdraw", target=mine, details={"side": side})
