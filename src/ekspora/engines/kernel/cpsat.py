"""CP-SAT (OR-Tools) as a :class:`~ekspora.engines.kernel.clauses.Sink`.

Imported only where a model is solved: loading OR-Tools takes half a second. Single-threaded with a fixed seed it is
deterministic unless the search is cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

TINY = 1e-3
Outcome = Literal["optimal", "feasible", "infeasible", "unknown"]
_OUTCOMES: dict[cp_model.CpSolverStatus, Outcome] = {
    cp_model.OPTIMAL: "optimal",
    cp_model.FEASIBLE: "feasible",
    cp_model.INFEASIBLE: "infeasible",
    cp_model.UNKNOWN: "unknown",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a search ended: the true literals of the best solution (empty without one) and its bound."""

    outcome: Outcome
    true: frozenset[int]
    bound: int


class CpSat:
    """A model in literals with a linear objective to be minimised."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self._literals: list[cp_model.IntVar] = []

    def new(self) -> int:
        self._literals.append(self.model.new_bool_var(""))
        return len(self._literals)

    def __getitem__(self, literal: int) -> cp_model.LiteralT:
        variable = self._literals[abs(literal) - 1]
        return variable if literal > 0 else variable.negated()

    def clause(self, literals: Sequence[int]) -> None:
        self.model.add_bool_or([self[x] for x in literals])

    def at_most_one(self, literals: Sequence[int]) -> None:
        if len(literals) > 1:
            self.model.add_at_most_one([self[x] for x in literals])

    def exactly_one(self, literals: Sequence[int]) -> None:
        self.model.add_exactly_one([self[x] for x in literals])

    def at_most(self, literals: Sequence[int], most: int) -> None:
        if len(literals) > most:
            self.model.add(self.total(literals) <= most)

    def exactly(self, literals: Sequence[int], count: int) -> None:
        self.model.add(self.total(literals) == count)

    def even(self, literals: Sequence[int], least: int, most: int) -> None:
        half = self.model.new_int_var(least // 2, min(most, len(literals)) // 2, "")
        self.model.add(self.total(literals) == 2 * half)

    def total(self, literals: Sequence[int]) -> cp_model.LinearExpr:
        """How many hold, as an expression."""
        return cp_model.LinearExpr.sum([self[x] for x in literals])

    def cost(self, costs: Mapping[int, int]) -> cp_model.LinearExpr:
        """Sum of the costs of those that hold, as an expression."""
        return cp_model.LinearExpr.weighted_sum([self[x] for x in costs], list(costs.values()))

    def minimise(self, costs: Mapping[int, int]) -> None:
        """Replace the objective by this sum of costs."""
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        self.model.minimize(self.cost(costs))

    def hint(self, true: frozenset[int]) -> None:
        """Start the search from this assignment."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for n, variable in enumerate(self._literals, 1):
            self.model.add_hint(variable, n in true)

    def solve(
        self,
        *,
        seconds: float,
        seed: int,
        core: bool = False,
        linearization: int = 1,
        improved: Callable[[frozenset[int]], None] | None = None,
        bounded: Callable[[int], None] | None = None,
    ) -> Answer:
        """Search until proven or out of time; ``improved`` and ``bounded`` hear of better solutions and bounds."""
        solver = cp_model.CpSolver()
        settings = solver.parameters
        settings.max_time_in_seconds = max(seconds, 0.01)
        settings.random_seed = seed
        settings.num_workers = 1
        settings.optimize_with_core = core
        settings.linearization_level = linearization
        if bounded is not None:
            solver.best_bound_callback = lambda value: bounded(round(value))
        listener = None if improved is None else _Listener(self, improved)
        outcome = _OUTCOMES[solver.solve(self.model, listener)]
        found = outcome in ("optimal", "feasible")
        true = [n for n, v in enumerate(self._literals, 1) if solver.boolean_value(v)] if found else []
        bound = 0 if outcome == "infeasible" else math.ceil(solver.best_objective_bound - TINY)
        return Answer(outcome, frozenset(true), bound)

    def core(self, assumed: Mapping[int, int], seconds: float) -> list[int] | None:
        """Keys whose literals cannot all hold; none of them where they can, ``None`` when the time runs out first."""
        self.model.clear_assumptions()
        self.model.add_assumptions([self[x] for x in assumed.values()])
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        solver.parameters.num_workers = 1
        outcome = _OUTCOMES[solver.solve(self.model)]
        if outcome != "infeasible":
            return None if outcome == "unknown" else []
        guilty = set(solver.sufficient_assumptions_for_infeasibility())
        found = [key for key, x in assumed.items() if self._literals[x - 1].index in guilty]
        return found or list(assumed)

    @property
    def literals(self) -> Sequence[cp_model.IntVar]:
        """All variables in the order of their numbers."""
        return self._literals


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, sink: CpSat, improved: Callable[[frozenset[int]], None]) -> None:
        super().__init__()
        self._sink = sink
        self._improved = improved

    def on_solution_callback(self) -> None:
        self._improved(frozenset(n for n, v in enumerate(self._sink.literals, 1) if self.boolean_value(v)))
