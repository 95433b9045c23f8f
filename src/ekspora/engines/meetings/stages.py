"""One stage of the search: exact solvers in processes, watched by the caller, until proven or out of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.kernel.race import Race, Task
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.outcome import Ended
from ekspora.engines.meetings.watch import Watch

EXACT = "ekspora.engines.meetings.exact"
MAXSAT = "ekspora.engines.meetings.maxsat"


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
    lanes: list[list[Task]],
    watch: Watch,
    value: Callable[[Placement], int],
    show: Callable[[Stage], None] = lambda stage: None,
    deadline: Deadline | None = None,
) -> None:
    """Race the lanes until the stage is proven, infeasible, or the deadline (by default the whole one) is over."""
    with Race(lanes) as race:
        for event in race.events(deadline or watch.deadline, watch.tick):
            if event.kind == "report":
                kind, item = event.value
                if kind == "placement":
                    stage.better(item, value(item))
                else:
                    stage.tighten(item)
            elif event.kind == "done":
                _take(stage, event.value, value)
            show(stage)
            if stage.proven or stage.infeasible:
                return


def _take(stage: Stage, ended: Ended, value: Callable[[Placement], int]) -> None:
    """What a solver says at its end; a bound is a bound even where no timetable was found."""
    if ended.placement is not None:
        stage.better(ended.placement, value(ended.placement))
    if ended.outcome == "infeasible" and stage.placement is None:
        stage.infeasible = True
    elif ended.outcome == "optimal" and ended.placement is not None:
        stage.tighten(value(ended.placement))
    elif ended.outcome == "feasible":
        stage.tighten(ended.bound)


def exact(function: str, *arguments: object) -> Task:
    """A CP-SAT stage of ``exact.py``."""
    return Task("CP-SAT", EXACT, function, arguments)


def maxsat(*arguments: object) -> Task:
    """RC2 on the breaks."""
    return Task("RC2", MAXSAT, "fewest_breaks", arguments)


def lanes(cores: int, first: Task, others: list[Task]) -> list[list[Task]]:
    """The first on a core of its own; the others on the second, taking turns unless there are more cores."""
    if cores == 1:
        return [[first, *others]]
    return [[first], others] if cores == 2 else [[first], *([task] for task in others)]


def core(grid: Grid, required: list[int], watch: Watch) -> tuple[list[int], bool]:
    """A small group of required requests that cannot all be placed; false when only fairness forbids it.

    All of them when time runs out first.
    """
    group, plain = required, True
    task = exact("conflict", grid, required, max(watch.deadline.remaining, 1.0))
    with Race([[task]]) as race:
        for event in race.events(Deadline(max(watch.deadline.remaining, 1.0)), watch.tick):
            if event.kind in ("report", "done") and event.value is not None:
                group, plain = event.value
    return group, plain
