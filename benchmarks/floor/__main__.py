"""``python -m benchmarks.floor``: a thousand people open their agendas while outcomes are told, against a real site.

The site is ``ekspora serve`` with SQLite in a folder of its own. It is measured twice by the same phones: idle (one
phone after the other) and in the full hall. Exit code 1 when an answer failed or the hall's p95 is more than three
times the idle one.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks.floor.hall import Hall, build
from benchmarks.floor.server import Server, serving

MEASURED = ("agenda", "outcome")
MOST_RATIO = 3.0
IDLE_SECONDS, IDLE_PHONES = 40, 60
MINUTES = 5
MIB = 1024 * 1024


def main() -> int:
    """Build, serve, measure, tell."""
    args = _arguments()
    with tempfile.TemporaryDirectory(prefix="ekspora-floor") as home:
        os.environ.update(EKSPORA_HOME=home, EKSPORA_DEMO="1", DJANGO_SETTINGS_MODULE="ekspora.settings")
        os.environ.pop("DATABASE_URL", None)
        started = time.perf_counter()
        hall = _prepared(args.people)
        print(
            f"{args.people} people, {hall.meetings} meetings, built in {time.perf_counter() - started:.0f} s"
        )
        with serving(*args.serve.split()) as server:
            before = server.memory()
            idle = _phones(hall, server, seconds=IDLE_SECONDS, openings=IDLE_PHONES, outcomes=IDLE_PHONES)
            seconds, worked = args.minutes * 60, server.processor()
            full = _phones(
                hall, server, seconds=seconds, openings=_openings(args), outcomes=round(args.outcomes * args.minutes),
                others=True,
            )  # fmt: skip
            memory, worked = (before, server.memory()), server.processor() - worked
    print(f"the site used {worked:.0f} s of processor time in {seconds:.0f} s of the full hall")
    return _tell(args, idle, full, memory)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floor")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help="how long the hall is full (default 5)"
    )
    parser.add_argument("--people", type=int, default=1000, help="a fifth of them guests (default 1000)")
    parser.add_argument("--outcomes", type=float, default=100, help="told in a minute (default 100)")
    parser.add_argument("--serve", default="", help="more options for ekspora serve, in one word list")
    return parser.parse_args()


def _openings(args: argparse.Namespace) -> int:
    """All open their links in five minutes; in a shorter run as many as come in that time."""
    return max(1, round(float(args.people) * min(1.0, float(args.minutes) / MINUTES)))


def _prepared(people: int) -> Hall:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    guests = max(2, people // 5)
    hall = build(people - guests, guests, slots=12)
    connections.close_all()
    return hall


def _phones(hall: Hall, server: Server, *, others: bool = False, **run: float) -> dict[str, Any]:
    """One run of the phones, in a process of their own."""
    told = {"hall": hall.dump(), "base": server.base, "others": others, **run}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.floor.phones"], input=json.dumps(told) + "\n", text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _tell(
    args: argparse.Namespace, idle: dict[str, Any], full: dict[str, Any], memory: tuple[int, int]
) -> int:
    requests = sum(map(len, full["times"].values()))
    faults = idle["faults"] + full["faults"]
    print(
        f"full hall: {args.minutes:g} minutes, {requests} requests, {requests / args.minutes / 60:.0f} a second"
    )
    print(
        f"{'milliseconds':<22}{'idle':>7}{'p50':>7}{'p95':>7}{'hall':>8}{'p50':>7}{'p95':>7}{'max':>7}{'p95 ×':>8}"
    )
    worst = 0.0
    for name, times in sorted(full["times"].items()):
        alone = idle["times"].get(name, [])
        ratio = _p95(times) / _p95(alone) if alone else None
        if name in MEASURED:
            worst = max(worst, ratio if ratio is not None else float("inf"))
        first = f"{len(alone)} × {statistics.median(alone):>6.0f}{_p95(alone):>7.0f}" if alone else ""
        second = f"{len(times)} × {statistics.median(times):>6.0f}{_p95(times):>7.0f}{max(times):>7.0f}"
        print(f"{name:<20}{first:>23}{second:>30}{'' if ratio is None else f'{ratio:.1f}':>8}")
    for text in dict.fromkeys(faults):
        print(f"  {faults.count(text)} × {text}")
    missing = [name for name in MEASURED if not full["times"].get(name)]
    print(
        f"errors: {len(faults)}; the site's own memory: {memory[0] / MIB:.0f} MB before, {memory[1] / MIB:.0f} MB after"
    )
    good = not faults and not missing and worst <= MOST_RATIO
    print(f"p95 in the full hall is at most {worst:.1f} times the idle one (asked for: {MOST_RATIO:g}): "
          f"{'kept' if good else 'NOT KEPT'}")  # fmt: skip
    return 0 if good else 1


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    sys.exit(main())
