"""The steps of the annealing, compiled: arrays in, arrays changed in place (``walk_arrays.py``).

Requests, people and slots are indices from 0; -1 is nobody, nothing, nowhere. Every step leaves a valid timetable and
costs O(component + slots of those whose day changes).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ekspora.engines.kernel.compiled import compiled
from ekspora.engines.meetings.chance import chance

if TYPE_CHECKING:
    from ekspora.engines.meetings.walk_arrays import Event, State

# Here, for what is compiled is made anew only when this file changes.
MOVE = 1_000_000
DIRECTED, PARTNERS, LONGEST = 0.7, 40, 2_000


@compiled
def _component(event: Event, state: State, size: int, start: int, one: int, two: int) -> int:
    """Add all meetings that change between two slots when ``start`` does; the new size, or -1 if one may not."""
    first = size
    state.moved[size], state.inside[start] = start, True
    size += 1
    look = first
    valid = True
    while look < size and valid:
        r = state.moved[look]
        look += 1
        target = two if state.slot[r] == one else one
        valid = event.allowed[r, target] and size - first <= LONGEST
        for k in range(event.uses.shape[1]):
            u = event.uses[r, k]
            other = state.at[u, target] if u >= 0 else -1
            if other >= 0 and not state.inside[other]:
                state.moved[size], state.inside[other] = other, True
                size += 1
    if valid:
        return size
    _forget(state, first, size)
    return -1


@compiled
def _forget(state: State, first: int, size: int) -> None:
    for n in range(first, size):
        state.inside[state.moved[n]] = False


@compiled
def _shift(state: State, first: int, size: int, one: int) -> int:
    """By how much slot ``one`` shrinks when these change."""
    gone = 0
    for n in range(first, size):
        gone += 1 if state.slot[state.moved[n]] == one else -1
    return gone


@compiled
def _bring_back(event: Event, state: State, size: int, fuller: int, freed: int, by: int) -> int:
    """Add a component so that neither slot grows; the new size, or -1 if none was found in a few tries."""
    for _ in range(PARTNERS):
        r = state.at[event.busy[int(chance(state) * len(event.busy))], fuller]
        if r >= 0 and not state.inside[r]:
            more = _component(event, state, size, r, fuller, freed)
            if more >= 0:
                if _shift(state, size, more, fuller) == by:
                    return more
                _forget(state, size, more)
    return -1


@compiled
def _toward(event: Event, state: State) -> tuple[int, int]:
    """Somebody's first or last meeting, into a gap of that day or, where there is none, to its other end."""
    slots = len(event.capacity)
    u = event.busy[int(chance(state) * len(event.busy))]
    first, last, busy = slots, -1, 0
    for s in range(slots):
        if state.at[u, s] >= 0:
            first, last, busy = min(first, s), s, busy + 1
    if busy == 0:
        return -1, 0
    gaps = last - first + 1 - busy
    at_first = chance(state) < 0.5
    if gaps == 0:
        target = min(last + 1, slots - 1) if at_first else max(first - 1, 0)
    else:
        left, target = int(chance(state) * gaps), first
        while left >= 0:
            target += 1
            left -= state.at[u, target] < 0
    return state.at[u, first if at_first else last], target


@compiled
def _find_ends(event: Event, state: State, size: int) -> int:
    """List the people with just one meeting among those that change: only their days do. How many they are."""
    seen = 0
    for n in range(size):
        for k in range(2):
            u = event.uses[state.moved[n], k]
            if state.times[u] == 0:
                state.ends[seen] = u
                seen += 1
            state.times[u] += 1
    found = 0
    for n in range(seen):
        u = state.ends[n]
        if state.times[u] == 1:
            state.ends[found] = u
            found += 1
        state.times[u] = 0
    return found


@compiled
def _meets(state: State, u: int, s: int, one: int, two: int) -> bool:
    """Whether somebody whose two slots are exchanged will meet in ``s``."""
    if s == one:
        return bool(state.at[u, two] >= 0)
    return bool(state.at[u, one if s == two else s] >= 0)


@compiled
def _more_breaks(state: State, u: int, one: int, two: int) -> int:
    """By how much the breaks of somebody grow who meets in one of two slots and then in the other instead."""
    old, new = (one, two) if state.at[u, one] >= 0 else (two, one)
    last = state.at.shape[1] - 1
    more = 0
    for s in (old - 1, old + 1):
        more += 0 <= s <= last and state.at[u, s] >= 0
    for s in (new - 1, new + 1):
        more -= 0 <= s <= last and s != old and state.at[u, s] >= 0
    return more


@compiled
def _orderly(event: Event, state: State, size: int, one: int, two: int) -> bool:
    """Whether ``after`` holds once these have changed."""
    for n in range(size):
        r = state.moved[n]
        here = two if state.slot[r] == one else one
        for k in range(event.linked_first[r], event.linked_first[r + 1]):
            link = event.linked[k]
            other = link if link >= 0 else -1 - link
            there = state.slot[other]
            if state.inside[other]:
                there = two if there == one else one
            if (link >= 0 and there <= here) or (link < 0 and there >= here):
                return False
    return True


@compiled
def _rested(event: Event, state: State, found: int, one: int, two: int) -> bool:
    """Whether everybody whose day changes keeps the pauses asked for."""
    for n in range(found):
        u = state.ends[n]
        for k in range(event.window_first[u], event.window_first[u + 1]):
            met = True
            for s in range(event.windows[2 * k], event.windows[2 * k + 1] + 1):
                met = met and _meets(state, u, s, one, two)
            if met:
                return False
    return True


@compiled
def _exchange(event: Event, state: State, size: int, found: int, one: int, two: int) -> bool:
    """Give these meetings their other slot; whether every pool still has room. Once more undoes it."""
    for n in range(found):
        state.breaks[state.ends[n]] += _more_breaks(state, state.ends[n], one, two)
    for n in range(size):
        r = state.moved[n]
        for k in range(event.uses.shape[1]):
            if event.uses[r, k] >= 0:
                state.at[event.uses[r, k], state.slot[r]] = -1
    fits = True
    for n in range(size):
        r = state.moved[n]
        old = state.slot[r]
        new = two if old == one else one
        state.slot[r] = new
        state.filled[old] -= 1
        state.filled[new] += 1
        for k in range(event.uses.shape[1]):
            if event.uses[r, k] >= 0:
                state.at[event.uses[r, k], new] = r
        for k in range(event.pool_first[r], event.pool_first[r + 1]):
            state.taken[event.pools[k], old] -= 1
            state.taken[event.pools[k], new] += 1
    for n in range(size):
        r = state.moved[n]
        for k in range(event.pool_first[r], event.pool_first[r + 1]):
            p = event.pools[k]
            fits = fits and state.taken[p, state.slot[r]] <= event.room[p, state.slot[r]]
    return fits


@compiled
def _more_moves(event: Event, state: State, size: int, one: int, two: int) -> int:
    """By how much the meetings grow that are not where they were published."""
    more = 0
    for n in range(size):
        r = state.moved[n]
        if event.before[r] >= 0:
            here = state.slot[r]
            more += event.before[r] == here
            more -= event.before[r] == (two if here == one else one)
    return more


@compiled
def keep(state: State) -> None:
    """Remember the current timetable if it is the best; called just before it gets worse, and now and then."""
    if state.costs[0] < state.costs[1]:
        state.best[:] = state.slot
        state.totals[1], state.costs[1] = state.totals[0], state.costs[0]


@compiled
def _change(event: Event, state: State, size: int, one: int, two: int) -> tuple[int, int, float]:
    """What the exchange of these meetings does: people whose day changes, more breaks, more cost."""
    found = _find_ends(event, state, size)
    cost = MOVE * float(_more_moves(event, state, size, one, two))
    breaks = 0
    for n in range(found):
        u = state.ends[n]
        more = _more_breaks(state, u, one, two)
        cost += event.price[state.breaks[u] + more] - event.price[state.breaks[u]]
        breaks += more
    return found, breaks, cost


@compiled
def _take(event: Event, state: State, size: int, one: int, two: int) -> None:
    """Exchange these meetings if the rules allow it."""
    found, breaks, cost = _change(event, state, size, one, two)
    if not _orderly(event, state, size, one, two) or not _rested(event, state, found, one, two):
        return
    if cost > 0:
        keep(state)
    if _exchange(event, state, size, found, one, two):
        state.totals[0] += breaks
        state.costs[0] += cost
    else:
        _exchange(event, state, size, found, one, two)


@compiled
def _propose(event: Event, state: State, r: int, two: int, most: float) -> int:
    """List the meetings that change when ``r`` moves to slot ``two`` for at most this cost; how many, or -1.

    A component that costs too much is given up before a second one is sought, which hardly ever makes it cheaper.
    """
    one = state.slot[r]
    size = _component(event, state, 0, r, one, two)
    if size < 0:
        return -1
    gone = _shift(state, 0, size, one)
    fuller, freed, by = (two, one, gone) if gone > 0 else (one, two, -gone)
    more = size if _change(event, state, size, one, two)[2] <= most else -1
    if more > 0 and by > 0 and state.filled[fuller] + by > event.capacity[fuller]:
        more = _bring_back(event, state, size, fuller, freed, by)
        if more > 0:
            size = more
            more = size if _change(event, state, size, one, two)[2] <= most else -1
    if more < 0:
        _forget(state, 0, size)
    return more


@compiled
def walk(event: Event, state: State, steps: int, temperature: float) -> None:
    """So many proposals at one temperature, each taken or not."""
    slots = len(event.capacity)
    for _ in range(steps):
        if chance(state) < DIRECTED:
            r, two = _toward(event, state)
        else:
            r = state.meeting[int(chance(state) * len(state.meeting))]
            two = int(chance(state) * slots)
        if r < 0 or state.slot[r] == two or not event.allowed[r, two]:
            continue
        one = state.slot[r]
        most = -temperature * math.log(1.0 - chance(state))
        size = _propose(event, state, r, two, most)
        if size > 0:
            _take(event, state, size, one, two)
            _forget(state, 0, size)
