"""A timetable that can be changed: who sits where, and the moves that keep it valid.

A *Kempe component* of two slots is a set of meetings that must change places together: moving one of them into the
other slot pushes out whoever sits there, and so on. Swapping a component keeps every rule about people and shared
tables; allowed slots, table numbers and ``after`` are checked for each of its meetings. In a bipartite event
components are paths and even cycles (König, 1916; Kempe's chains).

All operations are O(size of the component).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ekspora.engines.meetings.bounds import reach_of
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import FREE, Grid

LONGEST = 2_000


class Board:
    """Mutable state over a grid; ``slot[r]`` is ``FREE`` where r has none.

    ``evenly``: whether slots are filled alike, which leaves ways to exchange in a full event; otherwise from the first.
    """

    __slots__ = (
        "at",
        "capacity",
        "count",
        "evenly",
        "everything",
        "free",
        "grid",
        "linked",
        "met",
        "open",
        "placed",
        "places",
        "reach",
        "room",
        "slot",
        "weight",
    )

    def __init__(self, grid: Grid, placement: Placement | None = None) -> None:
        self.grid = grid
        self.everything = (1 << grid.slots) - 1
        self.slot = [FREE] * grid.requests
        self.at = [[FREE] * grid.slots for _ in range(grid.resources)]
        self.free = [self.everything] * grid.resources
        self.count = [0] * grid.slots
        self.capacity = grid.capacity
        self.room = sum(1 << s for s, capacity in enumerate(grid.capacity) if capacity > 0)
        self.met = [0] * grid.resources
        self.open = self.room
        self.places = sum(grid.capacity)
        self.placed = 0
        self.evenly = False
        self.reach = reach_of(grid)
        self.weight = 0
        self.linked: dict[int, list[tuple[int, bool]]] = {}
        for earlier, later in grid.order:
            self.linked.setdefault(earlier, []).append((later, True))
            self.linked.setdefault(later, []).append((earlier, False))
        for r, s in (placement or {}).items():
            self.put(r, s)

    @property
    def placement(self) -> Placement:
        """The slot of each request that takes place."""
        return {r: s for r, s in enumerate(self.slot) if s != FREE}

    def put(self, r: int, s: int) -> None:
        """Place a request; the caller has made sure that it fits."""
        self.slot[r] = s
        bit = 1 << s
        for u in self.grid.uses[r]:
            self.at[u][s] = r
            self.free[u] ^= bit
            self.met[u] += 1
        self.count[s] += 1
        self.placed += 1
        if self.count[s] >= self.capacity[s]:
            self.room &= ~bit
        self.weight += self.grid.weight[r]

    def take(self, r: int) -> int:
        """Remove a request; the slot it had."""
        s = self.slot[r]
        self.slot[r] = FREE
        bit = 1 << s
        for u in self.grid.uses[r]:
            self.at[u][s] = FREE
            self.free[u] ^= bit
            self.met[u] -= 1
        self.count[s] -= 1
        self.placed -= 1
        if self.count[s] < self.capacity[s]:
            self.room |= bit
        self.weight -= self.grid.weight[r]
        return s

    def day(self, u: int) -> int:
        """Mask of the slots in which somebody meets."""
        return self.everything & ~self.free[u]

    def wanted(self, r: int) -> bool:
        """Whether nobody's personal maximum forbids one more."""
        a, b = self.grid.uses[r][:2]
        return self.met[a] < self.grid.most[a] and self.met[b] < self.grid.most[b]

    def full(self) -> bool:
        """Whether every table is taken in every slot."""
        return self.placed >= self.places

    def open_slots(self, r: int) -> int:
        """Mask of slots where everything the request uses is free (tables of the slot not considered)."""
        mask = self.grid.allowed[r]
        for u in self.grid.uses[r]:
            mask &= self.free[u]
        return self.in_order(r, mask) if mask and r in self.linked else mask

    def in_order(self, r: int, mask: int) -> int:
        """The part of a mask that agrees with ``after``."""
        for other, comes_later in self.linked[r]:
            s = self.slot[other]
            if s != FREE:
                mask &= (1 << s) - 1 if comes_later else ~((2 << s) - 1)
        return mask

    def fits(self, r: int, s: int) -> bool:
        """Whether the rules beyond seats and tables let a request meet in slot ``s`` as things stand."""
        return r not in self.linked or bool(self.in_order(r, 1 << s))

    def in_the_way(self, r: int, s: int, out: set[int], worth: Sequence[int]) -> set[int]:
        """Meetings besides ``out`` that these rules make go for ``r`` to meet in ``s`` (:mod:`kept_board`)."""
        return set()

    def exchanges(self, r: int) -> Iterable[tuple[int, dict[int, int]]]:
        """Slots, and components whose exchange makes these rules let ``r`` meet there (:mod:`kept_board`)."""
        return ()

    def frees(self, moved: Mapping[int, int], r: int, s: int) -> bool:
        """Whether exchanging a component brings nobody whom the request uses (back) into slot ``s``."""
        uses = self.grid.uses
        return not any(t == s and not set(uses[q]).isdisjoint(uses[r]) for q, t in moved.items())

    def component(self, start: Iterable[int], one: int, two: int) -> dict[int, int] | None:
        """All meetings that change between two slots when ``start`` do, with their new slots.

        ``None`` where one of them may not, or the component is very long.
        """
        at, uses, allowed, slot = self.at, self.grid.uses, self.grid.allowed, self.slot
        moved: dict[int, int] = {}
        stack = list(start)
        while stack:
            r = stack.pop()
            if r in moved:
                continue
            target = two if slot[r] == one else one
            if not allowed[r] >> target & 1:
                return None
            moved[r] = target
            for u in uses[r]:
                pushed = at[u][target]
                if pushed >= 0 and pushed not in moved:
                    stack.append(pushed)
            if len(moved) > LONGEST:
                return None
        if self.linked and not self._orderly(moved):
            return None
        return moved

    def _orderly(self, moved: dict[int, int]) -> bool:
        for r, s in moved.items():
            for other, comes_later in self.linked.get(r, ()):
                there = moved.get(other, self.slot[other])
                if there != FREE and (there <= s if comes_later else there >= s):
                    return False
        return True

    def shift(self, moved: dict[int, int], one: int) -> int:
        """By how much slot ``one`` grows when the component is swapped."""
        return sum(1 if s == one else -1 for s in moved.values())

    def swap(self, moved: dict[int, int]) -> dict[int, int]:
        """Give the meetings of a component their new slots; what to swap to undo it."""
        old = {r: self.take(r) for r in moved}
        for r, s in moved.items():
            self.put(r, s)
        return old
