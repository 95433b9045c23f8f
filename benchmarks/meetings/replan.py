"""Re-planning: an event is published, one in twenty people drops out, and it is solved again from what was published.

The compared method is the same solution without a previous timetable: how many meetings move when nobody asks.
"""

from __future__ import annotations

import dataclasses
import random
import sys
import time

from benchmarks.meetings.works import Work
from ekspora.engines.meetings import Instance, Progress, Result, solve, verify

SHARE = 0.05
ROW = "{:34} {:>8} {:>8} {:>6} {:>6} {:>8} {:>8} {:>8}  {}\n"
HEAD = ("instance", "weight", "bound", "moves", "bound", "unasked", "first s", "whole s", "status")


def replanned(work: Work, many: int | None, limit: float | None) -> int:
    """A line for each instance; how many were wrong. *First*: seconds until weight and moves are what they stay."""
    sys.stdout.write(
        f"\n{work.name}, re-planned (aim: under 2 s; weight = bound; moves proven least where small)\n"
    )
    sys.stdout.write(ROW.format(*HEAD))
    wrong, proven, count = 0, 0, 0
    for instance in work.instances(many or work.many):
        published = solve(instance, time_limit=5.0)
        now = drop_out(instance)
        asked, first, whole = _timed(now, published, limit or 60.0)
        unasked = _moved(published, solve(now, time_limit=5.0))
        faults = verify(now, asked, published)
        wrong += bool(faults)
        proven += asked.proven.moved
        count += 1
        figures = (asked.weight, asked.weight_bound, asked.moved, asked.moved_bound, unasked)
        times = (f"{first:.2f}", f"{whole:.2f}")
        status = "; ".join([asked.status, *faults])
        sys.stdout.write(ROW.format(instance.name or "", *map(str, figures), *times, status))
        sys.stdout.flush()
    sys.stdout.write(f"moves proven least in {proven} of {count}, {wrong} wrong\n")
    return wrong


def drop_out(instance: Instance) -> Instance:
    """The event without one in twenty of its people (absent in every slot)."""
    draw = random.Random(instance.name)
    gone = set(draw.sample([p.id for p in instance.participants], round(SHARE * len(instance.participants))))
    away = frozenset(range(1, instance.slots + 1))
    people = tuple(
        dataclasses.replace(p, unavailable=away) if p.id in gone else p for p in instance.participants
    )
    return dataclasses.replace(instance, participants=people)


def _timed(now: Instance, published: Result, limit: float) -> tuple[Result, float, float]:
    start = time.monotonic()
    breaks_at: list[float] = []

    def watch(progress: Progress) -> None:
        if progress.stage == "breaks":
            breaks_at.append(progress.seconds)

    result = solve(now, time_limit=limit, previous=published, on_progress=watch)
    whole = time.monotonic() - start
    return result, min(breaks_at, default=whole), whole


def _moved(published: Result, other: Result) -> int:
    before = {m.request: m.slot for m in published.meetings}
    return sum(before.get(m.request, m.slot) != m.slot for m in other.meetings)
