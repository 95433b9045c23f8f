"""What deals are worth, counted: only steps that stand and about which nothing is left to check.

No two rungs are added to each other and no two currencies. Of the rungs before an order a deal has one value, that
of its last such step, however often a letter was written anew; orders, shipments and payments of a deal add up.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet

from ekspora.deals.alarms import LADDER
from ekspora.deals.models import Deal, DealStep
from ekspora.deals.queries.deals import POTENTIAL

# The four numbers that stand beside each other.
STAGES = ("potential", "order", "shipped", "paid")


@dataclass(frozen=True, slots=True)
class Value:
    """What counts of one rung in one currency, and in how many deals.

    ``rung`` may be ``potential``: for each deal the highest rung before an order that has a value.
    """

    rung: str
    currency: str
    amount: Decimal
    deals: int

    @property
    def query(self) -> str:
        """What narrows a list of deals to exactly these."""
        return urlencode({"rung": self.rung, "currency": self.currency})


@dataclass(frozen=True, slots=True)
class _Row:
    deal: int
    rung: str
    currency: str
    amount: Decimal


def values(scope: str) -> list[Value]:
    """Each rung and currency of an activity that has a value, in the order of the ladder. One query."""
    return values_of(Deal.objects.filter(scope=scope))


def stages(scope: str) -> list[Value]:
    """The four numbers of an activity (potential, order, shipped, paid) by currency. One query."""
    return stages_of(Deal.objects.filter(scope=scope))


def values_of(deals: QuerySet[Deal]) -> list[Value]:
    """Each rung and currency of these deals."""
    return _summed(_rows(deals), LADDER)


def stages_of(deals: QuerySet[Deal]) -> list[Value]:
    """Potential, order, shipped and paid of these deals."""
    return _summed(_as_stages(_rows(deals)), STAGES)


def _rows(deals: QuerySet[Deal]) -> list[_Row]:
    """One row for each value that counts; of a rung before an order only the deal's last."""
    steps = DealStep.objects.filter(DealStep.counted(), deal__in=deals.order_by(), amount__isnull=False)
    last: dict[tuple[int, str, str], _Row] = {}
    found: list[_Row] = []
    columns = steps.order_by("happened_on", "pk").values_list("deal", "rung", "currency", "amount")
    for deal, rung, currency, amount in columns:
        row = _Row(deal, rung, currency, amount or Decimal(0))
        if rung in POTENTIAL:
            last[deal, rung, currency] = row
        else:
            found.append(row)
    return [*last.values(), *found]


def _as_stages(rows: Iterable[_Row]) -> list[_Row]:
    best: dict[tuple[int, str], _Row] = {}
    found: list[_Row] = []
    for row in rows:
        if row.rung not in POTENTIAL:
            found.append(row)
            continue
        known = best.get((row.deal, row.currency))
        if known is None or POTENTIAL.index(row.rung) > POTENTIAL.index(known.rung):
            best[row.deal, row.currency] = row
    return [*(_Row(row.deal, "potential", row.currency, row.amount) for row in best.values()), *found]


def _summed(rows: Iterable[_Row], order: tuple[str, ...]) -> list[Value]:
    amounts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    deals: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        amounts[row.rung, row.currency] += row.amount
        deals[row.rung, row.currency].add(row.deal)
    keys = sorted(amounts, key=lambda key: (order.index(key[0]), key[1]))
    return [
        Value(rung, currency, amounts[rung, currency], len(deals[rung, currency])) for rung, currency in keys
    ]
