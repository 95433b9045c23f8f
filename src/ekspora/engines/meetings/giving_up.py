"""A fair timetable by giving meetings up, where no exchange of slots that was found makes it fair.

Whoever has most breaks gives up a meeting that is not required: the one without which people have least above the
limit, of the shortest row, the cheapest. This goes on until nobody is above it. Then whatever meetings fit without
making it unfair take the places, the dearest first. O(meetings × people + requests × slots) for each round of these.
"""

from __future__ import annotations

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_in, breaks_of, days, imbalance_of
from ekspora.engines.meetings.grid import FREE, Grid, bits
from ekspora.engines.meetings.kept_board import board_of


def made_fair(grid: Grid, placement: Placement, fairness: int) -> Placement | None:
    """Breaks differ by at most ``fairness`` in it; ``None`` where required meetings seem to forbid that."""
    fair = _given_up(grid, placement, fairness)
    return None if fair is None else _filled(grid, fair, fairness)


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


def _filled(grid: Grid, placement: Placement, fairness: int) -> Placement:
    board, breaks = board_of(grid, placement), breaks_of(grid, placement)
    least = min(breaks, default=0)
    fair = range(least, least + fairness + 1)
    waiting = sorted((r for r, s in enumerate(board.slot) if s == FREE), key=lambda r: -grid.weight[r])
    grown = True
    while grown:
        grown = False
        for r in waiting:
            s = _fair_slot(board, r, fair) if board.slot[r] == FREE and board.wanted(r) else FREE
            if s != FREE:
                board.put(r, s)
                grown = True
    return board.placement


def _fair_slot(board: Board, r: int, fair: range) -> int:
    """A slot where the request fits and leaves both people with a fair number of breaks, or ``FREE``."""
    days = [board.day(u) for u in board.grid.uses[r][:2]]
    slots = bits(board.open_slots(r) & board.room)
    return next((s for s in slots if all(breaks_in(day | 1 << s) in fair for day in days)), FREE)
