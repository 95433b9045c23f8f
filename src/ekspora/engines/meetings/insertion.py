"""Finding a place for one more meeting without giving up another.

Directly; or by a *chain*: whoever is busy in a slot exchanges it with another slot (a Kempe component); and where
that leaves a slot with more meetings than tables, by *relief*: chains that hand one meeting on, slot by slot, until
a slot with room takes it. At most O(slots²) chains per request; most succeed at the first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.grid import FREE, bits

PATIENCE = 8


def insert(board: Board, r: int, patience: int = PATIENCE) -> bool:
    """Place the request without removing any other; whether it was possible within so many chains."""
    if not board.wanted(r) or board.full():
        return False
    fit = board.open_slots(r)
    direct = fit & board.room
    if direct:
        first = (direct & -direct).bit_length() - 1
        emptiest = (
            max(bits(direct), key=lambda s: board.capacity[s] - board.count[s]) if board.evenly else first
        )
        board.put(r, emptiest)
        return True
    return (
        any(_settle(board, r, s, None) for s in bits(fit))
        or any(_settle(board, r, s, moved) for s, moved in itertools.islice(_chains(board, r), patience))
        or any(_settle(board, r, s, moved) for s, moved in itertools.islice(board.exchanges(r), patience))
    )


def _settle(board: Board, r: int, s: int, moved: dict[int, int] | None) -> bool:
    """Swap the component (if any), place the request and relieve overfull slots; all or nothing."""
    done: list[dict[int, int]] = []
    if moved is not None:
        done.append(board.swap(moved))
    touched = {s, *moved.values()} if moved else {s}
    if board.fits(r, s):
        board.put(r, s)
        if all(relieve(board, t, done, set()) for t in touched):
            return True
        board.take(r)
    for old in reversed(done):
        board.swap(old)
    return False


def relieve(board: Board, s: int, done: list[dict[int, int]], seen: set[int]) -> bool:
    """Bring slot ``s`` down to its tables; swaps are noted in ``done`` to be undone by the caller on failure.

    Every slot is entered at most once (``seen``), so the search stays short.
    """
    seen.add(s)
    if board.count[s] <= board.capacity[s]:
        return True
    for t in [*bits(board.room), *bits(board.open & ~board.room)]:
        moved = None if t in seen else _one_less(board, s, t)
        if moved is not None:
            mark = len(done)
            done.append(board.swap(moved))
            if relieve(board, t, done, seen) and relieve(board, s, done, seen):
                return True
            for old in reversed(done[mark:]):
                board.swap(old)
            del done[mark:]
    return False


def _one_less(board: Board, s: int, t: int) -> dict[int, int] | None:
    """A component after whose exchange slot ``s`` holds one meeting less and ``t`` one more.

    It is a path whose ends are two people with a meeting in ``s`` and none in ``t``.
    """
    looked: set[int] = set()
    for r in _ends(board, s, t):
        if r in looked or not board.grid.allowed[r] >> t & 1:
            continue
        moved = board.component([r], s, t)
        looked.add(r)
        if moved is not None:
            if board.shift(moved, s) == -1:
                return moved
            looked.update(moved)
    return None


def _ends(board: Board, s: int, t: int) -> Iterator[int]:
    """The meetings in ``s`` of people who have none in ``t``."""
    only = 1 << s | 1 << t
    for u, free in enumerate(itertools.islice(board.free, board.grid.people)):
        if free & only == 1 << t:
            yield board.at[u][s]


def _chains(board: Board, r: int) -> Iterator[tuple[int, dict[int, int]]]:
    """Slots with the component whose exchange frees them for the request."""
    uses = board.grid.uses[r]
    if any(not board.free[u] & board.reach[u] for u in uses):
        return
    for s in bits(board.grid.allowed[r]):
        busy = [u for u in uses if board.at[u][s] != FREE]
        elsewhere = board.open
        for u in busy:
            elsewhere &= board.free[u]
        for t in bits(elsewhere & ~(1 << s)):
            moved = board.component([board.at[u][s] for u in busy], s, t)
            if moved is not None and board.frees(moved, r, s):
                yield s, moved
