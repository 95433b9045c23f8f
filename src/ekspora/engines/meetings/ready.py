"""Have all loops compiled, so that the first timetable on a machine does not wait for it (``make setup``)."""

from __future__ import annotations

from ekspora.engines.meetings.anneal import anneal
from ekspora.engines.meetings.day_bound import fewest_breaks
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.messages import most_weight

# Three people, two requests of one weight and one place: just enough for every loop to run once.
SMALLEST = Grid(
    slots=2,
    people=3,
    resources=3,
    uses=((0, 1), (0, 2)),
    allowed=(3, 3),
    weight=(1, 1),
    required=(False, False),
    order=(),
    capacity=(1, 0),
    most=(2, 2, 2),
    fairness=None,
    before={},
    held=frozenset(),
    now=0,
)


def prepare() -> None:
    """Run each of them once on the smallest event."""
    placement = anneal(SMALLEST, {0: 0}, 0, 1, -1, lambda breaks: False).placement
    fewest_breaks(SMALLEST, sorted(placement))
    most_weight(lambda news: None, SMALLEST, placement, 2, 0)
