"""Tiny events with the optional keys: interpreters, delegations, pauses."""

from __future__ import annotations

import random
from dataclasses import replace

from ekspora.engines.meetings import Delegation, Instance
from tests.engines.meetings.worlds import tiny


def keyed(seed: int, required: float | None = None) -> Instance:
    """An event small enough to try every timetable in which the optional keys matter now and then.

    ``required``: share of required requests, where it is not to be drawn.
    """
    draw = random.Random(seed)
    instance = tiny(seed)
    instance = _delegations(draw, instance) if draw.random() < 0.5 else instance
    languages: dict[str, int | tuple[int, ...]] = {}
    if draw.random() < 0.6:
        languages = {"fr": draw.choice([0, 1, 1, 1]), "xx": 1}
        if draw.random() < 0.5:
            languages["fr"] = tuple(draw.choice([0, 1, 1]) for _slot in range(instance.slots))
    requests = [
        replace(r, interpreter=draw.choice([None, "fr", "fr", "xx"]) if languages else None)
        for r in instance.requests
    ]
    if required is not None:
        requests = [replace(r, required=draw.random() < required) for r in requests]
    rested = draw.random() < 0.6
    return replace(
        instance,
        participants=tuple(
            replace(p, pause_after=draw.choice([1, 1, 1, 2]) if rested else None)
            for p in instance.participants
        ),
        requests=tuple(requests),
        interpreters=languages,
        pauses=frozenset({draw.randint(1, instance.slots)}) if draw.random() < 0.3 else frozenset(),
    )


def _delegations(draw: random.Random, instance: Instance) -> Instance:
    """One or two delegations with tables of their own; nobody stays where that would contradict them."""
    people = [p.id for p in instance.participants]
    tables = [t.id for t in instance.tables]
    draw.shuffle(people)
    draw.shuffle(tables)
    found, home = [], dict[str, str]()
    for name in ("D", "E")[: draw.randint(1, 2)]:
        members, seats = people[:2], tables[: draw.randint(1, 2)]
        people, tables = people[len(members) :], tables[len(seats) :]
        if members and seats:
            found.append(Delegation(name, tuple(members), tuple(seats)))
            home.update(dict.fromkeys((*members, *seats), name))
    return replace(
        instance,
        delegations=tuple(found),
        participants=tuple(
            p if p.table is None or home.get(p.table) == home.get(p.id) else replace(p, table=None)
            for p in instance.participants
        ),
    )
