"""Moves on the board keep every rule, whatever is inserted."""

from __future__ import annotations

import random

import pytest

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings import Instance, Participant, Request, Table
from ekspora.engines.meetings.anneal import anneal
from ekspora.engines.meetings.board import Board
from ekspora.engines.meetings.figures import breaks_of, weight_of
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import FREE, Grid, compile_grid
from ekspora.engines.meetings.insertion import insert
from ekspora.engines.meetings.model import Session
from ekspora.engines.meetings.selection import select
from ekspora.engines.meetings.watch import Watch


def crowded(seed: int, sides: bool = True) -> Grid:
    """Far more requests than fit, with every table needed, some order, sessions and shared tables."""
    draw = random.Random(seed)
    people = [f"p{n}" for n in range(24)]
    requests: list[Request] = []
    for n in range(130):
        a, b = (draw.choice(people[:12]), draw.choice(people[12:])) if sides else draw.sample(people, 2)
        after = (requests[-1].id,) if requests and draw.random() < 0.1 else ()
        sessions: tuple[Session, ...] = ("any", "any", "morning", "afternoon")
        session = draw.choice(sessions)
        requests.append(Request(str(n), a, b, weight=draw.randint(1, 3), session=session, after=after))
    return compile_grid(
        Instance(
            slots=8,
            tables=tuple(Table(str(n)) for n in range(9)),
            participants=tuple(
                Participant(
                    p,
                    unavailable=frozenset(s for s in range(1, 9) if draw.random() < 0.1),
                    max_meetings=draw.choice((None, None, 5)),
                    table=draw.choice(("0", "1")) if draw.random() < 0.1 else None,
                )
                for p in people
            ),
            requests=tuple(requests),
            morning_slots=4,
        )
    )


def faults(grid: Grid, slot: list[int]) -> list[str]:
    """Broken rules of a placement, computed from nothing but the grid."""
    placed = {r: s for r, s in enumerate(slot) if s != FREE}
    found = [f"{r} may not be in {s}" for r, s in placed.items() if not grid.allowed[r] >> s & 1]
    seats = [(u, s) for r, s in placed.items() for u in grid.uses[r]]
    found += [f"{seat} twice" for seat in set(seats) if seats.count(seat) > 1]
    per_slot = [list(placed.values()).count(s) for s in range(grid.slots)]
    found += [f"slot {s} too full" for s, n in enumerate(per_slot) if n > grid.capacity[s]]
    for u in range(grid.people):
        if sum(u in grid.uses[r] for r in placed) > grid.most[u]:
            found.append(f"{u} has too many")
    return found + [
        f"{e} not before {r}" for e, r in grid.order if e in placed and r in placed and placed[e] >= placed[r]
    ]


@pytest.mark.parametrize("seed", range(12))
def test_inserting_keeps_every_rule(seed: int) -> None:
    grid = crowded(seed, sides=seed % 3 > 0)
    board = Board(grid)
    placed = 0
    for r in range(grid.requests):
        before = list(board.slot)
        if insert(board, r):
            placed += 1
            assert faults(grid, board.slot) == []
        else:
            assert board.slot == before
    assert placed == board.placed
    assert sum(board.count) == placed
    assert board.weight == sum(w for w, s in zip(grid.weight, board.slot, strict=True) if s != FREE)


@pytest.mark.parametrize("walks", [1, 2])
@pytest.mark.parametrize("seed", range(6))
def test_choosing_and_annealing_keep_every_rule(seed: int, walks: int) -> None:
    grid = crowded(seed, sides=seed % 2 > 0)
    chosen = best_by_flow(grid)
    assert chosen is not None
    selected = select(grid, chosen, seed, Watch(Deadline(60), None), 50)
    assert selected.placement is not None
    better = anneal(grid, selected.placement, seed, 50_000, 0, lambda breaks: False, walks=walks)
    assert weight_of(grid, better.placement) == weight_of(grid, selected.placement)
    assert faults(grid, [better.placement.get(r, FREE) for r in range(grid.requests)]) == []
    assert better.breaks == sum(breaks_of(grid, better.placement))
    assert better.breaks <= sum(breaks_of(grid, selected.placement))
    again = anneal(grid, selected.placement, seed, 50_000, 0, lambda breaks: False, walks=walks)
    assert again == better
