"""Meetings that still fit into a timetable as it stands: the dearest first, where they leave fewest breaks.

Nothing is moved. O(requests × slots) for each round, and a round follows only where one was added.
"""

from __future__ import annotations

import sys

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_in, breaks_of
from ekspora.engines.meetings.grid import FREE, Grid, bits
from ekspora.engines.meetings.kept_board import board_of


def filled(grid: Grid, placement: Placement, fairness: int | None) -> Placement:
    """The placement with all that fits; people's breaks leave no range of ``fairness`` above the least."""
    board, least = board_of(grid, placement), 0
    if fairness is not None:
        least = min(breaks_of(grid, placement), default=0)
    fair = range(least, sys.maxsize if fairness is None else least + fairness + 1)
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
    """The slot where the request fits with fewest breaks, a fair number for both, or ``FREE``."""
    days = [board.day(u) for u in board.grid.uses[r][:2]]
    breaks = {s: [breaks_in(day | 1 << s) for day in days] for s in bits(board.open_slots(r) & board.room)}
    slots = [s for s, both in breaks.items() if all(n in fair for n in both)]
    return min(slots, key=lambda s: sum(breaks[s]), default=FREE)
