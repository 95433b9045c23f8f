"""Conflicts that counting shows in the optional rules: too few interpreters, tables of delegations, slots with pauses.

Counting as in :mod:`conflict` (Hall, 1935); a pool in which all of its required requests find a place proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.languages import language_names
from ekspora.engines.meetings.model import Instance, Text
from ekspora.engines.meetings.pools import Pool
from ekspora.engines.meetings.rests import most_meetings

TooMany = Callable[[list[int], list[int]], list[int] | None]
Found = tuple[Sequence[int], Text]


def key_conflicts(instance: Instance, grid: Grid, required: list[int], too_many: TooMany) -> Iterator[Found]:
    """Groups of required requests that these rules forbid together, with the reason.

    ``too_many(requests, capacities)``: requests among these with too few places together, or ``None``.
    """
    for pool in grid.pools:
        own = [r for r in required if r in pool.requests]
        group = too_many(own, list(pool.room)) if own else None
        if group is not None:
            yield group, _pool(grid, pool, group)
    by_person = grid.by_person(required) if grid.rests else []
    for rest in grid.rests:
        own = by_person[rest.person]
        reach = grid.reach(own)
        possible = most_meetings(reach, rest)
        if len(own) > possible:
            name = instance.participants[rest.person].id
            yield (
                own,
                {
                    "id": f"{name} wajib bertemu {len(own)} kali, tetapi dengan istirahat setelah {rest.after} "
                    f"temu bisnis berturut-turut hanya bisa {possible} kali pada {reach.bit_count()} sesi.",
                    "en": f"{name} must meet {len(own)} times, but with a pause after {rest.after} meetings in a row "
                    f"only {possible} fit into {reach.bit_count()} slots.",
                },
            )


def _pool(grid: Grid, pool: Pool, group: Sequence[int]) -> Text:
    slots = bits(grid.reach(group))
    room, listed, n = sum(pool.room[s] for s in slots), ", ".join(str(s + 1) for s in slots), len(group)
    if pool.kind == "interpreter":
        names = language_names(pool.name)
        return {
            "id": f"{n} temu bisnis wajib memerlukan juru bahasa {names['id']} pada sesi {listed}; "
            f"juru bahasanya hanya cukup untuk {room}.",
            "en": f"{n} required meetings need an interpreter for {names['en']} in slots {listed}, "
            f"where interpreters allow {room}.",
        }
    where = {
        "delegation": {
            "id": f"di meja delegasi {pool.name}",
            "en": f"at the tables of delegation {pool.name}",
        },
        "elsewhere": {"id": "di luar meja delegasi", "en": "away from the delegations' tables"},
    }[pool.kind]
    return {
        "id": f"{n} temu bisnis wajib hanya bisa {where['id']} pada sesi {listed}; di sana hanya ada {room} tempat.",
        "en": f"{n} required meetings can only take place {where['en']} in slots {listed}, where {room} fit.",
    }
