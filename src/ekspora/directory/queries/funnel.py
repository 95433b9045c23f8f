"""How far the businesses of an area have come: registered, active, medium, exported, exporting regularly.

Every figure counts records that its address opens. What others reported stands beside it and is never added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ekspora.core.actors import Actor
from ekspora.directory.queries.filters import STEPS, Filters, narrowed

KNOWLEDGE = Path(__file__).parents[1] / "knowledge" / "reported_funnel.yaml"
WAY = ("active", "medium", "exported", "regularly")
LABELS = {"registered": _("registered")} | {step: STEPS[step].label for step in WAY}


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


def funnel(actor: Actor, filters: Filters) -> list[Rung]:
    """Every step for the businesses of the actor's agencies that fit the filters. One query, which reads them once."""
    steps = {step: Count("pk", filter=STEPS[step].rule()) for step in WAY}
    counts = narrowed(actor, filters).counted.order_by().aggregate(registered=Count("pk"), **steps)
    reported = _reported(get_language() or "id")
    return [Rung(code, str(label), counts[code], reported.get(code)) for code, label in LABELS.items()]


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
