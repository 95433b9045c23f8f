"""Telling what came of an encounter: each side for itself, as often as it likes, nothing lost and nothing doubled."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.registries import Registry
from ekspora.core.services import audit
from ekspora.demand.models import Encounter, Outcome, WantedProduct
from ekspora.directory.models import Business, Product, Representative

POSSIBLE = Outcome.Verdict.POSSIBLE.value
LONGEST_KEY, LONGEST_NOTE = 40, 500
MOST = Decimal(10) ** 12

# What follows from an answer that was kept: rooms to the right write it in the same transaction, while the
# encounter is held. Called with the encounter, the agency that looks after it, and who told.
after_telling: Registry[Callable[[Encounter, Agency, Person], object]] = Registry(
    "what follows from an outcome"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product of the maker and how much of it, if that was said."""

    product: Product
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side says. ``key`` is made where it is said, once for each time the person presses the button."""

    key: str
    verdict: str
    steps: tuple[str, ...] = ()
    products: tuple[Wanted, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The row that holds the answer, and whether it was written now (False: it had arrived before)."""

    outcome: Outcome
    is_new: bool


@transaction.atomic
def open_encounter(
    *, scope: str, key: str, business: Business, representative: Representative, met_at: datetime
) -> Encounter:
    """The encounter of a meeting, made when one side first has something to say, and held until the end of the
    transaction. ``met_at`` follows the meeting when it was moved."""
    who = {"business": business, "representative": representative, "met_at": met_at}
    Encounter.objects.get_or_create(scope=scope, key=key, defaults=who)
    encounter = Encounter.objects.select_for_update().get(scope=scope, key=key)
    if (encounter.business_id, encounter.representative_id) != (business.pk, representative.pk):
        raise DomainError(_("This meeting is between others."))
    if encounter.met_at != met_at:
        encounter.met_at = met_at
        encounter.save(update_fields=["met_at"])
    return encounter


@transaction.atomic
def tell(*, encounter: Encounter, side: str, answer: Answer, agency: Agency, actor: Person) -> Told:
    """Keep what one side says; what it said before stays as history.

    The last to arrive counts, whatever a phone's clock says. The same key with the same words is the same answer
    sent again; with other words (a page kept open and sent twice) it is a new one. Steps and products are kept
    for ``possible`` only. Raises DomainError for a verdict, step or product that is none.
    """
    Encounter.objects.select_for_update().get(pk=encounter.pk)
    answer = _checked(answer, encounter)
    mine = Outcome.objects.filter(encounter=encounter, side=side)
    known = mine.filter(key=answer.key).prefetch_related("products").first()
    if known is not None and _said(known) == _words(answer):
        return Told(known, is_new=False)
    mine.filter(is_current=True).update(is_current=False)
    outcome = Outcome.objects.create(
        encounter=encounter, side=side, key=secrets.token_hex(8) if known is not None else answer.key,
        verdict=answer.verdict, steps=list(answer.steps), note=answer.note, told_by=actor, told_at=now(),
    )  # fmt: skip
    WantedProduct.objects.bulk_create(_rows(outcome, answer, encounter.business.sector))
    details = {
        "side": side, "verdict": answer.verdict, "steps": answer.steps, "note": answer.note,
        "products": [[w.product.pk, w.quantity, w.unit] for w in answer.products],
    }  # fmt: skip
    audit.record(agency=agency, actor=actor, action="outcome.tell", target=outcome, details=details)
    for follow in after_telling:
        follow(encounter, agency, actor)
    return Told(outcome, is_new=True)


def _rows(outcome: Outcome, answer: Answer, sector: str) -> list[WantedProduct]:
    return [
        WantedProduct(
            outcome=outcome, product=w.product, name=w.product.name, hs=w.product.hs, sector=sector,
            quantity=w.quantity, unit=w.unit,
        )
        for w in answer.products
    ]  # fmt: skip


def _checked(answer: Answer, encounter: Encounter) -> Answer:
    if not answer.key or len(answer.key) > LONGEST_KEY:
        raise DomainError(_("Open the page again and send your answer once more."))
    if answer.verdict not in Outcome.Verdict.values:
        raise DomainError(_("Choose how it went."))
    if len(answer.note) > LONGEST_NOTE:
        raise DomainError(_("The note is too long: at most 500 characters."))
    if answer.verdict != POSSIBLE:
        return Answer(answer.key, answer.verdict, note=answer.note.strip())
    if set(answer.steps) - set(Outcome.Step.values):
        raise DomainError(_("Choose the next steps from those offered."))
    _check_products(answer.products, encounter)
    steps = tuple(code for code in Outcome.Step.values if code in answer.steps)
    return Answer(answer.key, answer.verdict, steps, answer.products, answer.note.strip())


def _check_products(products: Sequence[Wanted], encounter: Encounter) -> None:
    if any(wanted.product.business_id != encounter.business_id for wanted in products):
        raise DomainError(_("Choose from the products of this business."))
    for wanted in products:
        if wanted.quantity is None:
            continue
        if not (0 < wanted.quantity < MOST and wanted.unit):
            text = _("%(product)s: write a quantity above zero, with its unit.")
            raise DomainError(text % {"product": wanted.product.name})


def _words(answer: Answer) -> tuple[object, ...]:
    goods = {(w.product.pk, w.quantity, w.unit if w.quantity is not None else "") for w in answer.products}
    return answer.verdict, list(answer.steps), answer.note, goods


def _said(outcome: Outcome) -> tuple[object, ...]:
    goods = {
        (w.product_id, w.quantity, w.unit if w.quantity is not None else "") for w in outcome.products.all()
    }
    return outcome.verdict, outcome.steps, outcome.note, goods
