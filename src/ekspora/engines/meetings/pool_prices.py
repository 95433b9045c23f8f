"""A tighter bound where interpreters or delegations' tables are scarce, by prices (Lagrange; Held and Karp, 1971).

Whoever takes a request of a pool pays the pool's price; a pool's rooms in all slots together cost as much. For any
prices, the most weight after paying plus the cost of all rooms is a bound on the weight. The best price of one pool is
found by halving; the pools take turns, the most crowded first, twice, as far as a fixed number of flows goes (so that
the same event has the same bound on every machine).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ekspora.engines.meetings.grid import Grid

Choice = tuple[int, list[int]]
FLOWS, LEAST, WORK = 80, 6, 600_000


def priced(grid: Grid, bound: int, requests: list[int], flow: Callable[[Grid], Choice]) -> Choice:
    """The best bound found, and the requests that its flow takes. ``bound``, ``requests``: without prices."""
    auction = _Auction(grid, flow)
    best: Choice = (bound, requests)
    for _round in range(2 if len(grid.pools) > 1 else 1):
        excess = auction.excess(best[1])
        for p in sorted(excess, key=lambda p: (-excess[p], p)):
            best = auction.settle(p, best)
    return best


class _Auction:
    """Prices of the pools; what was held pays nothing and takes no room."""

    def __init__(self, grid: Grid, flow: Callable[[Grid], Choice]) -> None:
        self._grid = grid
        self._flow = flow
        self._members = [pool.requests - grid.held for pool in grid.pools]
        self._room = [sum(pool.room[grid.now :]) for pool in grid.pools]
        self._prices = [0] * len(grid.pools)
        self._left = min(FLOWS, max(LEAST, WORK // max(grid.requests, 1)))

    def excess(self, requests: list[int]) -> dict[int, int]:
        """By how much a choice overfills each pool that it does overfill."""
        chosen = frozenset(requests)
        over = {p: len(members & chosen) - self._room[p] for p, members in enumerate(self._members)}
        return {p: by for p, by in over.items() if by > 0}

    def settle(self, p: int, best: Choice) -> Choice:
        """The best choice when only one price rises: too cheap while more want the pool than it has room."""
        low, high = self._prices[p], max(self._grid.weight, default=0)
        kept = low
        while low < high and self._left:
            self._left -= 1
            self._prices[p] = (low + high + 1) // 2
            taken = self._at_these_prices()
            if taken[0] < best[0]:
                best, kept = taken, self._prices[p]
            if p in self.excess(taken[1]):
                low = self._prices[p]
            else:
                high = self._prices[p] - 1
        self._prices[p] = kept
        return best

    def _at_these_prices(self) -> Choice:
        due = [0] * self._grid.requests
        for members, price in zip(self._members, self._prices, strict=True):
            for r in members if price else ():
                due[r] += price
        weight = tuple(w - d for w, d in zip(self._grid.weight, due, strict=True))
        bound, requests = self._flow(replace(self._grid, weight=weight))
        return bound + sum(
            price * room for price, room in zip(self._prices, self._room, strict=True)
        ), requests
