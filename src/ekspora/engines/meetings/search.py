"""The stages of one search, one after the other: weight, moves, breaks, imbalance."""

from __future__ import annotations

from ekspora.engines.kernel.race import Task
from ekspora.engines.meetings.bounds import breaks_bound
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_of, imbalance_of, moves_of, weight_of
from ekspora.engines.meetings.filling import filled
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.giving_up import made_fair
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.selection import select
from ekspora.engines.meetings.stages import Stage, exact, lanes, maxsat, run
from ekspora.engines.meetings.watch import Watch

EXACT_WEIGHT = 30_000
EXACT_BREAKS = 12_000
FEW, MANY = 6_000, 600_000  # places from which and up to which messages are sent; each takes a kilobyte
SEEDS = 2**31  # all solvers take numbers below
WARM_UP = 1_000_000
WALKS = 2
REPLAN_STEPS = 900
WEIGHT_SHARE, FIRST_SHARE, UNFAIR_SHARE = 0.7, 0.3, 0.5
STEPS = 300
MESSAGES = "ekspora.engines.meetings.messages"


class Search:
    """State and result of a search; call :meth:`run` once."""

    def __init__(self, grid: Grid, watch: Watch, seed: int, workers: int, replan: bool) -> None:
        self.grid = grid
        self.watch = watch
        self.seed = seed % SEEDS
        self.workers = workers
        self.replan = replan
        self.methods: dict[str, None] = {}
        self.weight = Stage(1, None, 0, sum(grid.weight))
        self.moved: Stage | None = None
        self.breaks = Stage(-1, None, 0, 0)
        self.imbalance = Stage(-1, None, 0, 0)
        self.unfair: Placement = {}
        self.infeasible = False

    @property
    def method(self) -> str:
        """What was used, in words."""
        return " + ".join(self.methods)

    @property
    def left(self) -> float:
        """Seconds left."""
        return self.watch.deadline.remaining

    def run(self) -> Placement | None:
        """All stages; the best placement, or ``None`` with ``infeasible`` if that is proven."""
        chosen = self._choose()
        if chosen is not None:
            placement = self._arrange(chosen)
            if placement is None and not self.infeasible:
                placement = self._choose_fairly()
        elif self.infeasible or not all(self.grid.required):
            return None
        else:
            placement = self._break_least(None)
            if placement is not None and self.replan:
                placement = self._arrange(placement)
        if placement is not None:
            placement = self._balance(placement)
            self._count_moves(placement)
        return placement

    def _arrange(self, placement: Placement) -> Placement | None:
        """Fewest moves and then fewest breaks at the weight of this placement; ``None`` where none was found fair."""
        if self.replan:
            placement = self._move_least(placement)
        return self._break_least(placement)

    def _cells(self, requests: list[int] | range) -> int:
        return sum(self.grid.allowed[r].bit_count() for r in requests)

    def _choose(self) -> Placement | None:
        """Most weight, hard fairness not yet considered."""
        stage = self.weight
        self._use("flow")
        self.watch.enter("weight")
        chosen = best_by_flow(self.grid)
        if chosen is None:
            self.infeasible = True
            return None
        stage.tighten(chosen.bound)
        places = self._cells(range(self.grid.requests))
        exactly = places <= EXACT_WEIGHT
        selected = select(self.grid, chosen, self.seed, self.watch, 0 if exactly else STEPS)
        self._use("Kempe chains")
        if selected.placement is not None:
            stage.better(selected.placement, weight_of(self.grid, selected.placement))
        self._show()
        if not stage.proven and FEW < places <= MANY:
            self._send_messages(stage)
        if not stage.proven and exactly:
            self._choose_exactly(stage)
        return stage.placement

    def _choose_exactly(self, stage: Stage) -> None:
        """By LP and CP-SAT. Where all are required any timetable will do, and the breaks' race can do without one."""
        forced = all(self.grid.required)
        limit = self.watch.deadline.part(FIRST_SHARE if forced else 1.0)
        self._use("LP and CP-SAT")
        task = exact(
            "most_weight", self.grid, stage.placement, stage.bound, False, limit.remaining, self.seed
        )
        run(stage, [[task]], self.watch, self._weight, lambda _: self._show(), limit)
        self.infeasible = stage.infeasible

    def _send_messages(self, stage: Stage) -> None:
        """By messages between places and rules, where the flow's set did not fit; the LP gives the bound."""
        self._use("messages")
        lp = Task("LP", MESSAGES, "lp_bound", (self.grid, stage.bound))
        seeds = range(self.seed, self.seed + min(self.workers, 2))
        first, *others = (
            Task("messages", MESSAGES, "most_weight", (self.grid, stage.placement, stage.bound, seed))
            for seed in seeds
        )
        limit = self.watch.deadline.part(WEIGHT_SHARE)
        both = [[first, lp], *([task] for task in others)]
        run(stage, both, self.watch, self._weight, lambda _: self._show(), limit)

    def _choose_fairly(self) -> Placement | None:
        """Most weight together with hard fairness, when the best set was not made fair; then moves and breaks.

        Giving meetings up makes it fair at once; CP-SAT looks for more weight.
        """
        self.watch.enter("fairness")
        stage = Stage(1, None, 0, self.weight.bound)
        fair = made_fair(self.grid, self.unfair, self.grid.fairness or 0)
        if fair is not None:
            self._use("giving up")
            stage.better(fair, weight_of(self.grid, fair))
        if not stage.proven and self._cells(range(self.grid.requests)) <= MANY:
            self._use("CP-SAT with fairness")
            task = exact("most_weight", self.grid, fair, stage.bound, True, self.left, self.seed)
            run(stage, [[task]], self.watch, self._weight)
        self.weight, self.infeasible = stage, stage.infeasible
        return None if stage.placement is None else self._arrange(stage.placement)

    def _move_least(self, placement: Placement) -> Placement:
        """Fewest moves at this weight; what is unfair does not count, but is given back where nothing fair is found."""
        self.watch.enter("moves")
        fair = self._fair(placement)
        if fair and moves_of(self.grid, placement):
            self._use("annealing")
            steps = REPLAN_STEPS * len(placement)
            placement = self._anneal(placement, steps, -1)
        stage = self.moved = Stage(-1, placement if fair else None, moves_of(self.grid, placement), 0)
        if not stage.proven and self._cells(range(self.grid.requests)) <= EXACT_WEIGHT:
            self._use("CP-SAT on moves")
            task = exact("fewest_moves", self.grid, self.weight.value, placement, self.left, self.seed)
            run(stage, [[task]], self.watch, lambda p: moves_of(self.grid, p))
            if not self.weight.proven:
                stage.bound = 0
        return placement if stage.placement is None else stage.placement

    def _count_moves(self, placement: Placement) -> None:
        """What is said about moves is said about this timetable."""
        if self.moved is not None:
            self.moved.placement, self.moved.value = placement, moves_of(self.grid, placement)

    @property
    def _most_moved(self) -> int | None:
        """How many moves breaks and imbalance may cost, where that is known."""
        return None if self.moved is None or self.moved.placement is None else self.moved.value

    def _break_least(self, placement: Placement | None) -> Placement | None:
        """Fewest breaks of this set or of another of its weight, fair where that is asked for."""
        self.watch.enter("breaks")
        everything = list(range(self.grid.requests))
        if placement is None:
            self.breaks = Stage(-1, None, 0, breaks_bound(self.grid, everything))
        else:
            placement = self._warm_up(placement)
        stage, requests = self.breaks, everything if placement is None else sorted(placement)
        self._show()
        if not stage.proven and self._cells(requests) <= EXACT_BREAKS:
            self._use("race of CP-SAT and RC2")
            unfair = stage.placement is None and not all(self.grid.required)
            limit = self.watch.deadline.part(UNFAIR_SHARE if unfair else 1.0)
            cp_sat = exact(
                "fewest_breaks", self.grid, requests, self._most_moved, placement, limit.remaining, self.seed
            )
            rc2 = [maxsat(self.grid, requests, self._most_moved, counting) for counting in (True, False)]
            run(stage, lanes(self.workers, cp_sat, rc2), self.watch, self._breaks, self._show_breaks, limit)
            self.infeasible = stage.infeasible and self._most_moved is None and all(self.grid.required)
        if stage.placement is not None and placement is None:
            self.weight.better(stage.placement, weight_of(self.grid, stage.placement))
        return stage.placement

    def _warm_up(self, start: Placement) -> Placement:
        """Annealing, and what it leaves to prove; fewer moves count before fewer breaks."""
        # What is compiled is imported where it is used: the compiler takes half a second and 100 MB, and who asks for
        # a bound alone needs none.
        from ekspora.engines.meetings.walk_arrays import spares

        self._use("annealing")
        requests = sorted(start)
        loose = bool(spares(self.grid, start))  # another set may have fewer breaks than this one must have
        least = 0 if loose else self._fewest_breaks(requests)
        small = self._cells(requests) <= EXACT_BREAKS
        steps = WARM_UP if small else annealing_steps(len(requests), self.replan)
        placement = self._anneal(start, steps, least, 1 if small else WALKS)
        if not self.weight.proven:
            placement = filled(self.grid, placement, self.grid.fairness)
            loose |= self.weight.better(placement, weight_of(self.grid, placement))
        if loose:
            least = self._fewest_breaks(sorted(placement))
        self.breaks = Stage(-1, None, 0, least)
        if self._fair(placement):
            self._count_moves(placement)
            self.breaks.better(placement, self._breaks(placement))
        self.unfair = placement
        return placement

    def _fewest_breaks(self, requests: list[int]) -> int:
        if self.watch.deadline.over:
            return breaks_bound(self.grid, requests)
        from ekspora.engines.meetings.day_bound import fewest_breaks

        return fewest_breaks(self.grid, requests)

    def _anneal(self, placement: Placement, steps: int, bound: int, walks: int = 1) -> Placement:
        """What annealing finds, unless it is less fair or moves more than what it begins with."""
        if self.watch.deadline.over:
            return placement
        from ekspora.engines.meetings.anneal import anneal

        start = max(self.left, 1e-9)
        found = anneal(
            self.grid, placement, self.seed, steps, bound, self._over, lambda: 1 - self.left / start, walks
        ).placement
        more = moves_of(self.grid, found) > moves_of(self.grid, placement)
        return placement if self._fair(placement) and (more or not self._fair(found)) else found

    def _balance(self, placement: Placement) -> Placement:
        """Least imbalance with these breaks, where fairness is not a limit of its own."""
        breaks = breaks_of(self.grid, placement)
        stage = self.imbalance = Stage(
            -1, placement, imbalance_of(breaks), int(0 < sum(breaks) < len(breaks))
        )
        if self.grid.fairness is not None:
            stage.bound = stage.value
        if not stage.proven and self.breaks.proven:
            self.watch.enter("imbalance")
            self._use("CP-SAT on imbalance")
            kept = (self._most_moved, sum(breaks), placement)
            task = exact("least_imbalance", self.grid, sorted(placement), *kept, self.left, self.seed)
            run(stage, [[task]], self.watch, lambda p: imbalance_of(breaks_of(self.grid, p)))
        assert stage.placement is not None
        return stage.placement

    def _fair(self, placement: Placement) -> bool:
        limit = self.grid.fairness
        return limit is None or imbalance_of(breaks_of(self.grid, placement)) <= limit

    def _weight(self, placement: Placement) -> int:
        return weight_of(self.grid, placement)

    def _breaks(self, placement: Placement) -> int:
        return sum(breaks_of(self.grid, placement))

    def _over(self, breaks: int) -> bool:
        self.watch.breaks = breaks
        self.watch.tick()
        return self.watch.deadline.over

    def _use(self, method: str) -> None:
        self.methods[method] = None

    def _show(self) -> None:
        self.watch.weight, self.watch.weight_bound = self.weight.value, self.weight.bound
        self.watch.tick()

    def _show_breaks(self, stage: Stage) -> None:
        self.watch.breaks = stage.value if stage.placement is not None else None
        self.watch.breaks_bound = stage.bound


def annealing_steps(meetings: int, replan: bool) -> int:
    """Steps of each walk for up to three quarters of a minute with a few thousand meetings, for fewer seconds beyond.

    A re-planned timetable may hardly change, so little is tried.
    """
    if replan:
        return REPLAN_STEPS * meetings
    return min(45_000 * meetings, 250_000_000_000 // max(meetings, 1))
