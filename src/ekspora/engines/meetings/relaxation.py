"""The LP relaxation of the selection (OR-Tools): a bound, and the places that can be part of an optimum.

Variables are request × slot, rows are person × slot, slot, request, personal maxima and the rules of ``keys.py``.
``after`` is left out, which keeps the bound valid. Small events by GLOP (simplex); large ones by PDLP (first-order,
Applegate et al., 2021), whose answer is not exact but whose dual prices are: a second for 50,000 variables, where the
simplex needs minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.linear_solver import pywraplp

from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.keys import Rows

TINY = 1e-6
SCALE = 10**7
ROUGHLY = (
    "termination_criteria { simple_optimality_criteria { eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-4 } "
    "iteration_limit: 6000 }"
)
Row = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What the relaxation says.

    ``bound`` on the weight (proven, rounded down); ``allowed``: slots whose reduced cost is (nearly) nought;
    ``share``: how much of a request meets in a slot, where that is not nought; ``price``: what each request would
    bring elsewhere (its dual value, in units of weight).
    """

    bound: int
    allowed: tuple[int, ...]
    share: Mapping[tuple[int, int], float]
    price: tuple[float, ...]


def relax(grid: Grid, large: bool = False, near: float = TINY) -> Relaxed | None:
    """Solve the relaxation; ``None`` when it has no optimum (nothing is concluded from that).

    ``large``: roughly, by PDLP. ``near``: reduced cost, as a part of the greatest weight, up to which a slot is
    ``allowed``.
    """
    large = large and any(grid.allowed)
    solver = pywraplp.Solver.CreateSolver("PDLP" if large else "GLOP")
    if large:
        solver.SetSolverSpecificParametersAsString(ROUGHLY)
    top = max(grid.weight, default=1)
    extra = Rows(grid)
    rows, variables = _write(solver, grid, extra, top)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    price = {key: _price(grid, key, round(row.dual_value() * top * SCALE)) for key, row in rows.items()}
    share = {place: x.solution_value() for place, x in variables.items() if x.solution_value() > TINY}
    allowed = [0] * grid.requests
    total = sum(round(row.Ub()) * price[key] for key, row in rows.items())
    for r, s in variables:
        reduced = _paid(grid, extra, price, r, s) - grid.weight[r] * SCALE
        total += max(0, -reduced)
        if reduced <= near * top * SCALE or (r, s) in share:
            allowed[r] |= 1 << s
    once = tuple(price.get(("request", r, 0), 0) / SCALE for r in range(grid.requests))
    return Relaxed(int(total // SCALE), tuple(allowed), share, once)


def _write(
    solver: pywraplp.Solver, grid: Grid, extra: Rows, top: int
) -> tuple[dict[Row, pywraplp.Constraint], dict[tuple[int, int], pywraplp.Variable]]:
    """The model, weights as parts of ``top``."""
    endless = solver.infinity()
    rows: dict[Row, pywraplp.Constraint] = {}

    def row(kind: str, a: int, b: int, most: float, least: float = -endless) -> pywraplp.Constraint:
        if (kind, a, b) not in rows:
            rows[kind, a, b] = solver.Constraint(least, most)
        return rows[kind, a, b]

    objective = solver.Objective()
    objective.SetMaximization()
    variables = {}
    for r in range(grid.requests):
        once = row("request", r, 0, 1, 1 if grid.required[r] else -endless)
        for s in grid.slots_of(r):
            x = variables[r, s] = solver.NumVar(0, endless, "")
            objective.SetCoefficient(x, grid.weight[r] / top)
            once.SetCoefficient(x, 1)
            row("slot", s, 0, grid.capacity[s]).SetCoefficient(x, 1)
            for u in grid.uses[r]:
                row("seat", u, s, 1).SetCoefficient(x, 1)
                if u < grid.people and grid.most[u] < grid.slots:
                    row("person", u, 0, grid.most[u]).SetCoefficient(x, 1)
            for key, most in extra.of(r, s):
                row(*key, most).SetCoefficient(x, 1)
    return rows, variables


def _price(grid: Grid, row: Row, value: int) -> int:
    """A price may not be negative, except that of an equation."""
    return value if row[0] == "request" and grid.required[row[1]] else max(0, value)


def _paid(grid: Grid, extra: Rows, price: Mapping[Row, int], r: int, s: int) -> int:
    """What the rows of a place cost together.

    In whole numbers, so that no rounding can falsify the bound: for any prices (not negative, except of equations)
    the weight is at most what all rows cost plus, for every place, which is used at most once, what its weight
    exceeds the prices of its rows.
    """
    paid = price["request", r, 0] + price["slot", s, 0]
    paid += sum(price["seat", u, s] + price.get(("person", u, 0), 0) for u in grid.uses[r])
    return paid + sum(price[key] for key, _most in extra.of(r, s))
