"""Bounds and the choice for events too large for exact means, held against exact answers on small ones."""

from __future__ import annotations

import pytest

from ekspora.engines.meetings import weight_bound
from ekspora.engines.meetings.bounds import fewest_breaks_alone
from ekspora.engines.meetings.flow import best_by_flow
from ekspora.engines.meetings.grid import compile_grid
from ekspora.engines.meetings.relaxation import relax
from tests.engines.meetings.exhaustive import truth
from tests.engines.meetings.worlds import tiny


@pytest.mark.parametrize("seed", range(60))
def test_no_bound_is_below_the_truth(seed: int) -> None:
    instance = tiny(seed)
    best = truth(instance)
    if best is None:
        return
    grid = compile_grid(instance)
    chosen = best_by_flow(grid)
    assert chosen is not None
    assert chosen.bound == weight_bound(instance) >= best.weight
    for large in (False, True):
        relaxed = relax(grid, large)
        assert relaxed is not None
        assert relaxed.bound >= best.weight


@pytest.mark.parametrize(
    ("mask", "meetings", "breaks"),
    [(0b1111, 4, 0), (0b1011, 3, 1), (0b1011, 2, 0), (0b10101, 3, 2), (0b110111, 4, 1), (0, 0, 0), (1, 1, 0)],
)
def test_breaks_nobody_can_avoid(mask: int, meetings: int, breaks: int) -> None:
    assert fewest_breaks_alone(mask, meetings) == breaks
