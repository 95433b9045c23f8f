"""The LP relaxation of the selection (OR-Tools): a bound, and the places that can be part of an optimum.

Variables are request × slot, rows are person × slot, slot, request, personal maxima and the rules of ``keys.py``.
``after`` is left out, which keeps the bound valid. Small events by GLOP (simplex); large ones by PDLP (first-order,
Applegate et al., 2021), whose answer is not exact but whose dual prices are: a second for 50,000 variables, where the
simplex needs minutes.
"""

from __future__ import annotations

from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.keys import Key as Row
from ekspora.engines.meetings.keys import Rows

TINY = 1e-6
SCALE = 10**7
ROUGHLY = (
    "termination_criteria { simple_optimality_criteria { eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-4 } "
    "iteration_limit: 6000 }"
)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound`` on the weight (proven, rounded down); ``allowed``: slots whose reduced cost is nought."""

    bound: int
    allowed: tuple[int, ...]


def relax(grid: Grid, large: bool = False) -> Relaxed | None:
    """Solve the relaxation; ``None`` when it has no optimum (nothing is concluded from that).

    ``large``: roughly, by PDLP.
    """
    large = large and any(grid.allowed)
    solver = pywraplp.Solver.CreateSolver("PDLP" if large else "GLOP")
    if large:
        solver.SetSolverSpecificParametersAsString(ROUGHLY)
    top = max(grid.weight, default=1)
    rules = Rows(grid)
    rows, variables = _write(solver, grid, rules, top)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    price = {key: _price(grid, key, round(row.dual_value() * top * SCALE)) for key, row in rows.items()}
    allowed = [0] * grid.requests
    total = sum(round(row.Ub()) * price[key] for key, row in rows.items())
    for (r, s), x in variables.items():
        # In whole numbers, so that no rounding can falsify the bound: for any prices (not negative, except of
        # equations) the weight is at most what all rows cost plus, for every place, which is used at most once,
        # what its weight exceeds the prices of its rows.
        reduced = sum(price[key] for key, _most in rules.of(r, s)) - grid.weight[r] * SCALE
        total += max(0, -reduced)
        if reduced <= TINY * top * SCALE or x.solution_value() > TINY:
            allowed[r] |= 1 << s
    return Relaxed(int(total // SCALE), tuple(allowed))


def _write(
    solver: pywraplp.Solver, grid: Grid, rules: Rows, top: int
) -> tuple[dict[Row, pywraplp.Constraint], dict[tuple[int, int], pywraplp.Variable]]:
    """The model, weights as parts of ``top``."""
    endless = solver.infinity()
    rows: dict[Row, pywraplp.Constraint] = {}
    objective = solver.Objective()
    objective.SetMaximization()
    variables = {}
    for r in range(grid.requests):
        for s in grid.slots_of(r):
            x = variables[r, s] = solver.NumVar(0, endless, "")
            objective.SetCoefficient(x, grid.weight[r] / top)
            for key, most in rules.of(r, s):
                if key not in rows:
                    rows[key] = solver.Constraint(1 if _equal(grid, key) else -endless, most)
                rows[key].SetCoefficient(x, 1)
    return rows, variables


def _equal(grid: Grid, row: Row) -> bool:
    """Whether the row is an equation: a required request meets."""
    return row[0] == "request" and grid.required[row[1]]


def _price(grid: Grid, row: Row, value: int) -> int:
    """A price may not be negative, except that of an equation."""
    return value if _equal(grid, row) else max(0, value)
