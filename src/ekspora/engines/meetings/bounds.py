"""Upper bounds on the weight and lower bounds on the breaks, proven and fast.

*Flow*: each person takes at most as many meetings as slots (or their maximum) allow, the event at most as many as it
has table slots. Every request, seen as an arc from one copy of its people to another copy, makes a maximum-weight
degree-bounded flow; where people fall into two sides this is the best b-matching itself, otherwise each request is
counted from both ends and the half of the doubled optimum is a bound. Min-cost flow: O(E log V) in practice.

*Breaks*: a person whose meetings do not fit into k runs of usable slots has at least k breaks.
"""

from __future__ import annotations

from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.rests import fewest_groups, most_meetings


def reach_of(grid: Grid) -> list[int]:
    """For each resource the slots in which any of its requests may take place."""
    reach = [0] * grid.resources
    for r, allowed in enumerate(grid.allowed):
        for u in grid.uses[r]:
            reach[u] |= allowed
    return reach


def meetings_possible(grid: Grid) -> list[int]:
    """For each person, how many meetings are possible at most."""
    reach = reach_of(grid)
    possible = [min(mask.bit_count(), grid.most[u]) for u, mask in enumerate(reach[: grid.people])]
    for rest in grid.rests:
        possible[rest.person] = min(possible[rest.person], most_meetings(reach[rest.person], rest))
    return possible


def fewest_breaks_alone(mask: int, meetings: int) -> int:
    """Breaks nobody can avoid who has this many meetings and only the slots of ``mask``."""
    runs = sorted((len(run) for run in bin(mask)[2:].split("0") if run), reverse=True)
    used = 0
    while meetings > 0 and used < len(runs):
        meetings -= runs[used]
        used += 1
    return max(used - 1, 0)


def breaks_bound(grid: Grid, requests: list[int]) -> int:
    """Sum over people of the breaks each has even if alone, with just these requests taking place."""
    total = 0
    resting = {rest.person: rest for rest in grid.rests}
    for u, own in enumerate(grid.by_person(requests)[: grid.people]):
        mask = grid.reach(own)
        alone = fewest_breaks_alone(mask, len(own))
        if u in resting:
            alone = max(alone, fewest_groups(mask, len(own), resting[u]) - 1)
        total += alone
    return total


def sides(grid: Grid) -> list[int] | None:
    """0 or 1 for each person so that every request joins the two, or ``None`` where that is impossible."""
    side = [-1] * grid.people
    around: list[list[int]] = [[] for _ in range(grid.people)]
    for r in range(grid.requests):
        a, b = grid.uses[r][:2]
        around[a].append(b)
        around[b].append(a)
    for root in range(grid.people):
        stack = [] if side[root] >= 0 else [root]
        if stack:
            side[root] = 0
        while stack:
            u = stack.pop()
            for v in around[u]:
                if side[v] < 0:
                    side[v] = 1 - side[u]
                    stack.append(v)
                elif side[v] == side[u]:
                    return None
    return side


def total_capacity(grid: Grid, side: list[int] | None) -> int:
    """Meetings that fit into the event as a whole: per slot no more than tables, nor than people of either side."""
    present = [[0, 0] for _ in range(grid.slots)]
    for u, mask in enumerate(reach_of(grid)[: grid.people]):
        for s in bits(mask):
            present[s][0 if side is None else side[u]] += 1
    return sum(
        min(capacity, sum(both) // 2 if side is None else min(both))
        for capacity, both in zip(grid.capacity, present, strict=True)
    )
