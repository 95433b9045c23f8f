"""Events as they happen: few people are wanted by many.

Each person has a log-normal popularity; pairs are drawn without replacement in proportion to the product of both.
Weights are 1 to 3. Absence comes in three patterns. The same arguments give the same event.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import Literal

from ekspora.engines.meetings import Instance, Participant, Request, Table

Absence = Literal["random", "windows", "half-days"]
SPREAD = 0.6


def event(
    businesses: int,
    guests: int,
    *,
    slots: int,
    tables: int,
    requests: int,
    unavailable: float = 0.1,
    absence: Absence = "random",
    required: bool = False,
    seed: int = 0,
) -> Instance:
    """An event of two sides; ``unavailable`` is the share of slots in which a person is absent.

    Where all requests are required, nobody has more of them than slots.
    """
    draw = random.Random(f"{businesses} {guests} {slots} {tables} {requests} {unavailable} {absence} {seed}")
    ours = [f"b{n}" for n in range(1, businesses + 1)]
    theirs = [f"g{n}" for n in range(1, guests + 1)]
    people = tuple(
        Participant(p, side, frozenset(_absent(draw, slots, unavailable, absence)))
        for side, group in (("business", ours), ("guest", theirs))
        for p in group
    )
    pairs = _pairs(draw, ours, theirs, requests, slots if required else requests)
    return Instance(
        name=f"{businesses}x{guests}-{slots}-{requests}-{absence}{unavailable}-{seed}",
        slots=slots,
        tables=tuple(Table(str(n)) for n in range(1, tables + 1)),
        participants=people,
        requests=tuple(
            Request(f"r{n}", a, b, weight=draw.randint(1, 3), required=required)
            for n, (a, b) in enumerate(pairs, 1)
        ),
    )


def _pairs(
    draw: random.Random, ours: list[str], theirs: list[str], count: int, most: int
) -> list[tuple[str, str]]:
    """Different pairs, nobody in more than ``most`` of them."""
    ours_up = list(itertools.accumulate(draw.lognormvariate(0, SPREAD) for _ in ours))
    theirs_up = list(itertools.accumulate(draw.lognormvariate(0, SPREAD) for _ in theirs))
    found: dict[tuple[str, str], None] = {}
    asked: Counter[str] = Counter()
    while len(found) < count:
        batch = max(count - len(found), 100)
        drawn = zip(
            draw.choices(ours, cum_weights=ours_up, k=batch),
            draw.choices(theirs, cum_weights=theirs_up, k=batch),
            strict=True,
        )
        for pair in drawn:
            if pair not in found and max(asked[pair[0]], asked[pair[1]]) < most:
                found[pair] = None
                asked.update(pair)
    return list(found)[:count]


def _absent(draw: random.Random, slots: int, share: float, pattern: Absence) -> list[int]:
    if pattern == "random":
        return [s for s in range(1, slots + 1) if draw.random() < share]
    if pattern == "half-days":
        half = slots // 2
        away = draw.random()
        if away >= 2 * share:
            return []
        return list(range(1, half + 1)) if away < share else list(range(half + 1, slots + 1))
    present = max(1, round(slots * (1 - share)))
    first = draw.randint(1, slots - present + 1)
    return [s for s in range(1, slots + 1) if not first <= s < first + present]
