"""Fewest breaks of a fixed set by core-guided MaxSAT: RC2 (Ignatiev et al., 2019) from python-sat.

Gives lower bounds on the way and the optimum at the end; on several published instances it closes what CP-SAT
does not. NP-hard; runs until killed.
"""

from __future__ import annotations

from collections.abc import Callable

from pysat.examples.rc2 import RC2

from ekspora.engines.kernel.cnf import Cnf
from ekspora.engines.meetings.encoding import Placement, encode, encode_breaks
from ekspora.engines.meetings.grid import Grid

Report = Callable[[object], None]


def fewest_breaks(report: Report, grid: Grid, requests: list[int], most: int | None) -> Placement | None:
    """An optimal placement with at most ``most`` breaks each, ``None`` when there is none. Reports bounds."""
    sink = Cnf()
    code = encode(sink, grid, requests, fixed=True)
    encode_breaks(sink, grid, code, fixed=True)
    for begins in code.begins.values():
        if most is not None:
            sink.at_most(begins, most)
        for literal in begins:
            sink.soft(literal)
    with RC2(sink.formula, solver="g4", adapt=True, exhaust=True, minz=True) as solver:
        true = solver.compute()
        return None if true is None else code.placement(frozenset(x for x in true if x > 0))
