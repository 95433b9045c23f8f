"""The LP relaxation of the selection, by GLOP (OR-Tools): a bound, and the places that can be part of an optimum.

Variables are request × slot, rows are person × slot, slot, request, personal maxima and the rules of ``keys.py``.
``after`` is left out, which keeps the bound valid. Polynomial; seconds up to some ten thousand variables.
"""

from __future__ import annotations

from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.keys import Rows

TINY = 1e-6
SCALE = 10**7


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound`` on the weight (proven, rounded down); ``allowed``: slots with a reduced cost of nought."""

    bound: int
    allowed: tuple[int, ...]


def relax(grid: Grid) -> Relaxed | None:
    """Solve the relaxation; ``None`` when it has no optimum (nothing is concluded from that)."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    endless = solver.infinity()
    rows: dict[tuple[str, int, int], pywraplp.Constraint] = {}

    def row(kind: str, a: int, b: int, most: float, least: float = -endless) -> pywraplp.Constraint:
        if (kind, a, b) not in rows:
            rows[kind, a, b] = solver.Constraint(least, most)
        return rows[kind, a, b]

    objective = solver.Objective()
    objective.SetMaximization()
    variables = {}
    extra = Rows(grid)
    for r in range(grid.requests):
        once = row("request", r, 0, 1, 1 if grid.required[r] else -endless)
        for s in grid.slots_of(r):
            x = variables[r, s] = solver.NumVar(0, endless, "")
            objective.SetCoefficient(x, grid.weight[r])
            once.SetCoefficient(x, 1)
            row("slot", s, 0, grid.capacity[s]).SetCoefficient(x, 1)
            for u in grid.uses[r]:
                row("seat", u, s, 1).SetCoefficient(x, 1)
                if u < grid.people and grid.most[u] < grid.slots:
                    row("person", u, 0, grid.most[u]).SetCoefficient(x, 1)
            for key, most in extra.of(r, s):
                row(*key, most).SetCoefficient(x, 1)
    status = solver.Solve()
    if status != pywraplp.Solver.OPTIMAL:
        return None
    allowed = [0] * grid.requests
    for (r, s), x in variables.items():
        if x.solution_value() > TINY or abs(x.ReducedCost()) < TINY:
            allowed[r] |= 1 << s
    return Relaxed(_bound(grid, rows), tuple(allowed))


def _bound(grid: Grid, rows: dict[tuple[str, int, int], pywraplp.Constraint]) -> int:
    """The bound that the dual values prove, in whole numbers, so that no rounding can falsify it.

    For any prices (not negative, except of equations) the weight is at most what all rows cost plus, for every
    variable, which is at most 1, what its weight exceeds the prices of its rows.
    """
    price = {key: round(row.dual_value() * SCALE) for key, row in rows.items()}
    for (kind, a, b), value in price.items():
        if value < 0 and not (kind == "request" and grid.required[a]):
            price[kind, a, b] = 0
    total = sum(round(row.Ub()) * price[key] for key, row in rows.items())
    extra = Rows(grid)
    for r in range(grid.requests):
        for s in grid.slots_of(r):
            paid = price["request", r, 0] + price["slot", s, 0]
            paid += sum(price["seat", u, s] + price.get(("person", u, 0), 0) for u in grid.uses[r])
            paid += sum(price[key] for key, _most in extra.of(r, s))
            total += max(0, grid.weight[r] * SCALE - paid)
    return int(total // SCALE)
