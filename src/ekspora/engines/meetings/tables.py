"""Which table each meeting gets, once its slot is known.

Per slot: people who stay get their table, delegations theirs (``together.py``), then every meeting keeps its previous
table where it can (each wants just one, so taking turns is optimal), the others take what is open, first tables at
which nobody stays. The grid's capacities make sure that there is always one. O(meetings + slots × tables in use).
"""

from __future__ import annotations

from collections import defaultdict

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
        wishes: dict[int, tuple[int, str]] = {}
        for r in by_slot[s] if staying or before else ():
            wish = _wish(instance, grid, staying, before, r, s)
            if wish:
                wishes[r] = wish
        closed = {t.id for t in instance.tables if s + 1 in t.unavailable}
        if together.tables and s >= grid.now:
            forced = {r: table for r, (rank, table) in wishes.items() if rank == 0}
            seated = together.seat(by_slot[s], forced, closed)
            wishes.update({r: (0, table) for r, table in seated.items()})
            closed |= together.tables
        at = _slot(by_slot[s], wishes, [t.id for t in preferred if t.id not in closed])
        found += [Meeting(instance.requests[r].id, s + 1, at[r]) for r in by_slot[s]]
    return tuple(found)


def _wish(
    instance: Instance, grid: Grid, staying: dict[int, str], before: dict[str, Meeting], r: int, s: int
) -> tuple[int, str] | None:
    """The wanted table and its rank: 0 must, 1 same slot and table as before, 2 same table as before."""
    old = before.get(instance.requests[r].id)
    if r in grid.held and old:
        return 0, old.table
    own = next((staying[u] for u in grid.uses[r][:2] if u in staying), None)
    if own is not None:
        return 0, own
    return (1 if old.slot == s + 1 else 2, old.table) if old else None


def _slot(requests: list[int], wishes: dict[int, tuple[int, str]], open_tables: list[str]) -> dict[int, str]:
    at: dict[int, str] = {}
    taken: set[str] = set()
    known = set(open_tables)
    for rank in (0, 1, 2):
        for r, (level, table) in wishes.items():
            if level == rank and table not in taken and (rank == 0 or table in known):
                at[r] = table
                taken.add(table)
    spare = (t for t in open_tables if t not in taken)
    return {r: at[r] if r in at else next(spare) for r in requests}
