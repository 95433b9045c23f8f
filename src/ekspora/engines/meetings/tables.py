"""Which table each meeting gets, once its slot is known.

Per slot: people who stay get their table, delegations theirs (``together.py``), then every meeting keeps its previous
table where it can (each wants just one, so taking turns is optimal), the others take what is open, first tables at
which nobody stays. The grid's capacities make sure that there is always one. O(meetings + slots × tables in use).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid
from ekspora.engines.meetings.model import Instance, Meeting, Result
from ekspora.engines.meetings.together import Together


def seat(
    instance: Instance, grid: Grid, placement: Placement, previous: Result | None
) -> tuple[Meeting, ...]:
    """The meetings with tables, by slot and then in the order of the requests."""
    staying = {n: p.table for n, p in enumerate(instance.participants) if p.table is not None}
    before = {m.request: m for m in previous.meetings} if previous else {}
    kept = set(staying.values())
    preferred = [t for t in instance.tables if t.id not in kept] + [
        t for t in instance.tables if t.id in kept
    ]
    together = Together(instance, before)
    by_slot: defaultdict[int, list[int]] = defaultdict(list)
    for r in sorted(placement):
        by_slot[placement[r]].append(r)
    found = []
    for s in sorted(by_slot):
        wishes: dict[int, list[tuple[int, str]]] = {}
        for r in by_slot[s]:
            wishes[r] = list(_wishes(instance, grid, staying, before, r, s))
        closed = {t.id for t in instance.tables if s + 1 in t.unavailable}
        if together.tables and s >= grid.now:
            forced = {r: table for r, wanted in wishes.items() for rank, table in wanted if rank == 0}
            seated = together.seat(by_slot[s], forced, closed)
            wishes.update({r: [(0, table)] for r, table in seated.items()})
            closed |= together.tables
        at = _slot(wishes, [t.id for t in preferred if t.id not in closed], closed)
        found += [Meeting(instance.requests[r].id, s + 1, at[r]) for r in by_slot[s]]
    return tuple(found)


def _wishes(
    instance: Instance, grid: Grid, staying: dict[int, str], before: dict[str, Meeting], r: int, s: int
) -> Iterator[tuple[int, str]]:
    """Wanted tables with their rank: 0 must, 1 same slot and table as before, 2 same table as before."""
    old = before.get(instance.requests[r].id)
    if r in grid.held and old:
        yield 0, old.table
        return
    own = next((staying[u] for u in grid.uses[r][:2] if u in staying), None)
    if own is not None:
        yield 0, own
    elif old:
        yield (1 if old.slot == s + 1 else 2), old.table


def _slot(
    wishes: dict[int, list[tuple[int, str]]], open_tables: list[str], closed: set[str]
) -> dict[int, str]:
    taken: dict[str, int] = {}
    at: dict[int, str] = {}
    known = set(open_tables)
    for rank in (0, 1, 2):
        for r, wanted in wishes.items():
            for level, table in wanted:
                if level == rank and r not in at and table not in taken and (rank == 0 or table in known):
                    at[r], taken[table] = table, r
    spare = iter([t for t in open_tables if t not in taken])
    for r in wishes:
        if r not in at:
            at[r] = next(spare)
    return at
