"""How a stage ends, and what it reports on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ekspora.engines.meetings.encoding import Placement

Report = Callable[[tuple[Literal["placement", "bound"], Any]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How an exact stage ended: outcome, best placement (or none) and the bound of its objective."""

    outcome: Literal["optimal", "feasible", "infeasible", "unknown"]
    placement: Placement | None
    bound: int


@dataclass(frozen=True, slots=True)
class Annealed:
    """How annealing ended: the best placement found and its breaks; nothing is proven."""

    placement: Placement
    breaks: int
