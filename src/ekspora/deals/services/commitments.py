"""Promises by hand: written down, changed, kept, given up, handed to a successor.

Each takes the encounter first and the promise after it, as telling an outcome does: then neither waits for the
other for ever.
"""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.deals.models import Commitment, Handover
from ekspora.deals.queries.keepers import keeper_of
from ekspora.deals.services import reminding
from ekspora.demand.models import Encounter, Outcome
from ekspora.directory.models import Business, Buyer, Representative
from ekspora.directory.services import buyers

State = Commitment.State
LONGEST_ACCOUNT, LONGEST_REASON = 500, 200


@transaction.atomic
def promise(
    *,
    scope: str,
    kind: str,
    side: str,
    business: Business,
    representative: Representative,
    agency: Agency,
    due: date,
    actor: Person,
    text: str = "",
    owner: Person | None = None,
    fair: str = "",
    fair_country: str = "",
    fair_on: date | None = None,
) -> Commitment:
    """Write a promise down that no outcome tells of; without ``owner`` it is kept by the side's contact person.

    The same promise still open is taken as the one it is when it was sent twice. Raises DomainError when the
    pair has an open one of this kind already (its date can be changed there), and without words for "something
    else".
    """
    met = Encounter.objects.select_for_update().filter(
        scope=scope, business=business, representative=representative
    )
    encounter = met.order_by("pk").first()
    Agency.objects.select_for_update().get(pk=agency.pk)  # two officers writing the same do it in turn
    text = text.strip()
    if kind == Outcome.Step.OTHER and not text:
        raise DomainError(_("Say in words what was promised."))
    known = _same(scope, kind, side, business, representative, text)
    if known is not None and known.is_open and (known.text, known.due) == (text, due):
        return known
    if known is not None:
        raise DomainError(_("This was promised already. Open that promise and change it there."))
    made = Commitment(
        scope=scope, encounter=_free(encounter, side, kind), kind=kind, text=text, side=side, business=business,
        representative=representative, agency=agency, due=due, is_by_hand=True, created_by=actor,
        owner=owner or keeper_of(scope, side, business, representative),
        fair=fair, fair_country=fair_country, fair_on=fair_on,
    )  # fmt: skip
    _check(made)
    made.save()
    details = {"kind": kind, "side": side, "due": due, "owner": made.owner_id, "text": text}
    audit.record(agency=agency, actor=actor, action="commitment.promise", target=made, details=details)
    return made


def _same(
    scope: str, kind: str, side: str, business: Business, representative: Representative, text: str
) -> Commitment | None:
    """The open promise of this kind; "something else" is known by its words."""
    rows = Commitment.objects.filter(
        scope=scope, kind=kind, side=side, business=business, representative=representative, state=State.OPEN
    )
    return (rows.filter(text__iexact=text) if kind == Outcome.Step.OTHER else rows).first()


def _free(encounter: Encounter | None, side: str, kind: str) -> Encounter | None:
    """The encounter, unless a settled promise of the kind came of it: then this is another one."""
    if encounter is None or kind == Outcome.Step.OTHER:
        return encounter
    taken = Commitment.objects.filter(encounter=encounter, side=side, kind=kind)
    return None if taken.exists() else encounter


@transaction.atomic
def settle(*, commitment: Commitment, account: str, actor: Person) -> Commitment:
    """It was kept: ``account`` says what was done and what one can look at. The same said twice changes nothing.

    Raises DomainError without an account, and for "bring buyers" before a buyer is named; Conflict when somebody
    settled it otherwise meanwhile.
    """
    text = _words(
        account, LONGEST_ACCOUNT, _("Say in one line what was done, for example: samples sent on 3 March.")
    )
    fresh = _held(commitment)
    if (fresh.state, fresh.account) == (State.KEPT, text):
        return fresh
    _must_be_open(fresh)
    if fresh.kind == Outcome.Step.BUYERS and not fresh.buyers.exists():
        raise DomainError(_("Name at least one buyer first: until then nobody was brought."))
    return _close(fresh, State.KEPT, text, actor, "commitment.keep")


@transaction.atomic
def drop(*, commitment: Commitment, reason: str, actor: Person) -> Commitment:
    """It will not come about. Raises DomainError without a reason, Conflict when it was settled meanwhile."""
    text = _words(reason, LONGEST_ACCOUNT, _("Say why it will not come about."))
    fresh = _held(commitment)
    if (fresh.state, fresh.account) == (State.DROPPED, text):
        return fresh
    _must_be_open(fresh)
    return _close(fresh, State.DROPPED, text, actor, "commitment.drop")


@transaction.atomic
def reopen(*, commitment: Commitment, reason: str, actor: Person) -> Commitment:
    """It is not settled after all; the trail keeps what had been said. An open one stays as it is."""
    text = _words(reason, LONGEST_REASON, _("Say why it is open again."))
    fresh = _held(commitment)
    if fresh.is_open:
        return fresh
    details = {"reason": text, "account": fresh.account}
    fresh.state, fresh.account, fresh.settled_at, fresh.settled_by = State.OPEN, "", None, None
    fresh.is_by_hand = True
    fresh.save(update_fields=["state", "account", "settled_at", "settled_by", "is_by_hand"])
    _record(fresh, actor, "commitment.reopen", details)
    return fresh


@transaction.atomic
def change_due(*, commitment: Commitment, due: date, reason: str, actor: Person) -> Commitment:
    """Give it another date; the trail keeps the old one and why."""
    text = _words(reason, LONGEST_REASON, _("Say why the date changes."))
    fresh = _held(commitment)
    if fresh.due == due:
        return fresh
    _must_be_open(fresh)
    details = {"due": [fresh.due, due], "reason": text}
    fresh.due, fresh.is_by_hand = due, True
    fresh.save(update_fields=["due", "is_by_hand"])
    _record(fresh, actor, "commitment.due", details)
    reminding.put_right(touched=[fresh], actor=actor)
    return fresh


@transaction.atomic
def describe_fair(
    *, commitment: Commitment, fair: str, fair_country: str, fair_on: date | None, actor: Person
) -> Commitment:
    """Which fair somebody is invited to. Raises DomainError for a promise of another kind."""
    fresh = _held(commitment)
    if fresh.kind != Outcome.Step.FAIR:
        raise DomainError(_("Only an invitation to a fair has a fair."))
    values: dict[str, Any] = {"fair": fair.strip(), "fair_country": fair_country, "fair_on": fair_on}
    changed = {
        name: [getattr(fresh, name), new] for name, new in values.items() if getattr(fresh, name) != new
    }
    if changed:
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.is_by_hand = True
        _check(fresh)
        fresh.save(update_fields=[*values, "is_by_hand"])
        _record(fresh, actor, "commitment.fair", changed)
    return fresh


@transaction.atomic
def name_buyer(*, commitment: Commitment, name: str, country: str, kind: str, actor: Person) -> Buyer:
    """Name somebody who was brought; naming them again changes nothing. Their mission keeps the credit.

    Raises DomainError for a promise of another kind, one given up, and for a mission: it introduces, it never
    buys.
    """
    fresh = _held(commitment)
    if fresh.kind != Outcome.Step.BUYERS or fresh.state == State.DROPPED:
        raise DomainError(_("Buyers are named where somebody promised to bring them."))
    buyer = buyers.name_buyer(
        agency=fresh.agency, name=name, country=country, kind=kind, values={},
        introduced_by=fresh.representative.mission, actor=actor,
    )  # fmt: skip
    if not fresh.buyers.filter(pk=buyer.pk).exists():
        fresh.buyers.add(buyer)
        fresh.is_by_hand = True
        fresh.save(update_fields=["is_by_hand"])
        _record(fresh, actor, "commitment.buyer", {"buyer": buyer.pk, "name": buyer.name})
    return buyer


@transaction.atomic
def hand_over(*, commitments: Iterable[Commitment], taker: Person, reason: str, actor: Person) -> int:
    """Give open promises to a successor, with what happened before; returns how many changed hands.

    Those the taker keeps already are left alone. Raises DomainError without a reason and for an erased person,
    Conflict when one was settled meanwhile: then none changes hands.
    """
    text = _words(reason, LONGEST_REASON, _("Say why somebody else keeps it from now on."))
    if taker.is_erased:
        raise DomainError(_("This person was erased. Choose somebody else."))
    rows = list(commitments)
    met = sorted({row.encounter_id for row in rows if row.encounter_id is not None})
    list(Encounter.objects.select_for_update().filter(pk__in=met).order_by("pk"))
    held = Commitment.objects.select_for_update(of=("self",)).select_related("agency", "owner").order_by("pk")
    given = []
    for fresh in held.filter(pk__in=[row.pk for row in rows]):
        if fresh.owner_id == taker.pk:
            continue
        _must_be_open(fresh)
        given.append(copy(fresh))  # with who kept it until now, whom a reminder may be on its way to
        Handover.objects.create(
            commitment=fresh, giver_id=fresh.owner_id, taker=taker, reason=text, handed_by=actor,
            handed_at=now(),
        )  # fmt: skip
        details = {"owner": [fresh.owner_id, taker.pk], "reason": text}
        fresh.owner, fresh.is_by_hand = taker, True
        fresh.save(update_fields=["owner", "is_by_hand"])
        _record(fresh, actor, "commitment.hand_over", details)
    reminding.put_right(touched=given, actor=actor)
    return len(given)


def _held(commitment: Commitment) -> Commitment:
    if commitment.encounter_id is not None:
        Encounter.objects.select_for_update().get(pk=commitment.encounter_id)
    rows = Commitment.objects.select_for_update(of=("self",))
    return rows.select_related("agency", "settled_by", "representative__mission").get(pk=commitment.pk)


def _must_be_open(fresh: Commitment) -> None:
    if not fresh.is_open:
        text = _("Somebody settled this promise meanwhile (%(state)s). Look at it again.")
        raise Conflict(text % {"state": fresh.get_state_display()})


def _close(fresh: Commitment, state: str, account: str, actor: Person, action: str) -> Commitment:
    fresh.state, fresh.account, fresh.settled_at, fresh.settled_by = state, account, now(), actor
    fresh.is_by_hand = True
    fresh.save(update_fields=["state", "account", "settled_at", "settled_by", "is_by_hand"])
    _record(fresh, actor, action, {"account": account})
    reminding.put_right(touched=[fresh], actor=actor)
    return fresh


def _words(text: str, longest: int, missing: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise DomainError(missing)
    if len(words) > longest:
        raise DomainError(_("That is too long: at most %(n)d characters.") % {"n": longest})
    return words


def _record(commitment: Commitment, actor: Person, action: str, details: dict[str, Any]) -> None:
    audit.record(agency=commitment.agency, actor=actor, action=action, target=commitment, details=details)


def _check(commitment: Commitment) -> None:
    """What a form would refuse, a call from elsewhere is refused too."""
    try:
        commitment.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
