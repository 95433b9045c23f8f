"""A fair timetable by giving meetings up, where no exchange of slots that was found makes it fair.

Whoever has most breaks gives up a meeting that is not required: the one without which people have least above the
limit, of the shortest row, the cheapest. This goes on until nobody is above it. Then what fits without making it
unfair takes the places (``filling.py``). O(meetings × people).
"""

from __future__ import annotations

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_in, days, imbalance_of
from ekspora.engines.meetings.filling import filled
from ekspora.engines.meetings.grid import Grid


def made_fair(grid: Grid, placement: Placement, fairness: int) -> Placement | None:
    """Breaks differ by at most ``fairness`` in it; ``None`` where required meetings seem to forbid that."""
    fair = _given_up(grid, placement, fairness)
    return None if fair is None else filled(grid, fair, fairness)


def _given_up(grid: Grid, placement: Placement, fairness: int) -> Placement | None:
    left, day = dict(placement), days(grid, placement)
    breaks = [breaks_in(mask) for mask in day]
    by_person = grid.by_person(sorted(placement))
    while imbalance_of(breaks) > fairness:
        worst, limit = breaks.index(max(breaks)), min(breaks) + fairness
        loose = [r for r in by_person[worst] if r in left and not grid.required[r]]
        if not loose:
            return None
        gone = min(
            loose,
            key=lambda r: (
                sum(_less(day[u], left[r], limit) for u in grid.uses[r][:2]),
                _row(day[worst], left[r]),
                grid.weight[r],
            ),
        )
        s = left.pop(gone)
        for u in grid.uses[gone][:2]:
            day[u] ^= 1 << s
            breaks[u] = breaks_in(day[u])
    return left


def _less(mask: int, s: int, limit: int) -> int:
    """By how much somebody's breaks above the limit grow without the meeting in slot ``s``."""
    return max(breaks_in(mask ^ 1 << s), limit) - max(breaks_in(mask), limit)


def _row(mask: int, s: int) -> int:
    """How many meetings follow each other without a gap around slot ``s``."""
    row, wider = 0, 1 << s
    while row != wider:
        row, wider = wider, (wider | wider << 1 | wider >> 1) & mask
    return row.bit_count()
