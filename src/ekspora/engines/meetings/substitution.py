"""Another request of the same weight in the place of one that meets, compiled like ``walk.py``.

The wishes of a large event leave a choice: far more requests weigh the same than there is room for. A step takes a
meeting and lets one of its two people meet somebody else in that slot, who is free then; the weight stays as it is and
two days change. Nobody loses the only meeting. O(slots) a step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ekspora.engines.kernel.compiled import compiled
from ekspora.engines.meetings.chance import chance
from ekspora.engines.meetings.walk import keep

if TYPE_CHECKING:
    from ekspora.engines.meetings.walk_arrays import Event, State


@compiled
def _meetings_of(state: State, u: int) -> int:
    count = 0
    for s in range(state.at.shape[1]):
        count += state.at[u, s] >= 0
    return count


@compiled
def _runs(state: State, u: int, extra: int, less: int) -> int:
    """Groups of meetings of somebody's day with slot ``extra`` as if busy and ``less`` as if idle."""
    runs, met = 0, False
    for s in range(state.at.shape[1]):
        meets = (state.at[u, s] >= 0 or s == extra) and s != less
        runs += meets and not met
        met = meets
    return runs


@compiled
def _may_join(event: Event, state: State, u: int, s: int) -> bool:
    """Whether somebody is free in a slot and keeps the maximum and the pauses with a meeting there."""
    if state.at[u, s] >= 0 or _meetings_of(state, u) >= event.most[u]:
        return False
    for k in range(event.window_first[u], event.window_first[u + 1]):
        first, last = event.windows[2 * k], event.windows[2 * k + 1]
        if first <= s <= last:
            met = True
            for t in range(first, last + 1):
                met = met and (t == s or state.at[u, t] >= 0)
            if met:
                return False
    return True


@compiled
def _other(event: Event, r: int, u: int) -> int:
    return int(event.uses[r, 1] if event.uses[r, 0] == u else event.uses[r, 0])


@compiled
def substitute(event: Event, state: State, steps: int, temperature: float) -> None:
    """So many proposals at one temperature, each taken or not."""
    for _ in range(steps):
        n = int(chance(state) * len(state.meeting))
        r = state.meeting[n]
        stays = event.uses[r, int(chance(state) * 2)]
        first, last = event.spare_first[stays], event.spare_first[stays + 1]
        if first == last:
            continue
        q = event.spare[first + int(chance(state) * (last - first))]
        s = state.slot[r]
        if state.slot[q] >= 0 or event.weight[q] != event.weight[r] or not event.allowed[q, s]:
            continue
        goes, comes = _other(event, r, stays), _other(event, q, stays)
        if goes == comes or not event.loose[r] or not _may_join(event, state, comes, s):
            continue
        if _meetings_of(state, goes) == 1:
            continue
        gone = _runs(state, goes, -1, s) - 1
        come = max(_runs(state, comes, s, -1) - 1, 0)
        cost = event.price[gone] - event.price[state.breaks[goes]]
        cost += event.price[come] - event.price[state.breaks[comes]]
        if cost > -temperature * math.log(1.0 - chance(state)):
            continue
        if cost > 0:
            keep(state)
        state.totals[0] += gone - state.breaks[goes] + come - state.breaks[comes]
        state.costs[0] += cost
        state.breaks[goes], state.breaks[comes] = gone, come
        state.slot[r], state.slot[q], state.meeting[n] = -1, s, q
        state.at[goes, s], state.at[stays, s], state.at[comes, s] = -1, q, q
