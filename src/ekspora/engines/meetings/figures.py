"""Weight, breaks, imbalance and moves of a placement, on the grid. O(meetings)."""

from __future__ import annotations

from collections.abc import Collection

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid


def weight_of(grid: Grid, placement: Placement) -> int:
    """Total weight of the meetings."""
    return sum(grid.weight[r] for r in placement)


def moves_of(grid: Grid, placement: Placement) -> int:
    """Meetings that were in another slot before."""
    return sum(1 for r, s in placement.items() if grid.before.get(r, s) != s)


def breaks_in(mask: int) -> int:
    """Groups of idle slots between the meetings of one person: runs of ones, less one."""
    return max((mask & ~(mask << 1)).bit_count() - 1, 0)


def days(grid: Grid, placement: Placement) -> list[int]:
    """For each person the mask of slots with a meeting."""
    masks = [0] * grid.resources
    for r, s in placement.items():
        for u in grid.uses[r]:
            masks[u] |= 1 << s
    return masks[: grid.people]


def breaks_of(grid: Grid, placement: Placement) -> list[int]:
    """Breaks of each person."""
    return [breaks_in(mask) for mask in days(grid, placement)]


def imbalance_of(breaks: list[int]) -> int:
    """Largest difference in breaks between two people."""
    return max(breaks) - min(breaks) if breaks else 0


def somebody_without_break(grid: Grid, requests: Collection[int]) -> bool:
    """Whether somebody has at most one of these requests, and so surely no break."""
    count = [0] * grid.resources
    for r in requests:
        for u in grid.uses[r]:
            count[u] += 1
    return min(count[: grid.people], default=0) < 2
