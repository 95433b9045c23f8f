"""Looking at steps anew whenever something beside them changed: alarms of what nobody has checked are always those
of the present state, in whatever order the steps were noted."""

from bisect import insort
from collections import defaultdict
from decimal import Decimal
from typing import Any

from ekspora.core.models import Agency
from ekspora.deals import alarms
from ekspora.deals.models import Deal, DealStep
from ekspora.directory.models import Product

# What comparing reads of a step.
_COMPARED = (
    "rung", "happened_on", "amount", "currency", "quantity", "unit", "alarms", "checked_at", "withdrawn_at",
    "deal__scope",
)  # fmt: skip


def judge(deal: Deal, changed: DealStep | None = None) -> None:
    """Set the alarms of a deal's unchecked steps, and of all values that are compared with them.

    ``changed``: the step that was just noted, checked or withdrawn, if one was.
    """
    Agency.objects.select_for_update().get(pk=deal.agency_id)  # two at once would not see each other's values
    steps = list(deal.steps.filter(withdrawn_at__isnull=True).order_by("happened_on", "pk"))
    noted = [noted_of(step) for step in steps]
    goods = goods_of(deal.product)
    moved = [changed] if changed is not None else []
    for step, facts in zip(steps, noted, strict=True):
        if step.checked_at is None:
            own = [alarm.as_json() for alarm in alarms.in_deal(facts, goods=goods, siblings=noted)]
            if _set(step, own + [alarm for alarm in step.alarms if alarm["code"] == "outlier"]):
                moved.append(step)
    for rung, currency in sorted({(step.rung, step.currency) for step in moved if step.amount is not None}):
        _compare(deal.agency_id, rung, currency)


def noted_of(step: DealStep) -> alarms.Noted:
    """A step as the rules see it."""
    return alarms.Noted(
        step.rung, step.happened_on, step.amount, step.currency, step.quantity, step.unit
    )  # fmt: skip


def goods_of(product: Product | None) -> alarms.Goods | None:
    """A product as the rules see it."""
    if product is None:
        return None
    free = product.monthly_capacity if product.free_capacity is None else product.free_capacity
    return alarms.Goods(
        product.unit, product.price, product.price_to, product.currency, free, product.lead_time_days
    )  # fmt: skip


def _set(step: DealStep, found: list[dict[str, Any]]) -> bool:
    """Keep what was found; whether it is something else than before."""
    if found == step.alarms:
        return False
    step.alarms = found
    DealStep.objects.filter(pk=step.pk).update(alarms=found)
    return True


def _compare(agency: int, rung: str, currency: str) -> None:
    """Find the outliers among an agency's values of one rung and currency, the largest first.

    Whatever is found no longer counts, so that it does not hide the next. O(n log n) for n values, and O(n) for each
    that is more than 100 times the smallest.
    """
    steps = list(
        DealStep.objects.filter(
            deal__agency=agency, rung=rung, currency=currency, amount__isnull=False, withdrawn_at__isnull=True
        )
        .select_related("deal")
        .only(*_COMPARED)
    )
    everywhere: list[Decimal] = []
    by_scope: dict[str, list[Decimal]] = defaultdict(list)
    for step in steps:
        if step.counts:
            _put(step, everywhere, by_scope)
    for step in sorted(steps, key=lambda one: (-(one.amount or 0), -one.pk)):
        known = next((alarm for alarm in step.alarms if alarm["code"] == "outlier"), None)
        if step.checked_at is not None or not (known or _may_be_outlier(step, everywhere)):
            continue
        if step.counts:
            _take(step, everywhere, by_scope)
        found = alarms.outlier(
            noted_of(step), by_scope[step.deal.scope] if step.deal.scope else [], everywhere
        )
        rest = [alarm for alarm in step.alarms if alarm["code"] != "outlier"]
        _set(step, rest + ([found.as_json()] if found else []))
        if step.counts:
            _put(step, everywhere, by_scope)


def _may_be_outlier(step: DealStep, counted: list[Decimal]) -> bool:
    return bool(counted) and (step.amount or 0) >= alarms.OUTLIER * counted[0]


def _put(step: DealStep, everywhere: list[Decimal], by_scope: dict[str, list[Decimal]]) -> None:
    amount = step.amount or Decimal(0)
    insort(everywhere, amount)
    insort(by_scope[step.deal.scope], amount)


def _take(step: DealStep, everywhere: list[Decimal], by_scope: dict[str, list[Decimal]]) -> None:
    amount = step.amount or Decimal(0)
    everywhere.remove(amount)
    by_scope[step.deal.scope].remove(amount)
