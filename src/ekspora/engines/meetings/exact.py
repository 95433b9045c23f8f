"""Exact stages by CP-SAT on the literals of ``encoding.py``; each runs in a process of its own.

Every function reports ``("placement", …)`` and ``("bound", value)`` on the way and returns how it ended. All are
NP-hard in general; single-threaded and so the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python.cp_model import IntVar

from ekspora.engines.kernel.cpsat import Answer, CpSat, Outcome
from ekspora.engines.meetings.encoding import Encoding, Placement, encode, encode_breaks
from ekspora.engines.meetings.grid import Grid

Report = Callable[[tuple[Literal["placement", "bound"], object]], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stage ended: outcome, best placement (or none) and the bound of its objective."""

    outcome: Outcome
    placement: Placement | None
    bound: int


def most_weight(report: Report, grid: Grid, hint: Placement | None, seconds: float, seed: int) -> Ended:
    """Maximum total weight with all required requests (and hard fairness, if the instance asks for it)."""
    sink = CpSat()
    code = encode(sink, grid, range(grid.requests), fixed=False)
    if grid.fairness is not None:
        encode_breaks(sink, grid, code, fixed=False, exact=True)
        fair(sink, grid, code)
    sink.minimise({x: -grid.weight[r] for r, row in code.x.items() for x in row.values()})
    return _run(report, sink, code, hint, seconds, seed, -1)


def fewest_moves(
    report: Report, grid: Grid, weight: int, hint: Placement | None, seconds: float, seed: int
) -> Ended:
    """Fewest meetings in another slot than before, among timetables of at least this weight."""
    sink = CpSat()
    code = encode(sink, grid, range(grid.requests), fixed=False)
    if grid.fairness is not None:
        encode_breaks(sink, grid, code, fixed=False, exact=True)
        fair(sink, grid, code)
    sink.model.add(
        sink.cost({x: grid.weight[r] for r, row in code.x.items() for x in row.values()}) >= weight
    )
    sink.minimise(moves(grid, code))
    return _run(report, sink, code, hint, seconds, seed, 1)


def moves(grid: Grid, code: Encoding) -> dict[int, int]:
    """The literals that each mean one move."""
    return {
        x: 1 for r, row in code.x.items() if r in grid.before for s, x in row.items() if s != grid.before[r]
    }


def fewest_breaks(
    report: Report,
    grid: Grid,
    requests: list[int],
    moved: int | None,
    hint: Placement | None,
    seconds: float,
    seed: int,
) -> Ended:
    """Fewest breaks of just these requests, with at most ``moved`` moves and hard fairness."""
    sink = CpSat()
    code = encode(sink, grid, requests, fixed=True)
    encode_breaks(sink, grid, code, fixed=True, exact=grid.fairness is not None)
    if grid.fairness is not None:
        fair(sink, grid, code)
    if moved is not None:
        sink.at_most(list(moves(grid, code)), moved)
    sink.minimise({x: 1 for begins in code.begins.values() for x in begins})
    return _run(report, sink, code, hint, seconds, seed, 1, core=True, linearization=0)


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
    sink = CpSat()
    code = encode(sink, grid, requests, fixed=True)
    encode_breaks(sink, grid, code, fixed=True, exact=True)
    if moved is not None:
        sink.at_most(list(moves(grid, code)), moved)
    low, high = spread(sink, grid, code)
    sink.at_most([x for begins in code.begins.values() for x in begins], breaks)
    sink.model.minimize(high - low)
    return _run(report, sink, code, hint, seconds, seed, 1)


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
        improved=lambda true, value: report(("placement", code.placement(true))),
        bounded=lambda value: report(("bound", sign * value)),
    )
    placement = code.placement(answer.true) if answer.outcome in ("optimal", "feasible") else None
    return Ended(answer.outcome, placement, sign * answer.bound)
