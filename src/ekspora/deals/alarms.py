"""What looks wrong about a step, and exactly what it was compared with. Pure: no database, no language.

Totals of promotion programmes were wrong by one slip of a pen: four letters of intent worth USD 239.52 million, of
which one alone was USD 239.5 million. An alarm refuses nothing. The step is kept, and counts once somebody has
checked it. Amounts are compared within one currency only; quantities within units that convert into each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Any

from ekspora.engines.units import convert

OUTLIER = 100  # times the median of the others
FEW = 3  # others in one activity; with fewer the whole agency is looked at
PRICE = 20  # times dearer or cheaper than the product's own price
THOUSAND = (500, 2000)  # around 1000: a point read as a comma, "juta" for "ribu"
MONTHS = 12  # of free capacity
# Around 15,000 rupiah for a dollar: an amount of rupiah written as dollars, or the other way round.
RUPIAH_IN_A_DOLLAR = (10_000, 20_000)
DAYS_OF_A_MONTH = 30

LADDER = ("interest", "inquiry", "sample", "loi", "order", "shipped", "paid")


@dataclass(frozen=True, slots=True)
class Noted:
    """A step as far as it can look wrong."""

    rung: str
    happened_on: date
    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """The product a deal is about; ``capacity`` is what is free a month, else the whole capacity."""

    unit: str = ""
    price: Decimal | None = None
    price_to: Decimal | None = None
    currency: str = ""
    capacity: Decimal | None = None
    lead_time_days: int | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that looks wrong: its code, and the figures that were compared (numbers as text)."""

    code: str
    values: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """As the table keeps it."""
        return asdict(self)


def _alarm(code: str, **values: Decimal | int | str) -> Alarm:
    return Alarm(code, {name: _plain(value) for name, value in values.items()})


def _plain(value: Decimal | int | str) -> str:
    if isinstance(value, Decimal):
        return f"{value.quantize(Decimal('0.01')):f}" if value else "0"
    return str(value)


def in_deal(step: Noted, *, goods: Goods | None, siblings: Sequence[Noted]) -> list[Alarm]:
    """What looks wrong about a step beside its own product and deal.

    ``siblings``: the standing steps of its deal, the step itself among them, in the order in which they happened.
    """
    found = [capacity(step, goods), chain(step, siblings)]
    # The most telling of these three: what explains a price that cannot be is worth more than the price.
    found.append(currency_slip(step, goods) or thousands(step, goods) or price(step, goods))
    return [alarm for alarm in found if alarm is not None]


def outlier(step: Noted, in_scope: Sequence[Decimal], in_agency: Sequence[Decimal]) -> Alarm | None:
    """An amount of at least 100 times the median of the others.

    ``in_scope``, ``in_agency``: the other counted amounts of its rung and currency in its activity and in all of the
    agency; the second is looked at where the first are fewer than three.
    """
    among, others = ("activity", in_scope) if len(in_scope) >= FEW else ("agency", in_agency)
    if step.amount is None or not others:
        return None
    middle = Decimal(median(others))
    if step.amount < OUTLIER * middle:
        return None
    return _alarm(
        "outlier", among=among, others=len(others), amount=step.amount, currency=step.currency, median=middle,
        times=int(step.amount / middle), rung=step.rung,
    )  # fmt: skip


def worth(step: Noted, goods: Goods | None) -> tuple[Decimal, Decimal] | None:
    """What the quantity costs at the product's own price, lowest and highest, in the product's currency."""
    if goods is None or goods.price is None or step.quantity is None or not goods.price:
        return None
    amount = convert(step.quantity, step.unit, goods.unit)
    if amount is None or not amount:
        return None
    return amount * goods.price, amount * max(goods.price, goods.price_to or goods.price)


def price(step: Noted, goods: Goods | None) -> Alarm | None:
    """A price for one that is 20 times the product's own, or a twentieth of it."""
    range_ = worth(step, goods)
    if range_ is None or step.amount is None or goods is None or step.currency != goods.currency:
        return None
    low, high = range_
    if low / PRICE < step.amount < high * PRICE:
        return None
    one = convert(Decimal(1), goods.unit, goods.unit) or Decimal(1)
    quantity = convert(step.quantity or one, step.unit, goods.unit) or one
    return _alarm(
        "price", each=step.amount / quantity, unit=goods.unit, currency=step.currency, own=goods.price or one,
        own_to=goods.price_to or goods.price or one,
    )  # fmt: skip


def thousands(step: Noted, goods: Goods | None) -> Alarm | None:
    """About a thousand times, or a thousandth of, what the quantity costs at the product's own price."""
    range_ = worth(step, goods)
    if range_ is None or step.amount is None or goods is None or step.currency != goods.currency:
        return None
    low, high = range_
    if THOUSAND[0] * low <= step.amount <= THOUSAND[1] * high:
        return _expected("thousands_more", step, goods, high)
    if low <= step.amount * THOUSAND[1] and step.amount * THOUSAND[0] <= high:
        return _expected("thousands_less", step, goods, low)
    return None


def currency_slip(step: Noted, goods: Goods | None) -> Alarm | None:
    """The figure is right in the other of rupiah and dollar: a factor of about 15,000."""
    range_ = worth(step, goods)
    if range_ is None or step.amount is None or goods is None:
        return None
    low, high = range_
    least, most = RUPIAH_IN_A_DOLLAR
    pair = (step.currency, goods.currency)
    if pair in (("USD", "IDR"), ("IDR", "USD")):
        # The same figure under the other currency's name.
        is_slip = low / 2 <= step.amount <= high * 2
    elif pair == ("USD", "USD"):
        is_slip = least * low <= step.amount <= most * high
    elif pair == ("IDR", "IDR"):
        is_slip = low <= step.amount * most and step.amount * least <= high
    else:
        return None
    code = "rupiah_as_dollars" if step.currency == "USD" else "dollars_as_rupiah"
    return _expected(code, step, goods, high) if is_slip else None


def _expected(code: str, step: Noted, goods: Goods, expected: Decimal) -> Alarm:
    return _alarm(
        code, amount=step.amount or 0, currency=step.currency, expected=expected, expected_currency=goods.currency,
        quantity=step.quantity or 0, unit=step.unit, own=goods.price or 0, own_unit=goods.unit,
    )  # fmt: skip


def capacity(step: Noted, goods: Goods | None) -> Alarm | None:
    """More than 12 months of free capacity; the lead time is told beside it."""
    if (
        goods is None
        or goods.capacity is None
        or step.quantity is None
        or step.rung in ("interest", "sample")
    ):
        return None
    quantity = convert(step.quantity, step.unit, goods.unit)
    if quantity is None or quantity <= MONTHS * goods.capacity:
        return None
    months = ceil(quantity / goods.capacity) if goods.capacity else 0
    return _alarm(
        "capacity", quantity=quantity, unit=goods.unit, capacity=goods.capacity, months=months,
        lead_time=goods.lead_time_days or 0,
    )  # fmt: skip


def chain(step: Noted, siblings: Sequence[Noted]) -> Alarm | None:
    """Paid although nothing was shipped; more shipped than ordered; more paid than shipped.

    Rungs may be skipped: what was shipped is compared with orders only where there are any in the same currency.
    """
    if step.rung == "paid":
        if not any(one.rung == "shipped" for one in siblings):
            return _alarm("paid_unshipped", amount=step.amount or 0, currency=step.currency)
        return _more(step, siblings, than="shipped", code="paid_over")
    if step.rung == "shipped":
        return _more(step, siblings, than="order", code="shipped_over") or _more_goods(step, siblings)
    return None


def _until(step: Noted, siblings: Sequence[Noted]) -> Iterable[Noted]:
    """Steps of its rung up to and with this one."""
    for one in siblings:
        if one.rung == step.rung:
            yield one
        if one is step:
            return


def _more(step: Noted, siblings: Sequence[Noted], *, than: str, code: str) -> Alarm | None:
    before = sum_of(one for one in siblings if one.rung == than and one.currency == step.currency)
    so_far = sum_of(one for one in _until(step, siblings) if one.currency == step.currency)
    if step.amount is None or not before or so_far <= before:
        return None
    return _alarm(code, amount=so_far, before=before, currency=step.currency)


def _more_goods(step: Noted, siblings: Sequence[Noted]) -> Alarm | None:
    if step.quantity is None:
        return None
    ordered = _goods(siblings, "order", step.unit)
    shipped = _goods(_until(step, siblings), "shipped", step.unit)
    if ordered is None or shipped is None or not ordered or shipped <= ordered:
        return None
    return _alarm("shipped_more", quantity=shipped, before=ordered, unit=step.unit)


def _goods(steps: Iterable[Noted], rung: str, unit: str) -> Decimal | None:
    """All of a rung in one unit; None where one of them cannot be said in it."""
    found = Decimal(0)
    for one in steps:
        if one.rung == rung:
            amount = convert(one.quantity, one.unit, unit) if one.quantity is not None else None
            if amount is None:
                return None
            found += amount
    return found


def sum_of(steps: Iterable[Noted]) -> Decimal:
    """The amounts of steps of one currency."""
    return sum((one.amount for one in steps if one.amount is not None), Decimal(0))


def out_of_order(steps: Iterable[Noted]) -> list[tuple[Noted, Noted]]:
    """Pairs (earlier rung, later rung) where the earlier rung happened after the later: worth a second look."""
    first: dict[str, Noted] = {}
    for one in steps:
        known = first.get(one.rung)
        if known is None or one.happened_on < known.happened_on:
            first[one.rung] = one
    reached = [first[rung] for rung in LADDER if rung in first]
    return [
        (earlier, later) for earlier, later in pairwise(reached)
        if earlier.happened_on > later.happened_on
    ]  # fmt: skip
