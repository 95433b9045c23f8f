"""Improving a choice by giving up cheaper meetings for a dearer one.

A request that found no place is put where it ejects least; what was ejected looks for another place at once
(``insertion.py``) and otherwise waits. A step is kept when required meetings, then weight, do not fall; recently
ejected requests may not return at once (tabu). O(slots) per step; the number of steps is fixed, so that the
result does not depend on the speed of the machine.
"""

from __future__ import annotations

import random

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.grid import FREE, bits
from ekspora.engines.meetings.insertion import insert
from ekspora.engines.meetings.watch import Watch

TENURE = 12


def eject(board: Board, seed: int, steps: int, bound: int, watch: Watch) -> None:
    """Improve the board until it reaches ``bound`` with all required, or the steps or the time are used up."""
    draw = random.Random(seed)  # noqa: S311
    grid = board.grid
    worth = _worth(board)
    banned: dict[int, int] = {}
    waiting = [r for r in range(grid.requests) if board.slot[r] == FREE and grid.allowed[r]]
    best, kept = _score(board, worth), board.placement
    for step in range(steps):
        missing = [r for r in waiting if grid.required[r]]
        if not waiting or (board.weight >= bound and not missing) or watch.deadline.over:
            break
        watch.tick()
        r = draw.choice(missing or waiting)
        if banned.get(r, 0) <= step or grid.required[r]:
            _force(board, r, worth, banned, step, draw)
            waiting = [q for q in waiting if board.slot[q] == FREE]
            waiting += [q for q in banned if board.slot[q] == FREE and q not in waiting]
            banned = {q: until for q, until in banned.items() if until > step}
            score = _score(board, worth)
            if score > best:
                best, kept = score, board.placement
    if _score(board, worth) < best:
        _restore(board, kept)


def _worth(board: Board) -> list[int]:
    """Weights with required requests above all others."""
    above = sum(board.grid.weight) + 1
    return [w + above * need for w, need in zip(board.grid.weight, board.grid.required, strict=True)]


def _score(board: Board, worth: list[int]) -> int:
    return sum(worth[r] for r, s in enumerate(board.slot) if s != FREE)


def _force(
    board: Board, r: int, worth: list[int], banned: dict[int, int], step: int, draw: random.Random
) -> None:
    if insert(board, r):
        return
    choices = []
    for s in bits(board.grid.allowed[r]):
        out = _blockers(board, r, s, worth, draw)
        if out is not None and sum(worth[q] for q in out) <= worth[r]:
            choices.append((sum(worth[q] for q in out), draw.random(), s, out))
    if not choices:
        return
    _, _, s, out = min(choices)
    for q in out:
        board.take(q)
        banned[q] = step + TENURE
    board.put(r, s)
    for q in out:
        insert(board, q)


def _blockers(board: Board, r: int, s: int, worth: list[int], draw: random.Random) -> list[int] | None:
    """The meetings that must go for ``r`` to meet in ``s``; ``None`` where that is not allowed."""
    out = {board.at[u][s] for u in board.grid.uses[r] if board.at[u][s] != FREE}
    for other, comes_later in board.linked.get(r, ()):
        there = board.slot[other]
        if there != FREE and (there <= s if comes_later else there >= s):
            out.add(other)
    for u in board.grid.uses[r][:2]:
        own = [q for q in board.at[u] if q != FREE and q not in out]
        gone = sum(1 for q in out if u in board.grid.uses[q])
        if board.met[u] - gone >= board.grid.most[u]:
            if not own or board.grid.most[u] == 0:
                return None
            out.add(min(own, key=lambda q: (worth[q], draw.random())))
    out |= board.in_the_way(r, s, out, worth)
    if board.count[s] - sum(1 for q in out if board.slot[q] == s) >= board.capacity[s]:
        here = [q for q in {row[s] for row in board.at[: board.grid.people]} if q != FREE and q not in out]
        if not here:
            return None
        out.add(min(here, key=lambda q: (worth[q], q)))
    return sorted(out) if not out & board.grid.held else None


def _restore(board: Board, placement: dict[int, int]) -> None:
    for r, s in enumerate(board.slot):
        if s != FREE:
            board.take(r)
    for r, s in placement.items():
        board.put(r, s)
