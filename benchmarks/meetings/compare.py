"""The methods we compare with: one solver alone on the breaks of all requests, no choice, no annealing, no race.

Both get the engine's own encoding (which is what makes them strong), one process and the same limit.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.kernel.race import Race, Task
from ekspora.engines.meetings import Instance, Result
from ekspora.engines.meetings.figures import breaks_of
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.outcome import Ended
from ekspora.engines.meetings.stages import exact, maxsat


@dataclass(frozen=True, slots=True)
class Alone:
    """How a solver did: seconds (the limit where it did not end), and breaks where it found a timetable."""

    name: str
    outcome: str
    seconds: float
    breaks: int | None

    def __str__(self) -> str:
        found = "" if self.breaks is None else f", {self.breaks} breaks"
        return f"{self.name} {self.outcome} {self.seconds:.1f} s{found}"


def alone(instance: Instance, limit: float) -> tuple[Alone, Alone]:
    """CP-SAT and RC2, each by itself, on an instance whose requests are all required."""
    grid = compile_grid(instance)
    everything = list(range(grid.requests))
    tasks = {
        "CP-SAT": exact("fewest_breaks", grid, everything, None, None, limit, 0),
        "RC2": maxsat(grid, everything, None, True),
    }
    cp_sat, rc2 = (_run(instance, name, task, limit) for name, task in tasks.items())
    return cp_sat, rc2


def _run(instance: Instance, name: str, task: Task, limit: float) -> Alone:
    start = time.monotonic()
    with Race([[task]]) as race:
        for event in race.events(Deadline(limit)):
            if event.kind == "done":
                return _ended(instance, name, event.value, time.monotonic() - start, limit)
    return Alone(name, "unknown", limit, None)


def _ended(instance: Instance, name: str, ended: Ended, seconds: float, limit: float) -> Alone:
    closed = ended.outcome in ("optimal", "infeasible")
    found = None if ended.placement is None else sum(breaks_of(compile_grid(instance), ended.placement))
    return Alone(name, ended.outcome, seconds if closed else limit, found)


def contradictions(result: Result, others: tuple[Alone, Alone]) -> list[str]:
    """Where two say different things about the same instance, one of them is wrong."""
    found = []
    for other in others:
        if result.status == "infeasible" and other.breaks is not None:
            found.append(f"called infeasible, but {other.name} has a timetable")
        if other.outcome == "infeasible" and result.meetings:
            found.append(f"{other.name} calls it infeasible")
        if other.breaks is not None and result.meetings and other.breaks < (result.breaks_bound or 0):
            found.append(f"{other.name} has {other.breaks} breaks, below the bound")
        if other.outcome == "optimal" and result.proven.breaks and other.breaks != result.breaks:
            found.append(f"{other.name} proves {other.breaks} breaks")
    return found
