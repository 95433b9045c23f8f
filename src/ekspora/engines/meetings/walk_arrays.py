"""A timetable as arrays for the compiled steps of ``walk.py``, and the costs that steer them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import breaks_of, moves_of
from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.walk import MOVE

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
BREAK, UNFAIR = 1_000, 10_000_000


class Event(NamedTuple):
    """What does not change. Lists of lists are two arrays: ``x[first[i]:first[i + 1]]`` belongs to i.

    Requests are those that meet at first and after them those that may take the place of one.
    """

    uses: Ints  # request × (person, person, shared table or -1)
    allowed: Bools  # request × slot
    weight: NDArray[np.int64]  # request
    capacity: Ints  # slot: tables
    before: Ints  # request: slot of the published timetable or -1
    price: NDArray[np.float64]  # breaks of one person: cost
    busy: Ints  # people with a request
    most: Ints  # person: meetings at most
    spare_first: Ints
    spare: Ints  # person: requests that may give way to one another
    loose: Bools  # request: whether it is one of these
    linked_first: Ints
    linked: Ints  # request: others that come later (as they are) or earlier (as -1 - other)
    pool_first: Ints
    pools: Ints  # request: the pools it takes from
    room: Ints  # pool × slot
    window_first: Ints
    windows: Ints  # person: pairs of first and last slot of which one stays free


class State(NamedTuple):
    """What a walk changes; ``totals`` are breaks, breaks of the best; ``costs`` likewise."""

    slot: Ints  # request: where it meets or -1
    meeting: Ints  # the requests that meet
    at: Ints  # person or shared table × slot: request or -1
    filled: Ints  # slot: meetings
    taken: Ints  # pool × slot: meetings
    breaks: Ints  # person
    best: Ints  # request: slot in the best timetable or -1
    totals: NDArray[np.int64]
    costs: NDArray[np.float64]
    chance: NDArray[np.uint64]
    moved: Ints  # scratch: the meetings that change
    inside: Bools  # scratch, request: whether it is among them
    ends: Ints  # scratch: people met on the way
    times: Ints  # scratch, person: how often


def spares(grid: Grid, placement: Placement) -> list[int]:
    """The requests that may take the place of another of their weight: nothing but two people and a slot is theirs.

    None where a published timetable is changed: there nobody shall lose a meeting for the sake of a break.
    """
    if grid.before:
        return []
    bound = {r for pair in grid.order for r in pair}.union(*(pool.requests for pool in grid.pools))
    loose = [
        r
        for r, uses in enumerate(grid.uses)
        if not grid.required[r] and grid.allowed[r] and len(uses) == 2 and r not in bound
    ]
    weights = {grid.weight[r] for r in loose if r in placement}
    spare = [r for r in loose if grid.weight[r] in weights]
    return [] if all(r in placement for r in spare) else spare


def arrays(grid: Grid, placement: Placement, seed: int) -> tuple[Event, State, list[int]]:
    """A placement as ``walk.py`` wants it, and the requests in the order of their numbers there."""
    spare = spares(grid, placement)
    requests = sorted(placement) + [r for r in spare if r not in placement]
    event = _event(grid, requests, {r: n for n, r in enumerate(requests)}, spare)
    slot = _ints(placement.get(r, -1) for r in requests)
    each = np.arange(len(placement), dtype=np.int32)
    now = slot[each]
    at = np.full((grid.resources, grid.slots), -1, np.int32)
    taken = np.zeros((max(len(grid.pools), 1), grid.slots), np.int32)
    for column in event.uses[each].T:
        used = column >= 0
        at[column[used], now[used]] = each[used]
    takes = np.diff(event.pool_first)[each]
    np.add.at(taken, (event.pools[: takes.sum()], np.repeat(now, takes)), 1)
    breaks = _ints(breaks_of(grid, placement))
    cost = float(event.price[breaks].sum()) + MOVE * moves_of(grid, placement)
    chance = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)  # never nought
    state = State(
        slot=slot,
        meeting=each,
        at=at,
        filled=np.bincount(now, minlength=grid.slots).astype(np.int32),
        taken=taken,
        breaks=breaks,
        best=slot.copy(),
        totals=np.array([breaks.sum(), breaks.sum()], np.int64),
        costs=np.array([cost, cost]),
        chance=chance,
        moved=np.zeros(len(placement), np.int32),
        inside=np.zeros(len(requests), np.bool_),
        ends=np.zeros(grid.people, np.int32),
        times=np.zeros(grid.people, np.int32),
    )
    return event, state, requests


def _event(grid: Grid, requests: list[int], number: dict[int, int], spare: list[int]) -> Event:
    uses = [(*grid.uses[r], -1)[:3] for r in requests]
    links: list[list[int]] = [[] for _ in requests]
    for earlier, later in grid.order:
        if earlier in number and later in number:
            links[number[earlier]].append(number[later])
            links[number[later]].append(-1 - number[earlier])
    pools = [[p for p, pool in enumerate(grid.pools) if r in pool.requests] for r in requests]
    windows: list[list[tuple[int, int]]] = [[] for _ in range(grid.people)]
    for rest in grid.rests:
        windows[rest.person] = [(bits(w)[0], bits(w)[-1]) for w in rest.windows]
    linked_first, linked = _lists(links)
    pool_first, pool = _lists(pools)
    window_first, window = _lists(windows)
    spare_first, spared = _lists([[number[r] for r in own] for own in grid.by_person(spare)[: grid.people]])
    return Event(
        uses=_ints(uses),
        allowed=_allowed(grid, requests),
        weight=np.array([grid.weight[r] for r in requests], np.int64),
        capacity=_ints(grid.capacity),
        before=_ints(grid.before.get(r, -1) for r in requests),
        price=np.array([_price(n, grid.fairness) for n in range(grid.slots + 1)]),
        busy=_ints(sorted({u for r in requests for u in grid.uses[r][:2]})),
        most=_ints(grid.most),
        spare_first=spare_first,
        spare=spared,
        loose=np.isin(requests, spare),
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


def _price(breaks: int, fairness: int | None) -> float:
    unfair = 0 if fairness is None else max(0, breaks - fairness)
    return float(BREAK * breaks + breaks * breaks + UNFAIR * unfair)
