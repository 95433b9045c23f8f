"""A lower bound on breaks where tables are short: slots get prices (Lagrangian relaxation).

Alone, everybody would keep an idle slot to an end of the day; but every slot holds only so many meetings, so in a full
event some must be idle in the middle. For any prices, a timetable has at least as many breaks as

    for each person the cheapest day: its breaks and the prices of its slots
    less, for each slot, its price times the places it has

because no slot is taken by more people than it has places for (one of either side, or two of all, at each table).
The cheapest day is a shortest path over slots, meetings so far and whether the last slot was busy, O(slots × meetings).
What must fit into the beginning of a day limits the meetings so far (Hall's condition). The prices follow the
subgradient (Held, Wolfe, Crowder, 1974). Whole numbers throughout, so no rounding can falsify the bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ekspora.engines.kernel.compiled import compiled
from ekspora.engines.meetings.bounds import breaks_bound, sides
from ekspora.engines.meetings.grid import Grid, bits

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
BREAK, NEVER = 1_000, 1 << 40  # here, for what is compiled is made anew only when this file changes
ROUNDS, WORK, PATIENCE = 300, 600_000_000, 20
FIRST_STEP, SHORTER = 200.0, 0.7


class Days(NamedTuple):
    """The people of one side (or all) who have meetings, and the ``places`` each slot has for them."""

    possible: Bools  # person × slot: some meeting may be there
    certain: Bools  # person × slot: a meeting must be there
    least: Ints  # person × slot: meetings up to and with it
    most: Ints  # person × slot: likewise
    meetings: Ints  # person
    places: Ints  # slot


def fewest_breaks(grid: Grid, requests: list[int]) -> int:
    """Breaks that no timetable of just these requests can avoid; at least those each person has even if alone."""
    alone = breaks_bound(grid, requests)
    if not requests:
        return alone
    total = sum(_priced(days) for days in _groups(grid, requests))
    return max(alone, -(-total // BREAK))


def _groups(grid: Grid, requests: list[int]) -> list[Days]:
    side = sides(grid)
    if side is None:
        return [_days(grid, requests, range(grid.people), 2)]
    return [_days(grid, requests, [u for u in range(grid.people) if side[u] == k], 1) for k in (0, 1)]


def _days(grid: Grid, requests: list[int], people: range | list[int], each: int) -> Days:
    by_person = grid.by_person(requests)
    own = [by_person[u] for u in people if by_person[u]]
    shape = (len(own), grid.slots)
    possible, certain = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    least, meetings = np.zeros(shape, np.int64), np.array([len(some) for some in own], np.int64)
    most = np.repeat(meetings[:, None], grid.slots, axis=1)
    for u, some in enumerate(own):
        for r in some:
            slots = bits(grid.allowed[r])
            possible[u, slots] = True
            certain[u, slots[0]] |= len(slots) == 1
            least[u, slots[-1] :] += 1
            most[u, : slots[0]] -= 1
    return Days(possible, certain, least, most, meetings, np.array(grid.capacity, np.int64) * each)


def _priced(days: Days) -> int:
    """The greatest bound that prices were found for, in thousandths of a break."""
    slots = len(days.places)
    price, best_price, best = np.zeros(slots), np.zeros(slots), 0
    step, stale = FIRST_STEP, 0
    taken, room = np.zeros(slots, np.int64), np.zeros((slots + 1, slots + 2, 2), np.int64)
    rounds = min(ROUNDS, WORK // (int(days.meetings.sum()) * slots + 1) + 1)
    for _ in range(rounds):
        whole = np.rint(price).astype(np.int64)
        bound = int(cheapest_days(days, whole, taken, room)) - int((whole * days.places).sum())
        if bound > best:
            best, best_price, stale = bound, price, 0
        else:
            stale += 1
        if stale > PATIENCE:
            price, step, stale = best_price, step * SHORTER, 0
        excess = (taken - days.places).astype(np.float64)
        steepness = float(np.sqrt((excess**2).sum()))
        if steepness == 0:
            break
        price = np.maximum(0.0, price + step * excess / steepness)
    return best


@compiled
def cheapest_days(days: Days, price: Ints, taken: Ints, room: Ints) -> int:
    """The cost of everybody's cheapest day; ``taken`` becomes how many people these put into each slot.

    ``room`` is scratch: slots so far × meetings so far × whether the last slot was busy, the least cost.
    """
    slots = len(price)
    taken[:] = 0
    total = 0
    for u in range(len(days.meetings)):
        meetings = days.meetings[u]
        room[:] = NEVER
        room[0, 0, 0] = 0
        for s in range(slots):
            low, high = days.least[u, s], days.most[u, s]
            for n in range(min(s, meetings) + 1):
                idle, busy = room[s, n, 0], room[s, n, 1]
                if low <= n <= high and not days.certain[u, s]:
                    room[s + 1, n, 0] = min(idle, busy)
                if low <= n + 1 <= high and days.possible[u, s]:
                    room[s + 1, n + 1, 1] = min(busy, idle + (BREAK if n > 0 else 0)) + price[s]
        total += min(room[slots, meetings, 0], room[slots, meetings, 1])
        now, n = int(room[slots, meetings, 1] <= room[slots, meetings, 0]), meetings
        for s in range(slots - 1, -1, -1):
            if now:
                taken[s] += 1
                n -= 1
                now = int(room[s, n, 1] + price[s] == room[s + 1, n + 1, 1])
            else:
                now = int(room[s, n, 0] > room[s, n, 1])
    return total
