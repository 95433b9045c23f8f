"""The timetable: required meetings, weight, moves, breaks, imbalance, in this order, each with a bound.

Each stage starts from the best of the one before, first by fast means, then by exact ones in processes of their own
where the size allows it, and says what it has proven. See ``docs/engines/meetings.md``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings.conflict import find_conflict, general_conflict
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.model import Conflict, Instance, Progress, Proven, Result, Unscheduled
from ekspora.engines.meetings.reasons import explain as explain_placement
from ekspora.engines.meetings.search import Search
from ekspora.engines.meetings.tables import seat
from ekspora.engines.meetings.verify import verify
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
    """The best timetable found within ``time_limit`` seconds, and what is proven about it.

    ``previous`` with ``now``: meetings before slot ``now`` have been held and stay; others move as little as
    possible. ``on_progress`` is called at least five times a second and stops the search by returning ``False``;
    the best found is kept. Uses up to ``workers`` processes (default: the cores). The same seed gives the same
    figures whenever the search ends by itself. Raises :class:`BadInput` if ``previous`` cannot have taken place.
    """
    watch = Watch(Deadline(time_limit), on_progress)
    grid = compile_grid(instance, previous, now)
    watch.enter("conflicts")
    conflict = find_conflict(instance, grid)
    if conflict is not None:
        return _infeasible(conflict, watch, seed, "counting")
    search = Search(grid, watch, seed, workers or os.cpu_count() or 1, previous is not None)
    placement = search.run()
    if search.infeasible:
        return _infeasible(general_conflict(instance, grid, watch), watch, seed, search.method)
    if placement is None:
        return Result(
            "unknown",
            unscheduled=(),
            weight_bound=search.weight.bound,
            seconds=watch.deadline.elapsed,
            method=search.method,
            seed=seed,
        )
    result = _result(instance, search, placement, previous, seed)
    faults = verify(instance, result, previous, now)
    if faults:
        raise RuntimeError(f"the engine made an invalid timetable: {faults[:3]}")
    return result


def weight_bound(instance: Instance) -> int:
    """A proven upper bound on the weight, in milliseconds ("what if one more slot"); 0 when infeasible."""
    chosen = best_by_flow(compile_grid(instance))
    return 0 if chosen is None else chosen.bound


def explain(
    instance: Instance, result: Result, names: Mapping[str, str] | None = None, now: int | None = None
) -> tuple[Unscheduled, ...]:
    """The reasons of a timetable again, for one changed by hand or with ``names`` instead of participants' ids."""
    number = {r.id: n for n, r in enumerate(instance.requests)}
    placement = {number[m.request]: m.slot - 1 for m in result.meetings}
    return explain_placement(instance, compile_grid(instance, result, now), placement, names)


def _infeasible(conflict: Conflict, watch: Watch, seed: int, method: str) -> Result:
    return Result("infeasible", conflict=conflict, seconds=watch.deadline.elapsed, method=method, seed=seed)


def _result(
    instance: Instance, search: Search, placement: Placement, previous: Result | None, seed: int
) -> Result:
    weight, breaks, moved = search.weight, search.breaks, search.moved
    proven = Proven(weight.proven, breaks.proven, moved is None or moved.proven)
    every = proven.weight and proven.breaks and proven.moved and search.imbalance.proven
    return Result(
        status="optimal" if every else "feasible",
        meetings=seat(instance, search.grid, placement, previous),
        unscheduled=explain_placement(instance, search.grid, placement),
        weight=weight.value,
        weight_bound=weight.bound,
        breaks=breaks.value,
        breaks_bound=breaks.bound,
        moved=None if moved is None else moved.value,
        moved_bound=None if moved is None else moved.bound,
        proven=proven,
        seconds=search.watch.deadline.elapsed,
        method=search.method,
        seed=seed,
    )
