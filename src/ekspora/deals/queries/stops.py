"""Goods that may not go to the guest's country: a promised sample is sent like any other goods."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from ekspora.deals.models import Commitment
from ekspora.demand import sanctions
from ekspora.demand.models import Outcome
from ekspora.directory.models import Product

Stop = tuple[str, sanctions.Reason]  # the product (empty: the business named none), why


def stopped_samples(rows: Iterable[Commitment]) -> dict[int, list[Stop]]:
    """For each promise of samples that is open: the business's goods that may not go there, and why.

    Promises without any are left out. One query.
    """
    samples = [row for row in rows if row.kind == Outcome.Step.SAMPLES and row.is_open]
    prefetch_related_objects([row.business for row in samples], "products")
    found = {row.pk: _stops(row, list(row.business.products.all())) for row in samples}
    return {pk: stops for pk, stops in found.items() if stops}


def _stops(row: Commitment, products: list[Product]) -> list[Stop]:
    country, sector = row.representative.mission.country, row.business.sector
    goods = [(product.name, product.hs, product.is_service) for product in products] or [("", "", False)]
    judged = [(name, sanctions.stopped(country, hs, sector, service)) for name, hs, service in goods]
    return [(name, reason) for name, reason in judged if reason is not None]
