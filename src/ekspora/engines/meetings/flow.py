"""The flow bound of ``bounds.py`` by OR-Tools' min-cost flow, and the requests it chooses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from ekspora.engines.meetings.bounds import meetings_possible, sides, total_capacity
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.pool_prices import priced

LARGEST_COST = 2**61


@dataclass(frozen=True, slots=True)
class Chosen:
    """A bound on the weight, and the requests that reach it if they can all be given slots.

    Where people do not fall into two sides only those chosen from both ends are named.
    """

    bound: int
    requests: list[int]


def best_by_flow(grid: Grid) -> Chosen | None:
    """Most weight under personal and total numbers; with pools also under prices for their total room.

    ``None`` proves that the required requests alone break these numbers.
    """
    chosen = _by_numbers(grid)
    if chosen is None or not grid.pools:
        return chosen
    bound, requests = priced(grid, chosen.bound, chosen.requests, lambda g: _pair(_by_numbers(g)))
    return Chosen(bound, requests)


def _pair(chosen: Chosen | None) -> tuple[int, list[int]]:
    assert chosen is not None  # prices change weights only
    return chosen.bound, chosen.requests


def _by_numbers(grid: Grid) -> Chosen | None:
    """Most weight under personal and total numbers of meetings with all required requests in.

    ``None`` proves that the required ones alone break these numbers. Among equals, requests of a previous timetable
    are preferred. O(E log V) in practice.
    """
    required = [r for r in range(grid.requests) if grid.required[r]]
    side = sides(grid)
    room = meetings_possible(grid)
    for r in required:
        for u in grid.uses[r][:2]:
            room[u] -= 1
    places = total_capacity(grid, side) - len(required)
    if places < 0 or min(room, default=0) < 0:
        return None
    optional = [r for r in range(grid.requests) if grid.allowed[r] and not grid.required[r]]
    copies = 1 if side is not None else 2
    times = Counter(_flow(grid, optional, room, places * copies, side))
    weight = sum(grid.weight[r] for r in required)
    extra = sum(grid.weight[r] * n for r, n in times.items())
    return Chosen(weight + extra // copies, required + [r for r, n in times.items() if n == copies])


def _flow(grid: Grid, requests: list[int], room: list[int], places: int, side: list[int] | None) -> list[int]:
    """The requests whose arcs carry flow; each has two arcs when there are no sides."""
    if not requests:
        return []
    people = grid.people
    asked, tail, head = [], [], []
    for r in requests:
        a, b = grid.uses[r][:2]
        for u, v in [(a, b), (b, a)] if side is None else [(a, b) if side[a] == 0 else (b, a)]:
            asked.append(r)
            tail.append(u)
            head.append(people + v)
    value = _values(grid, requests)
    everyone = np.arange(people)
    source, sink = 2 * people, 2 * people + 1
    supply = min(places, len(asked))
    flow = SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([tail, np.full(people, source), people + everyone, [source]]),
        np.concatenate([head, everyone, np.full(people, sink), [sink]]),
        np.concatenate([np.ones(len(asked), int), room, room, [supply]]),
        np.concatenate([[-value[r] for r in asked], np.zeros(2 * people + 1, int)]),
    )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([supply, -supply]))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow has no optimum")
    return [asked[n] for n in np.flatnonzero(flow.flows(np.arange(len(asked))))]


def _values(grid: Grid, requests: list[int]) -> dict[int, int]:
    """Weights, scaled so that being in the previous timetable decides between equals (where numbers allow)."""
    scale = len(requests) + 1
    if not grid.before or max(grid.weight) * scale * 2 * (grid.people + 1) > LARGEST_COST:
        return {r: grid.weight[r] for r in requests}
    return {r: grid.weight[r] * scale + (r in grid.before) for r in requests}
