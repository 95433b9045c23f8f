"""A pause after so many meetings in a row: nobody who asks for it meets in all slots of a *window*.

A window is one slot longer than the row allowed, and lies within slots that follow each other without a pause for
everybody. Windows that are over are left out; what was held there is a fact. O(people + slots) windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ekspora.engines.meetings.model import Instance


@dataclass(frozen=True, slots=True)
class Rest:
    """``windows``: masks of slots of which ``person`` keeps at least one free; ``after``: the longest row."""

    person: int
    after: int
    windows: tuple[int, ...]


def rests_of(instance: Instance, start: int) -> tuple[Rest, ...]:
    """The rests of everybody who asked for pauses; ``start``: the first slot that is not over."""
    windows: dict[int, tuple[int, ...]] = {}
    found = []
    for n, person in enumerate(instance.participants):
        if person.pause_after is not None:
            after = person.pause_after
            if after not in windows:
                windows[after] = tuple(_windows(instance, after, start))
            if windows[after]:
                found.append(Rest(n, after, windows[after]))
    return tuple(found)


def kept(mask: int, windows: Sequence[int]) -> bool:
    """Whether a day with meetings in these slots leaves every window a free one."""
    return all(mask & window != window for window in windows)


def most_meetings(mask: int, rest: Rest) -> int:
    """How many meetings fit into the slots of ``mask`` at most: windows side by side lose one each."""
    lost, used = 0, 0
    for window in sorted(rest.windows):
        if mask & window == window and not used & window:
            lost, used = lost + 1, used | window
    return mask.bit_count() - lost


def fewest_groups(mask: int, meetings: int, rest: Rest) -> int:
    """Rows of meetings into which a day falls at least, with so many meetings in the slots of ``mask``.

    In every run of usable slots the first row takes as many as allowed, the next ones one slot less is left; runs
    that the day's own pauses interrupt, or that are partly over, count as one row.
    """
    gains: list[int] = []
    while mask:
        run = mask & ~(mask + (mask & -mask))
        mask ^= run
        gains += _rows(run, rest)
    gains.sort(reverse=True)
    groups = 0
    while meetings > 0 and groups < len(gains):
        meetings -= gains[groups]
        groups += 1
    return groups


def _rows(run: int, rest: Rest) -> list[int]:
    """How many more meetings each further row brings in one run of usable slots."""
    left = run.bit_count()
    inside = sum(window & run == window for window in rest.windows)
    if inside < max(left - rest.after, 0):
        return [left]
    found = []
    while left > 0:
        found.append(min(left, rest.after))
        left -= found[-1] + 1
    return found


def _windows(instance: Instance, after: int, start: int) -> Iterator[int]:
    for first in range(1, instance.slots - after + 1):
        last = first + after
        if last > start and not any(slot in instance.pauses for slot in range(first, last)):
            yield (1 << last) - (1 << (first - 1))
