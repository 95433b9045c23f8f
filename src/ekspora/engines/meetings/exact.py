"""Exact stages by CP-SAT on the literals of ``encoding.py``; each runs in a process of its own.

Every function reports ``("placement", …)`` and ``("bound", value)`` on the way and returns how it ended. All are
NP-hard in general; single-threaded and so the same for the same seed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python.cp_model import IntVar

from ekspora.engines.kernel.cpsat import Answer, CpSat
from ekspora.engines.meetings.encoding import (
    Encoding,
    Placement,
    count_people,
    encode,
    encode_breaks,
    limit_moves,
    limit_tables,
    most_begins,
    moves,
)
from ekspora.engines.meetings.figures import somebody_without_break, weight_of
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.outcome import Ended, Report
from ekspora.engines.meetings.relaxation import relax


def most_weight(
    report: Report, grid: Grid, hint: Placement | None, bound: int, fair_too: bool, seconds: float, seed: int
) -> Ended:
    """Maximum total weight with all required requests (and, if ``fair_too``, hard fairness).

    The LP relaxation gives a bound and the places that matter: those whose reduced cost is nought. A search among
    these alone often reaches the bound, which proves it; otherwise the whole is searched from what it found.
    """
    start = time.monotonic()
    if not fair_too:
        relaxed = relax(grid)
        if relaxed is not None:
            bound = min(bound, relaxed.bound)
            report(("bound", bound))
            narrow = replace(grid, allowed=relaxed.allowed)
            hint = _weigh(report, narrow, hint, False, seconds / 2, seed, silent=True).placement or hint
            if hint is not None and weight_of(grid, hint) >= bound:
                return Ended("optimal", hint, bound)
    left = seconds - (time.monotonic() - start)
    return _weigh(report, grid, hint, fair_too, left, seed, silent=False)


def _weigh(
    report: Report,
    grid: Grid,
    hint: Placement | None,
    fair_too: bool,
    seconds: float,
    seed: int,
    silent: bool,
) -> Ended:
    sink = CpSat()
    code = encode(sink, grid, range(grid.requests), fixed=False)
    limit_tables(sink, grid, code)
    if fair_too:
        encode_breaks(sink, grid, code, fixed=False, exact=True)
        fair(sink, grid, code)
    sink.minimise({x: -grid.weight[r] for r, row in code.x.items() for x in row.values()})
    heard = (lambda news: report(news) if news[0] == "placement" else None) if silent else report
    return _run(heard, sink, code, hint, seconds, seed, -1)


def fewest_moves(
    report: Report, grid: Grid, weight: int, hint: Placement | None, seconds: float, seed: int
) -> Ended:
    """Fewest meetings in another slot than before, among timetables of at least this weight."""
    sink = CpSat()
    code = encode(sink, grid, range(grid.requests), fixed=False)
    limit_tables(sink, grid, code)
    if grid.fairness is not None:
        encode_breaks(sink, grid, code, fixed=False, exact=True)
        fair(sink, grid, code)
    sink.model.add(
        sink.cost({x: grid.weight[r] for r, row in code.x.items() for x in row.values()}) >= weight
    )
    sink.minimise(moves(grid, code))
    return _run(report, sink, code, hint, seconds, seed, 1)


def fewest_breaks(
    report: Report,
    grid: Grid,
    requests: list[int],
    moved: int | None,
    hint: Placement | None,
    seconds: float,
    seed: int,
) -> Ended:
    """Fewest breaks of just these requests, with at most ``moved`` moves and hard fairness.

    Fairness first limits every person's breaks, which is all of it when somebody has none; a cost of at most one
    break per person shows that somebody has. Only otherwise the lower end is modelled too.
    """
    surely = grid.fairness is None or somebody_without_break(grid, requests)
    start = time.monotonic()
    sink, code = _breaks_model(grid, requests, moved, exact=False)
    most_begins(sink, grid, code)
    capped = _run(
        lambda news: report(news if surely or news[0] != "bound" else ("bound", min(news[1], grid.people))),
        sink,
        code,
        hint,
        seconds,
        seed,
        1,
        core=True,
        linearization=0,
    )
    if (
        surely
        or capped.outcome == "unknown"
        or (capped.placement is not None and capped.bound <= grid.people)
    ):
        return capped if surely else replace(capped, bound=min(capped.bound, grid.people))
    sink, code = _breaks_model(grid, requests, moved, exact=True)
    fair(sink, grid, code)
    left = seconds - (time.monotonic() - start)
    return _run(report, sink, code, capped.placement, left, seed, 1, core=True, linearization=0)


def _breaks_model(grid: Grid, requests: list[int], moved: int | None, exact: bool) -> tuple[CpSat, Encoding]:
    sink = CpSat()
    code = encode(sink, grid, requests, fixed=True)
    encode_breaks(sink, grid, code, fixed=True, exact=exact)
    count_people(sink, grid, code)
    limit_moves(sink, grid, code, moved)
    sink.minimise({x: 1 for begins in code.begins.values() for x in begins})
    return sink, code


def least_imbalance(
    report: Report,
    grid: Grid,
    requests: list[int],
    moved: int | None,
    breaks: int,
    hint: Placement | None,
    seconds: float,
    seed: int,
) -> Ended:
    """Least difference in breaks between people, with no more breaks and moves than given."""
    sink, code = _breaks_model(grid, requests, moved, exact=True)
    low, high = spread(sink, grid, code)
    sink.at_most([x for begins in code.begins.values() for x in begins], breaks)
    sink.model.minimize(high - low)
    return _run(report, sink, code, hint, seconds, seed, 1)


def conflict(
    report: Callable[[tuple[list[int], bool]], None], grid: Grid, required: list[int], seconds: float
) -> tuple[list[int], bool]:
    """A group of required requests that cannot all be placed (without fairness): CP-SAT's core, thinned out.

    All of them when the time runs out first. The second value is false when they can be, so that fairness is the cause.
    """
    start = time.monotonic()
    sink = CpSat()
    loose = replace(grid, required=(False,) * grid.requests)
    code = encode(sink, loose, required, fixed=False)
    limit_tables(sink, loose, code)
    wish = {r: sink.new() for r in required}
    for r, literal in wish.items():
        sink.clause([-literal, *code.x[r].values()])
    group = sink.core(wish, seconds)
    if not group:
        return required, group is None
    for r in list(group):
        left = seconds - (time.monotonic() - start)
        smaller = (
            sink.core({q: wish[q] for q in group if q != r}, min(left, 2.0))
            if left > 0 and r in group
            else None
        )
        if smaller:
            group = smaller
            report((group, True))
    return group, True


def fair(sink: CpSat, grid: Grid, code: Encoding) -> None:
    """The breaks of any two people differ by at most ``grid.fairness``."""
    low, high = spread(sink, grid, code)
    sink.model.add(high - low <= (grid.fairness or 0))


def spread(sink: CpSat, grid: Grid, code: Encoding) -> tuple[IntVar, IntVar]:
    """Variables below and above everybody's number of breaks. Break literals become equivalences."""
    most = max(grid.slots // 2, 1)
    high = sink.model.new_int_var(0, most, "")
    low = sink.model.new_int_var(0, 0 if len(code.begins) < grid.people else most, "")
    for begins in code.begins.values():
        total = sink.total(begins)
        sink.model.add(total <= high)
        sink.model.add(total >= low)
    return low, high


def _run(
    report: Report,
    sink: CpSat,
    code: Encoding,
    hint: Placement | None,
    seconds: float,
    seed: int,
    sign: int,
    core: bool = False,
    linearization: int = 1,
) -> Ended:
    if hint is not None:
        sink.hint(frozenset(code.x[r][s] for r, s in hint.items() if s in code.x.get(r, {})))
    answer: Answer = sink.solve(
        seconds=seconds,
        seed=seed,
        core=core,
        linearization=linearization,
        improved=lambda true: report(("placement", code.placement(true))),
        bounded=lambda value: report(("bound", sign * value)),
    )
    placement = code.placement(answer.true) if answer.outcome in ("optimal", "feasible") else None
    return Ended(answer.outcome, placement, sign * answer.bound)
