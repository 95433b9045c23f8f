"""The timetable: required meetings, weight, moves, breaks, imbalance, in this order, each with a bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings.bounds import breaks_bound
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_of, imbalance_of, moves_of, weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import Grid, compile_grid
from ekspora.engines.meetings.model import Conflict, Instance, Progress, Proven, Result
from ekspora.engines.meetings.reasons import explain
from ekspora.engines.meetings.stages import Stage, exact, run
from ekspora.engines.meetings.tables import seat
from ekspora.engines.meetings.watch import Watch


def solve(
    instance: Instance,
    *,
    time_limit: float = 60.0,
    workers: int | None = None,
    seed: int = 0,
    previous: Result | None = None,
    now: int | None = None,
    on_progress: Callable[[Progress], bool | None] | None = None,
) -> Result:
    """See the contract."""
    deadline = Deadline(time_limit)
    watch = Watch(deadline, on_progress)
    grid = compile_grid(instance, previous, now)
    search = _Search(grid, watch, seed)
    search.weight()
    if search.placement is None:
        return search.nothing()
    if previous is not None:
        search.moves()
    search.breaks()
    search.imbalance()
    return search.result(instance, previous)


def weight_bound(instance: Instance) -> int:
    """A proven upper bound on the weight, in milliseconds; 0 when the required requests alone are too many."""
    chosen = best_by_flow(compile_grid(instance))
    return 0 if chosen is None else chosen.bound


@dataclass
class _Search:
    grid: Grid
    watch: Watch
    seed: int
    placement: Placement | None = None
    weight_stage: Stage | None = None
    moves_stage: Stage | None = None
    breaks_stage: Stage | None = None
    imbalance_stage: Stage | None = None

    @property
    def left(self) -> float:
        return self.watch.deadline.remaining

    def weight(self) -> None:
        self.watch.enter("weight")
        chosen = best_by_flow(self.grid)
        stage = Stage(1, None, 0, 0 if chosen is None else chosen.bound, infeasible=chosen is None)
        self.weight_stage = stage
        if chosen is not None:
            task = exact("most_weight", self.grid, None, self.left, self.seed)
            run(stage, [task], self.watch, lambda p: weight_of(self.grid, p), self._show_weight)
        self.placement = stage.placement

    def _show_weight(self, stage: Stage) -> None:
        self.watch.weight, self.watch.weight_bound = stage.value, stage.bound

    def moves(self) -> None:
        assert self.placement is not None and self.weight_stage is not None
        self.watch.enter("moves")
        stage = Stage(-1, self.placement, moves_of(self.grid, self.placement), 0)
        self.moves_stage = stage
        if not stage.proven:
            weight = self.weight_stage.value
            task = exact("fewest_moves", self.grid, weight, self.placement, self.left, self.seed)
            run(stage, [task], self.watch, lambda p: moves_of(self.grid, p), lambda s: None)
        if not self.weight_stage.proven:
            stage.bound = 0
        self.placement = stage.placement

    def breaks(self) -> None:
        assert self.placement is not None
        self.watch.enter("breaks")
        requests = sorted(self.placement)
        value = sum(breaks_of(self.grid, self.placement))
        stage = Stage(-1, self.placement, value, breaks_bound(self.grid, requests))
        self.breaks_stage = stage
        if not stage.proven:
            task = exact(
                "fewest_breaks", self.grid, requests, self._moved, self.placement, self.left, self.seed
            )
            run(stage, [task], self.watch, lambda p: sum(breaks_of(self.grid, p)), self._show_breaks)
        self.placement = stage.placement

    @property
    def _moved(self) -> int | None:
        return None if self.moves_stage is None else self.moves_stage.value

    def _show_breaks(self, stage: Stage) -> None:
        self.watch.breaks, self.watch.breaks_bound = stage.value, stage.bound

    def imbalance(self) -> None:
        assert self.placement is not None and self.breaks_stage is not None
        breaks = breaks_of(self.grid, self.placement)
        stage = Stage(-1, self.placement, imbalance_of(breaks), int(0 < sum(breaks) < len(breaks)))
        self.imbalance_stage = stage
        if self.grid.fairness is not None:
            stage.bound = stage.value
        if not stage.proven and self.breaks_stage.proven:
            self.watch.enter("imbalance")
            task = exact(
                "least_imbalance",
                self.grid,
                sorted(self.placement),
                self._moved,
                sum(breaks),
                self.placement,
                self.left,
                self.seed,
            )
            run(stage, [task], self.watch, lambda p: imbalance_of(breaks_of(self.grid, p)), lambda s: None)
        self.placement = stage.placement

    def nothing(self) -> Result:
        assert self.weight_stage is not None
        result = Result("unknown", seconds=self.watch.deadline.elapsed, seed=self.seed, method="cp-sat")
        if self.weight_stage.infeasible:
            text = {
                "id": "Temu bisnis wajib tidak dapat dipenuhi semua.",
                "en": "Required meetings cannot all fit.",
            }
            return replace(result, status="infeasible", conflict=Conflict((), (), text))
        return replace(result, weight_bound=self.weight_stage.bound)

    def result(self, instance: Instance, previous: Result | None) -> Result:
        assert self.placement is not None and self.weight_stage and self.breaks_stage and self.imbalance_stage
        moved = self.moves_stage
        proven = Proven(
            weight=self.weight_stage.proven,
            breaks=self.breaks_stage.proven,
            moved=moved is None or moved.proven,
        )
        every = proven.weight and proven.breaks and proven.moved and self.imbalance_stage.proven
        return Result(
            status="optimal" if every else "feasible",
            meetings=seat(instance, self.grid, self.placement, previous),
            unscheduled=explain(instance, self.grid, self.placement),
            weight=self.weight_stage.value,
            weight_bound=self.weight_stage.bound,
            breaks=self.breaks_stage.value,
            breaks_bound=self.breaks_stage.bound,
            moved=None if moved is None else moved.value,
            moved_bound=None if moved is None else moved.bound,
            proven=proven,
            seconds=self.watch.deadline.elapsed,
            method="cp-sat",
            seed=self.seed,
        )
