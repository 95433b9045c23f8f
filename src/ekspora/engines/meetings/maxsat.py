"""Fewest breaks of a fixed set by core-guided MaxSAT: RC2 (Ignatiev, Morgado, Marques-Silva, 2019) of python-sat.

Gives a lower bound with every core and the optimum at the end. Two encodings, because each closes instances on which
the other is slow: ``counting`` ties everybody's days together by the number of people per slot, plain only limits
the tables. NP-hard; runs until it is killed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pysat.examples.rc2 import RC2

from ekspora.engines.kernel.cnf import Cnf
from ekspora.engines.meetings.encoding import (
    count_people,
    encode,
    encode_breaks,
    limit_moves,
    limit_tables,
    most_begins,
)
from ekspora.engines.meetings.figures import somebody_without_break
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.outcome import Ended, Report


def fewest_breaks(
    report: Report, grid: Grid, requests: list[int], moved: int | None, counting: bool
) -> Ended:
    """Fewest breaks of just these requests, with at most ``moved`` moves and hard fairness; see ``exact``."""
    sink = Cnf()
    code = encode(sink, grid, requests, fixed=True)
    encode_breaks(sink, grid, code, fixed=True)
    (count_people if counting else limit_tables)(sink, grid, code)
    most_begins(sink, grid, code)
    limit_moves(sink, grid, code, moved)
    for begins in code.begins.values():
        for literal in begins:
            sink.soft(literal)
    surely = grid.fairness is None or somebody_without_break(grid, requests)
    with _Reporting(
        sink.formula, lambda cost: report(("bound", cost if surely else min(cost, grid.people)))
    ) as rc2:
        true = rc2.compute()
        if true is None:
            return Ended("infeasible" if surely else "unknown", None, 0 if surely else grid.people)
        placement = code.placement(frozenset(x for x in true if x > 0))
        proven = surely or rc2.cost <= grid.people
        return Ended("optimal" if proven else "feasible", placement, rc2.cost if proven else grid.people)


class _Reporting(RC2):  # type: ignore[misc]
    """RC2 that tells its lower bound after every core."""

    def __init__(self, formula: Any, tell: Callable[[int], None]) -> None:
        self._tell = tell
        super().__init__(formula, solver="g4", adapt=True, exhaust=True, minz=True)

    def process_core(self) -> None:
        super().process_core()
        self._tell(int(self.cost))
