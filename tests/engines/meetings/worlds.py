"""Tiny events of every kind, drawn at random."""

from __future__ import annotations

import dataclasses
import random

from ekspora.engines.meetings import Instance, Meeting, Participant, Request, Result, Table


def tiny(seed: int) -> Instance:
    """An event small enough to try every timetable, with every key of the format in use now and then."""
    draw = random.Random(seed)
    slots = draw.randint(2, 4)
    tables = tuple(Table(str(n), _some(draw, slots, 0.1)) for n in range(1, draw.choice([1, 2, 2, 3]) + 1))
    people = [
        Participant(
            f"p{n}",
            unavailable=_some(draw, slots, 0.15),
            max_meetings=draw.choice([None, None, None, 1, 2, 0 if draw.random() < 0.2 else 2]),
            table=draw.choice(tables).id if draw.random() < 0.15 else None,
        )
        for n in range(draw.randint(2, 5))
    ]
    requests: list[Request] = []
    required = draw.choice([0.0, 0.2, 0.6, 1.0])
    for n in range(draw.randint(1, 5)):
        a, b = draw.sample(people, 2)
        requests.append(
            Request(
                f"r{n}",
                a.id,
                b.id,
                weight=draw.choice([1, 1, 2, 3]),
                required=draw.random() < required,
                session=draw.choice(["any", "any", "any", "morning", "afternoon"]),
                slot=draw.randint(1, slots) if draw.random() < 0.15 else None,
                after=tuple(r.id for r in requests if draw.random() < 0.12),
            )
        )
    draw.shuffle(requests)
    return Instance(
        slots=slots,
        tables=tables,
        participants=tuple(people),
        requests=tuple(requests),
        morning_slots=draw.choice([None, slots // 2]),
        fairness=draw.choice([None, None, 0, 0, 1]),
    )


def published(seed: int, instance: Instance, met: dict[str, int]) -> tuple[Instance, Result, int]:
    """The same event later: somebody drops out or a table fails, and the clock stands at some slot."""
    draw = random.Random(seed)
    now = draw.randint(1, instance.slots)
    result = Result("feasible", tuple(Meeting(i, s, instance.tables[0].id) for i, s in met.items()))
    gone = draw.choice(instance.participants)
    people = tuple(
        dataclasses.replace(p, unavailable=p.unavailable | set(range(now, instance.slots + 1)))
        if p is gone and draw.random() < 0.5
        else p
        for p in instance.participants
    )
    requests = tuple(dataclasses.replace(r, required=False) for r in instance.requests)
    changed = dataclasses.replace(instance, participants=people, requests=requests, fairness=None)
    return changed, result, now


def _some(draw: random.Random, slots: int, share: float) -> frozenset[int]:
    return frozenset(s for s in range(1, slots + 1) if draw.random() < share)
