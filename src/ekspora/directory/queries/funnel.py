"""How far the businesses of an area have come: registered, active, medium, ready, exported, exporting regularly.

Every figure counts records that its address opens. What others reported stands beside it and is never added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.directory.queries.conditions import Condition, way
from ekspora.directory.queries.filters import Filters, narrowed

KNOWLEDGE = Path(__file__).parents[1] / "knowledge" / "reported_funnel.yaml"
REGISTERED = Condition(_("registered"), Q)


@dataclass(frozen=True, slots=True)
class Reported:
    """What somebody else published, in its own words."""

    wording: str
    label: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the funnel, in the words of its condition; ``reported`` where others told of the same."""

    code: str
    step: Condition
    count: int
    reported: Reported | None

    @property
    def at(self) -> str:
        """The step to narrow the list to; "" where it is the whole list."""
        return "" if self.step is REGISTERED else self.code


def funnel(actor: Actor, filters: Filters) -> list[Rung]:
    """Every step for the businesses of the actor's agencies that fit the filters, whatever step these name. One query,
    which reads them once."""
    steps = dict(way.items())
    each = {code: Count("pk", filter=step.rule()) for code, step in steps.items()}
    counts = (
        narrowed(actor, replace(filters, step=""))
        .counted.order_by()
        .aggregate(registered=Count("pk"), **each)
    )
    reported = _reported(get_language() or "id")
    every = {"registered": REGISTERED} | steps
    return [Rung(code, step, counts[code], reported.get(code)) for code, step in every.items()]


def by_province(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many businesses each province has, by its code; those without one under "". One query."""
    rows = narrowed(actor, filters).counted.order_by().values_list("province").annotate(n=Count("pk"))
    return dict(rows)


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
