"""Deals: begun with a named buyer, changed, closed with the reason, opened again, handed to a successor."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.deals.models import Deal
from ekspora.deals.queries.deals import officers_of
from ekspora.deals.services.judging import judge
from ekspora.demand.models import Encounter
from ekspora.directory.models import Business, Buyer, Mission, Product
from ekspora.directory.services import changes
from ekspora.directory.services.buyers import name_buyer

State = Deal.State


@transaction.atomic
def begin(
    *,
    key: UUID,
    agency: Agency,
    business: Business,
    buyer: Buyer,
    subject: str,
    actor: Person,
    product: Product | None = None,
    scope: str = "",
    encounter: Encounter | None = None,
    mission: Mission | None = None,
    owner: Person | None = None,
) -> Deal:
    """A deal of a business with a named buyer; the same ``key`` again is the deal it made.

    ``mission``: through which the buyer came; it keeps the credit. Raises DomainError where the parts do not belong
    together.
    """
    Agency.objects.select_for_update().get(
        pk=agency.pk
    )  # the same form sent twice is read one after the other
    known = Deal.objects.filter(key=key).first()
    if known is not None:
        return known
    _check_parts(business, product, encounter, scope)
    deal = Deal(
        key=key, business=business, buyer=buyer, subject=subject.strip() or _subject(product), product=product,
        scope=scope, encounter=encounter, mission=mission, agency=agency, owner=owner or actor, created_by=actor,
    )  # fmt: skip
    changes.apply(deal, {})
    deal.save()
    details = {"business": business.pk, "buyer": buyer.pk, "subject": deal.subject, "owner": deal.owner_id}
    audit.record(agency=agency, actor=actor, action="deal.begin", target=deal, details=details)
    return deal


def _subject(product: Product | None) -> str:
    return product.name if product is not None else ""


def _check_parts(
    business: Business, product: Product | None, encounter: Encounter | None, scope: str
) -> None:
    if product is not None and product.business_id != business.pk:
        raise DomainError(_("Choose a product of this business."))
    if encounter is not None and (encounter.business_id, encounter.scope) != (business.pk, scope):
        raise DomainError(_("That meeting was another business's."))


@transaction.atomic
def name_and_begin(*, agency: Agency, buyer: Mapping[str, str], actor: Person, **parts: Any) -> Deal:
    """Name the buyer (``name``, ``country``, ``kind``) and begin the deal in one."""
    named = name_buyer(
        agency=agency, name=buyer["name"], country=buyer["country"], kind=buyer["kind"], values={},
        introduced_by=parts.get("mission"), actor=actor,
    )  # fmt: skip
    return begin(agency=agency, buyer=named, actor=actor, **parts)


@transaction.atomic
def edit(*, deal: Deal, buyer: Mapping[str, str], values: Mapping[str, Any], actor: Person) -> list[str]:
    """Change subject, product, mission or buyer. Returns what changed; the trail keeps what it was."""
    fresh = _locked(deal)
    named = name_buyer(
        agency=fresh.agency, name=buyer["name"], country=buyer["country"], kind=buyer["kind"], values={},
        introduced_by=values.get("mission"), actor=actor,
    )  # fmt: skip
    _check_parts(fresh.business, values.get("product"), None, fresh.scope)
    wanted = {
        **values,
        "buyer": named,
        "subject": values["subject"].strip() or _subject(values.get("product")),
    }
    details = changes.plain(changes.apply(fresh, wanted))
    if details:
        fresh.save()
        audit.record(agency=fresh.agency, actor=actor, action="deal.edit", target=fresh, details=details)
    if "product" in details:
        judge(fresh)
    return list(details)


@transaction.atomic
def close(*, deal: Deal, state: str, why: str, actor: Person) -> Deal:
    """It is done, or came to nothing: say why. Saying the same twice changes nothing."""
    fresh, why = _locked(deal), why.strip()
    if state not in (State.DONE, State.LOST):
        raise DomainError(_("Say whether it is done or came to nothing."))
    if not why:
        raise DomainError(_("Write in a few words why it ends: the next one is learned from it."))
    if (fresh.state, fresh.closing_note) == (state, why):
        return fresh
    before = fresh.state
    changes.apply(fresh, {"state": state, "closing_note": why})
    fresh.save()
    details = {"state": [before, state], "why": why}
    audit.record(agency=fresh.agency, actor=actor, action="deal.close", target=fresh, details=details)
    return fresh


@transaction.atomic
def reopen(*, deal: Deal, actor: Person) -> Deal:
    """It goes on after all; why it had ended stays in the trail."""
    fresh = _locked(deal)
    if fresh.state == State.OPEN:
        return fresh
    details = {"state": [fresh.state, State.OPEN.value], "why": fresh.closing_note}
    changes.apply(fresh, {"state": State.OPEN, "closing_note": ""})
    fresh.save()
    audit.record(agency=fresh.agency, actor=actor, action="deal.reopen", target=fresh, details=details)
    return fresh


@transaction.atomic
def hand_over(*, deal: Deal, owner: Person, why: str, actor: Person) -> Deal:
    """Somebody else looks after it from now on. Raises DomainError for who does not work on it."""
    fresh = _locked(deal)
    if fresh.owner_id == owner.pk:
        return fresh
    if not officers_of(fresh).filter(pk=owner.pk).exists():
        raise DomainError(_("Only an officer who works on this deal can look after it."))
    before = fresh.owner
    fresh.owner = owner
    fresh.save(update_fields=["owner"])
    details = {
        "from": before.pk if before else None, "from_name": str(before or ""), "to": owner.pk, "to_name": str(owner),
        "why": why.strip()[:200],
    }  # fmt: skip
    audit.record(agency=fresh.agency, actor=actor, action="deal.hand_over", target=fresh, details=details)
    return fresh


def _locked(deal: Deal) -> Deal:
    rows = Deal.objects.select_for_update(of=("self",)).select_related(
        "agency", "business", "product", "buyer"
    )
    return rows.get(pk=deal.pk)
