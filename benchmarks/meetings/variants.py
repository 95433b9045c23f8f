"""Variants of an instance in which all requests are required: forbidden slots, fixed slots, an order.

They make an instance tighter, some so much that nothing is left. The same number gives the same variant.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable

from ekspora.engines.meetings import Instance, Request

SHARES = {"forbidden": (0.04, 0.10, 0.18), "fixed": (0.08, 0.20, 0.35), "after": (0.05, 0.12, 0.25)}


def variant(instance: Instance, number: int) -> Instance:
    """One of the three kinds in one of three strengths, by ``number``."""
    kind = list(SHARES)[number % 3]
    share = SHARES[kind][number // 3 % 3]
    draw = random.Random(f"{instance.name} {number}")
    changed = KINDS[kind](instance, share, draw)
    return dataclasses.replace(changed, name=f"{instance.name}-{kind}-{number}", reference=None)


def _forbidden(instance: Instance, share: float, draw: random.Random) -> Instance:
    slots = range(1, instance.slots + 1)
    return dataclasses.replace(
        instance,
        participants=tuple(
            dataclasses.replace(p, unavailable=p.unavailable | {s for s in slots if draw.random() < share})
            for p in instance.participants
        ),
    )


def _fixed(instance: Instance, share: float, draw: random.Random) -> Instance:
    """Slots that the person and the session allow; two fixed meetings of one person may still fall together."""
    away = {p.id: p.unavailable for p in instance.participants}
    morning = instance.morning_slots or instance.slots
    parts = {"any": (1, instance.slots), "morning": (1, morning), "afternoon": (morning + 1, instance.slots)}

    def fix(r: Request) -> Request:
        first, last = parts[r.session]
        free = [s for s in range(first, last + 1) if s not in away[r.a] | away[r.b]]
        return dataclasses.replace(r, slot=draw.choice(free)) if free and draw.random() < share else r

    return dataclasses.replace(instance, requests=tuple(fix(r) for r in instance.requests))


def _after(instance: Instance, share: float, draw: random.Random) -> Instance:
    """Some requests come after one that stands before them in a drawn order, so there is no cycle."""
    order = [r.id for r in instance.requests]
    draw.shuffle(order)
    earlier = {i: order[:n] for n, i in enumerate(order)}
    bound = {i for r in instance.requests for i in (r.id, *r.after) if r.after}
    return dataclasses.replace(
        instance,
        requests=tuple(
            dataclasses.replace(r, after=(draw.choice(earlier[r.id]),))
            if r.id not in bound and earlier[r.id] and draw.random() < share
            else r
            for r in instance.requests
        ),
    )


KINDS: dict[str, Callable[[Instance, float, random.Random], Instance]] = {
    "forbidden": _forbidden,
    "fixed": _fixed,
    "after": _after,
}
