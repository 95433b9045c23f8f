"""Which requests take place: flow bound, colouring, improvement.

The flow of ``bounds.py`` names a set that is best as far as numbers go. In a bipartite event without absences it can
always be given slots (König, 1916); with absences Kempe chains nearly always do it. Where the set is placed whole its
weight equals the bound, which proves it best. O(requests × slots) in practice.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.ejection import eject
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.flow import Chosen
from ekspora.engines.meetings.grid import FREE, Grid
from ekspora.engines.meetings.insertion import insert
from ekspora.engines.meetings.kept_board import board_of
from ekspora.engines.meetings.watch import Watch

STUBBORN, CHAINED = 200, 300
ORDERS, NEARLY = 12, 0.005
FULL = 0.8


@dataclass(frozen=True, slots=True)
class Selected:
    """A first choice: ``placement`` is ``None`` when a required request found no place; nothing is proven by that."""

    placement: Placement | None
    bound: int


def select(grid: Grid, chosen: Chosen, seed: int, watch: Watch, steps: int) -> Selected:
    """Place what the flow chose, then what else fits, then improve for so many ``steps``.

    Where hardly anything finds no place, another order often has one for all, at a tenth of the cost of improving;
    of a previous timetable ever fewer meetings then keep their slot.
    """
    draw = random.Random(seed)  # noqa: S311 - chance decides between equals, nothing is kept secret
    board = _placed(grid, chosen, list(chosen.requests), grid.before, watch)
    for n in range(1, ORDERS + 1):
        if not 0 < chosen.bound - board.weight <= chosen.bound * NEARLY or watch.deadline.over:
            break
        order, loose = draw.sample(chosen.requests, len(chosen.requests)), (n / ORDERS) ** 2
        kept = {r: s for r, s in grid.before.items() if r in grid.held or draw.random() >= loose}
        other = _placed(grid, chosen, order, kept, watch)
        board = max(board, other, key=lambda b: (b.weight, b is board))
    if _short(board, chosen.bound):
        eject(board, seed, steps, chosen.bound, watch)
    complete = all(s != FREE for r, s in enumerate(board.slot) if grid.required[r])
    return Selected(board.placement if complete else None, chosen.bound)


def _placed(grid: Grid, chosen: Chosen, order: list[int], kept: Mapping[int, int], watch: Watch) -> Board:
    """A board with what the flow chose, as far as it finds places; ``order`` decides between equally urgent ones.

    ``kept``: the slots of a previous timetable that are taken again where that is possible.
    """
    board = board_of(grid)
    board.evenly = len(order) > FULL * board.places
    wanted = sorted(order, key=lambda r: _urgency(grid, r))
    for r in wanted:
        _put(board, r, kept.get(r, FREE))
    for r in wanted:
        if watch.deadline.over:
            break
        if board.slot[r] == FREE:
            insert(board, r)
        watch.tick()
    for r in wanted:
        if board.slot[r] == FREE and not watch.deadline.over:
            insert(board, r, STUBBORN)
    if _short(board, chosen.bound):
        _fill(board, watch)
    return board


def improve(board: Board, bound: int, seed: int, steps: int, watch: Watch) -> None:
    """Where the bound is not reached: place what else fits, then give up cheaper meetings for dearer ones."""
    if _short(board, bound):
        _fill(board, watch)
    if _short(board, bound):
        eject(board, seed, steps, bound, watch)


def _urgency(grid: Grid, r: int) -> tuple[bool, bool, int, int]:
    """Held first, then required, then those with the fewest slots, the heavier."""
    return (r not in grid.held, not grid.required[r], grid.allowed[r].bit_count(), -grid.weight[r])


def _put(board: Board, r: int, s: int) -> None:
    if s != FREE and board.wanted(r) and board.open_slots(r) & board.room >> s << s & 1 << s:
        board.put(r, s)


def _short(board: Board, bound: int) -> bool:
    return board.weight < bound or any(s == FREE and board.grid.required[r] for r, s in enumerate(board.slot))


def _fill(board: Board, watch: Watch) -> None:
    """Whatever else fits: all that do so directly, then by chains the heaviest of the rest."""
    rest = [r for r, s in enumerate(board.slot) if s == FREE and board.grid.allowed[r]]
    rest.sort(key=lambda r: (not board.grid.required[r], -board.grid.weight[r], r))
    for tries in (len(rest), CHAINED):
        for r in rest[:tries]:
            if watch.deadline.over or board.full():
                return
            if tries == CHAINED or board.open_slots(r) & board.room:
                insert(board, r)
            watch.tick()
        rest = [r for r in rest if board.slot[r] == FREE and board.wanted(r)]
