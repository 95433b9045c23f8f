"""Fewer breaks by annealing over Kempe components: every step exchanges two slots and stays valid.

A step takes a meeting and a slot it may move to, swaps the component and looks only at the people at its ends (whose
set of occupied slots changes). Where that would leave a slot with more meetings than tables, a second component that
brings as many back is sought and both are swapped: in a full event there is hardly another way. Cost: breaks, then the
squares of personal breaks (so that nobody bears them alone); breaks above a hard fairness limit and moves away from a
previous timetable cost so much that they come first. The temperature falls geometrically over a fixed number of steps,
so a run that is not cut is the same on every machine (Kirkpatrick et al., 1983; Kempe moves as in timetabling).
The steps themselves are compiled (``walk.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_of, moves_of
from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.outcome import Annealed
from ekspora.engines.meetings.walk import MOVE, Bools, Event, Ints, State, keep, walk

BREAK, UNFAIR = 1_000, 10_000_000
HOT, COLD = 300.0, 60.0
GLANCE, LEISURE = 20_000, 0.25


def anneal(
    grid: Grid,
    placement: Placement,
    seed: int,
    steps: int,
    bound: int,
    over: Callable[[int], bool],
    spent: Callable[[], float] = lambda: 0.0,
    walks: int = 1,
) -> Annealed:
    """Improve for a number of steps, or until ``bound`` is reached or ``over(breaks)`` (asked now and then).

    ``spent``: which part of the time is used up. A walk that would not end in time cools faster; others do not.
    ``walks``: as many side by side, from different chances; the best counts. The compiled steps let threads run.
    """
    if not placement:
        return Annealed(placement, 0)
    event, first = arrays(grid, placement, seed)
    states = [first, *(arrays(grid, placement, seed + n)[1] for n in range(1, walks))]
    best, done = first, 0
    with ThreadPoolExecutor(walks) as threads:
        while done < steps:
            share = max(done / steps, (spent() - LEISURE) / (1 - LEISURE))
            go = partial(_go, event, min(GLANCE, steps - done), HOT * (COLD / HOT) ** share)
            list(threads.map(go, states))
            done += GLANCE
            best = min(states, key=lambda state: float(state.costs[1]))
            breaks = int(best.totals[1])
            if over(breaks) or (breaks <= bound and _fair(grid, best)):
                break
    found = {r: int(s) for r, s in zip(sorted(placement), best.best, strict=True)}
    return Annealed(found, int(best.totals[1]))


def _go(event: Event, steps: int, temperature: float, state: State) -> None:
    walk(event, state, steps, temperature)
    keep(state)


def prepare() -> None:
    """Have the steps compiled, so that the first timetable on this machine does not wait for it."""
    one = Grid(2, 2, 2, ((0, 1),), (3,), (1,), (False,), (), (1, 1), (2, 2), None, {}, frozenset(), 0)
    anneal(one, {0: 0}, 0, 1, -1, lambda breaks: False)


def arrays(grid: Grid, placement: Placement, seed: int) -> tuple[Event, State]:
    """The meetings of a placement, numbered in the order of their requests, as ``walk.py`` wants them."""
    meetings = sorted(placement)
    number = {r: n for n, r in enumerate(meetings)}
    event = _event(grid, meetings, number)
    slot = _ints(placement[r] for r in meetings)
    at = np.full((grid.resources, grid.slots), -1, np.int32)
    taken = np.zeros((max(len(grid.pools), 1), grid.slots), np.int32)
    each = np.arange(len(meetings), dtype=np.int32)
    for column in event.uses.T:
        used = column >= 0
        at[column[used], slot[used]] = each[used]
    np.add.at(taken, (event.pools, np.repeat(slot, np.diff(event.pool_first))), 1)
    breaks = _ints(breaks_of(grid, placement))
    cost = float(event.price[breaks].sum()) + MOVE * moves_of(grid, placement)
    chance = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)  # never nought
    state = State(
        slot=slot,
        at=at,
        filled=np.bincount(slot, minlength=grid.slots).astype(np.int32),
        taken=taken,
        breaks=breaks,
        best=slot.copy(),
        totals=np.array([breaks.sum(), breaks.sum()], np.int64),
        costs=np.array([cost, cost]),
        chance=chance,
        moved=np.zeros(len(meetings), np.int32),
        inside=np.zeros(len(meetings), np.bool_),
        ends=np.zeros(grid.people, np.int32),
        times=np.zeros(grid.people, np.int32),
    )
    return event, state


def _event(grid: Grid, meetings: list[int], number: dict[int, int]) -> Event:
    uses = [(*grid.uses[r], -1)[:3] for r in meetings]
    links: list[list[int]] = [[] for _ in meetings]
    for earlier, later in grid.order:
        if earlier in number and later in number:
            links[number[earlier]].append(number[later])
            links[number[later]].append(-1 - number[earlier])
    pools = [[p for p, pool in enumerate(grid.pools) if r in pool.requests] for r in meetings]
    windows: list[list[tuple[int, int]]] = [[] for _ in range(grid.people)]
    for rest in grid.rests:
        windows[rest.person] = [(bits(w)[0], bits(w)[-1]) for w in rest.windows]
    linked_first, linked = _lists(links)
    pool_first, pool = _lists(pools)
    window_first, window = _lists(windows)
    return Event(
        uses=_ints(uses),
        allowed=_allowed(grid, meetings),
        capacity=_ints(grid.capacity),
        before=_ints(grid.before.get(r, -1) for r in meetings),
        price=np.array([_price(n, grid.fairness) for n in range(grid.slots + 1)]),
        busy=_ints(sorted({u for r in meetings for u in grid.uses[r][:2]})),
        linked_first=linked_first,
        linked=linked,
        pool_first=pool_first,
        pools=pool,
        room=_ints([p.room for p in grid.pools] or [[0] * grid.slots]),
        window_first=window_first,
        windows=window,
    )


def _allowed(grid: Grid, meetings: list[int]) -> Bools:
    """Masks of any length as rows of truth values."""
    wide = (grid.slots + 7) // 8
    packed = b"".join(grid.allowed[r].to_bytes(wide, "little") for r in meetings)
    rows = np.frombuffer(packed, np.uint8).reshape(len(meetings), wide)
    return np.unpackbits(rows, axis=1, count=grid.slots, bitorder="little").astype(np.bool_)


def _lists(lists: Sequence[Sequence[int | tuple[int, int]]]) -> tuple[Ints, Ints]:
    """Lists of different lengths as two arrays: where each begins, and all their members in a row."""
    first = np.concatenate([[0], np.cumsum([len(some) for some in lists])])
    return _ints(first), _ints(item for some in lists for item in some).reshape(-1)


def _ints(values: Iterable[object]) -> Ints:
    return np.array(list(values), np.int32)


def _fair(grid: Grid, state: State) -> bool:
    """Whether nobody exceeds the hard limit in the best timetable (as its price tells)."""
    return grid.fairness is None or bool(state.costs[1] < UNFAIR + BREAK * state.totals[1])


def _price(breaks: int, fairness: int | None) -> float:
    unfair = 0 if fairness is None else max(0, breaks - fairness)
    return float(BREAK * breaks + breaks * breaks + UNFAIR * unfair)
