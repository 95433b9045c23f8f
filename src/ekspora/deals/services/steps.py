"""The steps of a deal: noted with their evidence, withdrawn with the reason, checked by somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core import files
from ekspora.core.clock import now, today
from ekspora.core.documents import clean_document
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Membership, Person
from ekspora.core.services import audit
from ekspora.deals.models import Deal, DealStep
from ekspora.deals.services.judging import judge
from ekspora.directory.models import ExportRecord
from ekspora.directory.services.businesses import record_export, withdraw_export

Rung, Evidence = DealStep.Rung, DealStep.Evidence
BY_WORD = (Rung.INTEREST, Rung.INQUIRY, Rung.SAMPLE)
EARLIEST = date(2000, 1, 1)
_SHORTEST_HOW = 5


@dataclass(frozen=True, slots=True)
class Values:
    """What is noted of a step. An amount has its currency, a quantity its unit."""

    rung: str
    happened_on: date
    evidence: str
    reference: str
    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """The step, and whether it was noted now (False: the form had arrived before)."""

    step: DealStep
    is_new: bool


@transaction.atomic
def add(*, deal: Deal, key: UUID, values: Values, actor: Person, file: bytes | None = None) -> Added:
    """Note a step that was reached. The same ``key`` again is the step it made.

    Raises DomainError for a day to come, for somebody's word where a paper is needed, for a file that is no paper and
    for a closed deal; Conflict when somebody has noted the very same step under another key.
    """
    fresh = Deal.objects.select_for_update(of=("self",)).select_related("agency", "business", "buyer", "product").get(
        pk=deal.pk
    )  # fmt: skip
    known = DealStep.objects.filter(key=key).first()
    if known is not None:
        return Added(known, is_new=False)
    if fresh.state != Deal.State.OPEN:
        raise DomainError(_("This deal is closed. Open it again before you note another step."))
    step = _checked(fresh, key, values, actor)
    details: dict[str, object] = {"step": step.rung, "amount": step.amount, "currency": step.currency}
    with _file_kept(step, file) as digest:
        step.save()
        _note_export(fresh, step, actor)
        judge(fresh, changed=step)
        details |= {"reference": step.reference, "file": digest}
        audit.record(agency=fresh.agency, actor=actor, action="deal.step", target=fresh, details=details)
    step.refresh_from_db()
    return Added(step, is_new=True)


def _checked(deal: Deal, key: UUID, values: Values, actor: Person) -> DealStep:
    if values.happened_on > today(settings.TIME_ZONE):
        raise DomainError(_("This day has not come yet. Note the step when it has happened."))
    if values.happened_on < EARLIEST:
        raise DomainError(_("Look at the year again."))
    if values.evidence == Evidence.STATEMENT and values.rung not in BY_WORD:
        raise DomainError(
            _("From the letter of intent on somebody's word is not enough: choose the paper that shows it.")
        )
    if (values.amount is None) != (not values.currency):
        raise DomainError(_("A value needs its currency, and a currency its value."))
    if values.quantity is not None and not values.unit:
        raise DomainError(_("A quantity needs its unit."))
    step = DealStep(
        deal=deal, key=key, rung=values.rung, happened_on=values.happened_on, amount=values.amount,
        currency=values.currency, quantity=values.quantity, unit=values.unit if values.quantity is not None else "",
        evidence=values.evidence, reference=" ".join(values.reference.split()), noted_by=actor,
    )  # fmt: skip
    try:
        step.full_clean(exclude=["alarms"])
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    _refuse_twin(step)
    return step


def _refuse_twin(step: DealStep) -> None:
    """The same paper noted by two officers at once is one step."""
    facts = ("rung", "happened_on", "amount", "currency", "quantity", "unit")
    same = DealStep.objects.filter(
        deal=step.deal, withdrawn_at__isnull=True, reference__iexact=step.reference,
        **{name: getattr(step, name) for name in facts},
    )  # fmt: skip
    twin = same.select_related("noted_by").first()
    if twin is not None:
        raise Conflict(_("%(name)s has noted this step already.") % {"name": twin.noted_by or _("Somebody")})


@contextmanager
def _file_kept(step: DealStep, data: bytes | None) -> Iterator[str]:
    """Keep the file while the step is written; it goes again when the step cannot be. Yields its digest."""
    if data is None:
        yield ""
        return
    cleaned = clean_document(data)
    step.file.save(cleaned.name, cleaned.content, save=False)
    name, storage = step.file.name or "", step.file.storage
    try:
        yield cleaned.digest
    except BaseException:
        storage.delete(name)
        raise


def _note_export(deal: Deal, step: DealStep, actor: Person) -> None:
    """A customs paper shows that the business exported: to the buyer's country, in that year, directly."""
    shows = step.rung in (Rung.SHIPPED, Rung.PAID) and step.evidence == Evidence.CUSTOMS
    if not shows or deal.buyer.country == deal.business.country:
        return
    market, year = deal.buyer.country, step.happened_on.year
    direct = ExportRecord.objects.filter(is_indirect=False)
    known = direct.filter(business=deal.business, market=market, year=year).first()
    if known is not None and not DealStep.objects.filter(export=known).exists():
        return  # it was known before, from elsewhere: then it does not depend on this step
    record = known or record_export(
        business=deal.business, market=market, year=year, is_indirect=False, agency=deal.agency, actor=actor
    )
    step.export = record
    step.save(update_fields=["export"])


@transaction.atomic
def withdraw(*, step: DealStep, why: str, actor: Person) -> DealStep:
    """Take a wrong step back. Its row stays with the reason; its file goes, the trail keeps what it was."""
    deal = (
        Deal.objects.select_for_update(of=("self",)).select_related("agency", "product").get(pk=step.deal_id)
    )
    fresh = DealStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if fresh.withdrawn_at is not None:
        return fresh
    if not why.strip():
        raise DomainError(_("Say why the step is withdrawn."))
    record = fresh.export
    fresh.withdrawn_at, fresh.withdrawn_why, fresh.export = now(), why.strip()[:200], None
    forget_file(fresh)
    fresh.save()
    if record is not None and not DealStep.objects.filter(export=record).exists():
        withdraw_export(record=record, agency=deal.agency, actor=actor)
    judge(deal, changed=fresh)
    details = {"step": fresh.rung, "id": fresh.pk, "why": fresh.withdrawn_why}
    audit.record(agency=deal.agency, actor=actor, action="deal.step_withdraw", target=deal, details=details)
    return fresh


def forget_file(step: DealStep) -> None:
    """Take the file off a step; it is deleted once the change is certain. The step is not saved."""
    files.forget(step.file)
    step.file = ""


@transaction.atomic
def check(*, step: DealStep, how: str, actor: Person) -> DealStep:
    """Somebody looked at what seemed wrong and says how: from now on the step counts.

    Whoever noted it does not check it, where the agency has another officer. Raises DomainError otherwise.
    """
    deal = (
        Deal.objects.select_for_update(of=("self",)).select_related("agency", "product").get(pk=step.deal_id)
    )
    fresh = DealStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if fresh.checked_at is not None or not fresh.alarms:
        return fresh
    if fresh.withdrawn_at is not None:
        raise DomainError(_("This step was withdrawn."))
    if len(how.strip()) < _SHORTEST_HOW:
        raise DomainError(_("Say how it was checked: which paper you looked at, whom you asked."))
    if fresh.noted_by_id == actor.pk and _has_another_officer(deal, actor):
        raise DomainError(_("You noted this step yourself. Let a colleague check it."))
    fresh.checked_by, fresh.checked_at, fresh.checked_how = actor, now(), how.strip()[:200]
    fresh.save(update_fields=["checked_by", "checked_at", "checked_how"])
    judge(deal, changed=fresh)
    details = {
        "step": fresh.rung, "id": fresh.pk, "how": fresh.checked_how,
        "alarms": [alarm["code"] for alarm in fresh.alarms],
    }  # fmt: skip
    audit.record(agency=deal.agency, actor=actor, action="deal.step_check", target=deal, details=details)
    return fresh


def _has_another_officer(deal: Deal, actor: Person) -> bool:
    officers = Membership.objects.filter(agency=deal.agency, role=Membership.Role.OFFICER)
    return officers.exclude(person=actor).exclude(person__name="").exists()
