"""The works of the table in docs/engines/meetings.md: what is solved, and what it should reach."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.meetings.generate import Absence, event
from benchmarks.meetings.variants import variant
from ekspora.engines.meetings import Instance, parse_instance

PUBLISHED = Path(__file__).parents[3] / "shared" / "cases" / "meetings" / "udg"


@dataclass(frozen=True, slots=True)
class Work:
    """A group of instances solved under one limit."""

    name: str
    aim: str
    instances: Callable[[int], Iterator[Instance]]
    limit: float = 60.0
    many: int = 10


def _drawn(
    businesses: int,
    guests: int,
    slots: int,
    tables: int,
    requests: int,
    unavailable: float,
    absence: Absence = "random",
    required: bool = False,
) -> Callable[[int], Iterator[Instance]]:
    def draw(many: int) -> Iterator[Instance]:
        for seed in range(many):
            yield event(
                businesses,
                guests,
                slots=slots,
                tables=tables,
                requests=requests,
                unavailable=unavailable,
                absence=absence,
                required=required,
                seed=seed,
            )

    return draw


def _published(many: int) -> Iterator[Instance]:
    for path in sorted(PUBLISHED.glob("*.json"))[:many]:
        yield parse_instance(json.loads(path.read_text("utf-8")))


def _variants(many: int) -> Iterator[Instance]:
    """Of the published instances in turn, so that neighbouring numbers are of different ones."""
    originals = list(_published(20))
    for number in range(many if originals else 0):
        yield variant(originals[number * 7 % len(originals)], number)


WORKS = {
    "published": Work("20 published instances", "20 closed, optima as published", _published, many=20),
    "variants": Work("their variants", "no wrong answer, 98 % closed", _variants, many=40),
    "small": Work(
        "40 × 22, 528 requests", "weight proven, 5 s each", _drawn(40, 22, 12, 20, 528, 0.1), limit=5.0
    ),
    "middle": Work("700 × 150, 8,000 requests, 10 %", "weight = bound", _drawn(700, 150, 16, 120, 8000, 0.1)),
    "middle30": Work(
        "700 × 150, 8,000 requests, 30 %", "weight = bound", _drawn(700, 150, 16, 120, 8000, 0.3)
    ),
    "large": Work(
        "5,000 × 1,000, 60,000 requests", "weight = bound", _drawn(5000, 1000, 24, 800, 60000, 0.1)
    ),
    "sourcing": Work(
        "500 × 200, 1,928 required", "breaks within 10 %", _drawn(500, 200, 16, 200, 1928, 0.0, required=True)
    ),
    "saturated": Work(
        "500 × 500, 60 % absent", "0.5 % of the bound", _drawn(500, 500, 20, 500, 15000, 0.6), many=3
    ),
    "windows": Work(
        "500 × 500, windows", "0.5 % of the bound", _drawn(500, 500, 20, 500, 15000, 0.6, "windows"), many=3
    ),
    "halfdays": Work(
        "500 × 500, half-days",
        "0.5 % of the bound",
        _drawn(500, 500, 20, 500, 15000, 0.5, "half-days"),
        many=3,
    ),
    "tiny": Work("20 × 10, 120 requests", "all proven", _drawn(20, 10, 8, 8, 120, 0.1)),
    "tenth": Work("500 × 100, 6,000 requests", "weight = bound", _drawn(500, 100, 24, 80, 6000, 0.1), many=3),
}
# Works that need the published instances, and the two that differ in nothing but ten times the size.
NEEDS_PUBLISHED = ("published", "variants")
GROWTH = ("tenth", "large")
# What is solved, published, and solved again after people dropped out.
REPLANNED = {"replan": "middle", "replan-small": "tiny"}
# What runs when nothing is named: minutes, not an hour.
USUAL = ("small", "middle", "published")
