"""One stage of the search: exact solvers in processes, watched by the caller, until proven or out of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ekspora.engines.kernel.race import Race, Task
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.watch import Watch

EXACT = "ekspora.engines.meetings.exact"


@dataclass(slots=True)
class Stage:
    """Best placement with its value and bound; ``sense`` is 1 to maximise and -1 to minimise."""

    sense: int
    placement: Placement | None
    value: int
    bound: int
    infeasible: bool = False

    @property
    def proven(self) -> bool:
        """Whether value and bound meet."""
        return self.placement is not None and self.value == self.bound

    def better(self, placement: Placement, value: int) -> bool:
        """Take a placement if it is better (or the first)."""
        if self.placement is not None and self.sense * (value - self.value) <= 0:
            return False
        self.placement, self.value = placement, value
        return True

    def tighten(self, bound: int) -> None:
        """Take a bound if it is tighter."""
        if self.sense * (self.bound - bound) > 0:
            self.bound = bound


def run(
    stage: Stage,
    tasks: list[Task],
    watch: Watch,
    value: Callable[[Placement], int],
    show: Callable[[Stage], None],
) -> None:
    """Race the tasks until the stage is proven, infeasible, or the deadline is over."""
    with Race(tasks) as race:
        for event in race.events(watch.deadline, watch.tick):
            if event.kind == "report":
                kind, item = event.value
                if kind == "placement":
                    stage.better(item, value(item))
                else:
                    stage.tighten(item)
            elif event.kind == "done":
                ended = event.value
                if ended.placement is not None:
                    stage.better(ended.placement, value(ended.placement))
                if ended.outcome == "infeasible":
                    stage.infeasible = True
                    return
                if ended.outcome == "optimal" and stage.placement is not None:
                    stage.bound = stage.value
                if ended.outcome != "unknown":
                    stage.tighten(ended.bound)
            show(stage)
            if stage.proven:
                return


def exact(function: str, *arguments: object) -> Task:
    """A CP-SAT stage of ``exact.py``."""
    return Task(f"cp-sat {function}", EXACT, function, arguments)
