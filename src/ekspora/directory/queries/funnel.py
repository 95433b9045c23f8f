"""How far the businesses of an area have come: registered, active, medium, exported, exporting regularly.

Every figure counts records that its address opens. What others reported stands beside it and is never added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.directory.models import Business, ExportRecord, Product, Stewardship
from ekspora.directory.queries.businesses import Filters, listed

KNOWLEDGE = Path(__file__).parents[1] / "knowledge" / "reported_funnel.yaml"
LABELS = {
    "registered": _("registered"),
    "active": _("active: with a product, and reachable"),
    "medium": _("medium or large"),
    "exported": _("have exported"),
    "regularly": _("export regularly: in two years or more"),
}


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody else published, in its own words."""

    wording: str
    label: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the funnel; ``reported`` where others told of the same."""

    code: str
    label: str
    count: int
    reported: Reported | None


def narrowed_to(businesses: QuerySet[Business], step: str) -> QuerySet[Business]:
    """The businesses that have reached a step; an unknown one narrows nothing."""
    condition = _conditions().get(step)
    return businesses if condition is None else businesses.filter(condition)


def funnel(actor: Actor, filters: Filters) -> list[Rung]:
    """Every step for the businesses of the actor's agencies that fit the filters. One query."""
    counts = listed(actor, filters).aggregate(
        registered=Count("pk"), **{code: Count("pk", filter=rule) for code, rule in _conditions().items()}
    )
    reported = _reported(get_language() or "id")
    return [Rung(code, str(label), counts[code], reported.get(code)) for code, label in LABELS.items()]


def by_province(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many businesses each province has, by its code; those without one under "". One query."""
    rows = listed(actor, filters).order_by().values_list("province").annotate(n=Count("pk"))
    return dict(rows)


def _conditions() -> dict[str, Any]:
    exports = ExportRecord.objects.filter(business=OuterRef("pk"))
    twice = (
        ExportRecord.objects.filter(business=OuterRef("business"))
        .exclude(year=0)
        .exclude(year=OuterRef("year"))
    )
    reachable = ~Q(phone="") | ~Q(email="") | Q(Exists(_reachable_owner()))
    return {
        "active": Q(Exists(Product.objects.filter(business=OuterRef("pk")))) & reachable,
        "medium": Q(size__in=(Business.Size.MEDIUM, Business.Size.LARGE)),
        "exported": Q(Exists(exports)),
        "regularly": Q(Exists(exports.exclude(year=0).filter(Exists(twice)))),
    }


def _reachable_owner() -> QuerySet[Any]:
    stewards = Stewardship.objects.filter(business=OuterRef("pk"))
    return stewards.exclude(person__phone="", person__email="")


@lru_cache(maxsize=4)
def _reported(language: str) -> Mapping[str, Reported]:
    known = yaml.safe_load(KNOWLEDGE.read_text("utf-8"))
    code = "en" if language == "en" else "id"
    return {
        row["step"]: Reported(
            row["wording"][code], row["label"][code], known["source"][code], row.get("note", {}).get(code, "")
        )
        for row in known["figures"]
    }
