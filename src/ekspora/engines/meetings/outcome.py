"""How an exact stage ends, and what it reports on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ekspora.engines.meetings.encoding import Placement

Report = Callable[[tuple[Literal["placement", "bound"], Any]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stage ended: outcome, best placement (or none) and the bound of its objective."""

    outcome: Literal["optimal", "feasible", "infeasible", "unknown"]
    placement: Placement | None
    bound: int
