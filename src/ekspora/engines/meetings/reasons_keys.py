"""Reasons that lie in the optional rules: no interpreter, the delegation's tables, a pause. Part of :mod:`reasons`.

O(slots × pools) per request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.languages import language_names
from ekspora.engines.meetings.model import Instance, Text
from ekspora.engines.meetings.pools import Pool, home_of
from ekspora.engines.meetings.rests import kept

Reason = tuple[str, Text]


def listed(mask: int) -> str:
    """The slots of a mask, numbered from 1."""
    return ", ".join(str(s + 1) for s in bits(mask))


class KeyReasons:
    """What these rules leave open beside a placement. ``name``: what to call a person, by number."""

    def __init__(
        self, instance: Instance, grid: Grid, placement: Placement, name: Callable[[int], str]
    ) -> None:
        self._instance = instance
        self._grid = grid
        self._name = name
        self._home = home_of(instance)
        self._rests = {rest.person: rest for rest in grid.rests}
        self._used = [Counter(s for r, s in placement.items() if r in pool.requests) for pool in grid.pools]

    def never(self, n: int, a: int, b: int) -> Reason | None:
        """Why the request could never take place, as far as interpreters and delegations go."""
        language = self._instance.requests[n].interpreter
        slots = range(1, self._instance.slots + 1)
        if language is not None and not any(self._instance.interpreters_in(language, s) for s in slots):
            names = language_names(language)
            return "no_interpreter", {
                "id": f"Tidak ada juru bahasa {names['id']}.",
                "en": f"There is no interpreter for {names['en']}.",
            }
        seats = [self._seat(p) for p in (a, b)]
        if self._home and seats[0] is not None and seats[1] is not None and not seats[0][0] & seats[1][0]:
            return "tables_apart", {
                "id": f"{self._name(a)} {seats[0][1]['id']}, sedangkan {self._name(b)} {seats[1][1]['id']}.",
                "en": f"{self._name(a)} {seats[0][1]['en']}, while {self._name(b)} {seats[1][1]['en']}.",
            }
        return None

    def full(self, n: int, a: int, b: int, mask: int, busy: list[int]) -> Reason | None:
        """Why none of these slots will do, in which both are free and there is a table."""
        for pool, used in zip(self._grid.pools, self._used, strict=True):
            if n in pool.requests:
                left = mask & sum(1 << s for s in bits(mask) if used[s] < pool.room[s])
                if not left:
                    return self._pool(pool, mask)
                mask = left
        for p in (a, b):
            rest = self._rests.get(p)
            left = mask
            for s in bits(mask) if rest else ():
                if rest and not kept(busy[p] | 1 << s, rest.windows):
                    left ^= 1 << s
            if rest and mask and not left:
                return "pause", {
                    "id": f"Pada sesi {listed(mask)} {self._name(p)} harus beristirahat: "
                    f"paling banyak {rest.after} temu bisnis berturut-turut.",
                    "en": f"In slot {listed(mask)} {self._name(p)} is due a pause: "
                    f"at most {rest.after} meetings in a row.",
                }
            mask = left
        return None

    def _seat(self, person: int) -> tuple[set[str], Text] | None:
        """The tables at which somebody sits all day, and how to say so."""
        who = self._instance.participants[person]
        home = self._home.get(who.id)
        if home is not None:
            return set(home.tables), {
                "id": f"duduk bersama delegasi {home.id}",
                "en": f"sits with delegation {home.id}",
            }
        if who.table is not None:
            return {who.table}, {"id": f"tetap di meja {who.table}", "en": f"stays at table {who.table}"}
        return None

    def _pool(self, pool: Pool, mask: int) -> Reason:
        slots = listed(mask)
        if pool.kind == "interpreter":
            names = language_names(pool.name)
            return "no_interpreter", {
                "id": f"Tidak ada juru bahasa {names['id']} yang bebas pada sesi yang masih mungkin ({slots}).",
                "en": f"No interpreter for {names['en']} is free in the slots that are left ({slots}).",
            }
        if pool.kind == "delegation":
            return "delegation_full", {
                "id": f"Semua meja delegasi {pool.name} terisi pada sesi yang masih mungkin ({slots}).",
                "en": f"All tables of delegation {pool.name} are taken in the slots that are left ({slots}).",
            }
        return "tables_full", {
            "id": f"Semua meja di luar meja delegasi terisi pada sesi yang masih mungkin ({slots}).",
            "en": f"All tables outside the delegations' are taken in the slots that are left ({slots}).",
        }
