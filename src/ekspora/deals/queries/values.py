"""What deals are worth, by step and currency. Neither steps nor currencies are ever added together."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from ekspora.deals.models import DealStep


@dataclass(frozen=True, slots=True)
class Value:
    """What the deals of a scope reached at one step in one currency, and how many deals that are."""

    rung: str
    currency: str
    amount: Decimal
    deals: int


def values(scope: str) -> list[Value]:
    """Only what counts: steps with a value, not withdrawn, whose alarms (if any) somebody has checked. One query."""
    counts = Q(withdrawn_at__isnull=True, amount__isnull=False) & (Q(alarms=[]) | Q(checked_at__isnull=False))
    rows = (
        DealStep.objects.filter(counts, deal__scope=scope)
        .order_by()
        .values_list("rung", "currency")
        .annotate(amount=Sum("amount"), deals=Count("deal", distinct=True))
    )
    order = DealStep.Rung.values
    return sorted((Value(*row) for row in rows), key=lambda value: (order.index(value.rung), value.currency))
