"""``python -m benchmarks.meetings [WORK …] [--many N] [--limit S] [--compare]``: gaps and seconds of the engine.

The compared method is in the same run: for a choice, the requests taken greedily by weight; for published instances
and their variants, if asked for, CP-SAT alone and RC2 alone, which also tell when an answer is wrong. ``growth`` holds
an event against one of ten times the size.
"""

from __future__ import annotations

import argparse
import sys
import time

from benchmarks.meetings.compare import alone, contradictions
from benchmarks.meetings.replan import replanned
from benchmarks.meetings.works import GROWTH, NEEDS_PUBLISHED, PUBLISHED, REPLANNED, USUAL, WORKS, Work
from ekspora.engines.meetings import Instance, Result, solve, verify
from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.insertion import insert

ROW = "{:44} {:>9} {:>9} {:>7} {:>7} {:>7} {:>8} {:>7}  {}\n"


def main() -> int:
    """Run the works named (those of ``USUAL`` by default) and print a line for each instance."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meetings", description=__doc__)
    parser.add_argument("works", nargs="*", choices=[[], "growth", *REPLANNED, *WORKS], default=[])
    parser.add_argument("--many", type=int, help="instances of each work (default: as in the table)")
    parser.add_argument("--limit", type=float, help="seconds for each (default 60)")
    parser.add_argument("--compare", action="store_true", help="CP-SAT alone and RC2 alone in the same run")
    args = parser.parse_args()
    wrong = 0
    for name in args.works or USUAL:
        if name in NEEDS_PUBLISHED and not PUBLISHED.is_dir():
            sys.stdout.write(f"{name}: published instances are not here; skipped\n")
        elif name == "growth":
            _growth(args.many or 1)
        elif name in REPLANNED:
            wrong += replanned(WORKS[REPLANNED[name]], args.many, args.limit)
        else:
            compare = args.compare and name in NEEDS_PUBLISHED
            wrong += _work(WORKS[name], args.many, args.limit, compare)
    return 1 if wrong else 0


def _work(work: Work, many: int | None, limit: float | None, compare: bool) -> int:
    sys.stdout.write(f"\n{work.name} (aim: {work.aim})\n")
    sys.stdout.write(
        ROW.format("instance", "weight", "bound", "gap %", "breaks", "bound", "seconds", "greedy", "status")
    )
    wrong, closed, count, total, better = 0, 0, 0, 0.0, 0.0
    for instance in work.instances(many or work.many):
        start = time.monotonic()
        result = solve(instance, time_limit=limit or work.limit)
        seconds = time.monotonic() - start
        total += seconds
        faults = verify(instance, result) + _against_reference(instance, result)
        others = alone(instance, limit or work.limit) if compare else ()
        if others:
            faults += contradictions(result, others)
            better += min(other.seconds for other in others)
        wrong += bool(faults)
        count += 1
        closed += result.status in ("optimal", "infeasible")
        _line(instance, result, seconds, faults)
        for other in others:
            sys.stdout.write(f"    {other}\n")
    sys.stdout.write(f"total {total:.1f} s, {closed} of {count} closed, {wrong} wrong\n")
    if better:
        sys.stdout.write(f"total / sum of the better of both: {total / better:.2f} (aim: at most 1.2)\n")
    sys.stdout.flush()
    return wrong


def _growth(many: int) -> None:
    """CPU seconds of choosing among as many requests in all, in ten small events and in one (aim: at most 15 times)."""
    spent = []
    for name, count in ((GROWTH[0], 1), (GROWTH[0], 10 * many), (GROWTH[1], many)):  # the first loads modules
        instances = list(WORKS[name].instances(count))
        start = time.process_time()
        for instance in instances:
            solve(instance, time_limit=60.0, on_progress=lambda progress: progress.stage != "breaks")
        spent.append((time.process_time() - start) / count)
    sys.stdout.write(
        f"growth: {spent[1]:.3f} and {spent[2]:.2f} CPU s, {spent[2] / spent[1]:.1f} times as long "
        "for ten times the requests (aim: at most 15)\n"
    )


def _line(instance: Instance, result: Result, seconds: float, faults: list[str]) -> None:
    bound = result.weight_bound or 0
    gap = 100 * (bound - result.weight) / bound if bound else 0.0
    greedy = f"{100 * _greedy(instance) / bound:.1f} %" if bound else "-"
    sys.stdout.write(
        ROW.format(
            instance.name or "",
            result.weight,
            bound,
            f"{gap:.2f}",
            result.breaks,
            result.breaks_bound if result.breaks_bound is not None else "-",
            f"{seconds:.2f}",
            greedy,
            "; ".join([result.status, *faults]),
        )
    )
    sys.stdout.flush()


def _against_reference(instance: Instance, result: Result) -> list[str]:
    known = instance.reference.get("optimal_breaks") if isinstance(instance.reference, dict) else None
    if known is None or not result.proven.breaks or result.breaks == known:
        return []
    return [f"published optimum is {known}"]


def _greedy(instance: Instance) -> int:
    """Share of the compared method: by weight, each request in the first slot that is free, nothing moved."""
    board = Board(compile_grid(instance))
    for r in sorted(range(board.grid.requests), key=lambda r: -board.grid.weight[r]):
        if board.wanted(r) and board.open_slots(r) & board.room:
            insert(board, r)
    return board.weight


if __name__ == "__main__":
    sys.exit(main())
