"""Tables of delegations: who meets in a slot sits at the delegation's tables, always at the same one if possible.

Per delegation and slot: people who stay have their table; then every meeting keeps its previous table where it can;
then members take the table that goes with their place in the list; the rest take what is left. O(meetings).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ekspora.engines.meetings.model import Delegation, Instance, Meeting
from ekspora.engines.meetings.pools import home_of


class Together:
    """The delegations of an instance, ready to be seated slot by slot."""

    def __init__(self, instance: Instance, before: Mapping[str, Meeting]) -> None:
        self._requests = instance.requests
        self._home = home_of(instance)
        self._before = before
        self._order = {member: k for d in instance.delegations for k, member in enumerate(d.members)}
        self.tables = frozenset(t for d in instance.delegations for t in d.tables)

    def seat(
        self, meetings: Collection[int], forced: Mapping[int, str], closed: Collection[str]
    ) -> dict[int, str]:
        """A table for every meeting of a delegation in one slot. ``forced``: meetings that must have theirs."""
        at: dict[int, str] = {}
        taken = {*forced.values(), *closed}
        waiting = [r for r in meetings if r not in forced and self._of(r) is not None]
        for wish in (self._old, self._own, self._any):
            for r in [r for r in waiting if r not in at]:
                table = next((t for t in wish(r) if t not in taken), None)
                if table is not None:
                    at[r] = table
                    taken.add(table)
        return at

    def _of(self, r: int) -> Delegation | None:
        request = self._requests[r]
        return self._home.get(request.a) or self._home.get(request.b)

    def _any(self, r: int) -> tuple[str, ...]:
        home = self._of(r)
        return home.tables if home is not None else ()

    def _old(self, r: int) -> Iterator[str]:
        old = self._before.get(self._requests[r].id)
        if old is not None and old.table in self._any(r):
            yield old.table

    def _own(self, r: int) -> tuple[str, ...]:
        request, tables = self._requests[r], self._any(r)
        places = [self._order[who] for who in (request.a, request.b) if who in self._order]
        return tuple(tables[k] for k in places if k < len(tables))
