"""Every timetable of a tiny event, by trying them all: the truth that the engine is held against."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from ekspora.engines.meetings import Instance, Request, Result

Timetable = dict[str, int]


@dataclass(frozen=True)
class Truth:
    """Best figures in the order of the objective; ``None`` when there is no valid timetable."""

    weight: int
    moved: int


def truth(instance: Instance, previous: Result | None = None, now: int | None = None) -> Truth | None:
    """Greatest weight and, with it, the fewest moves."""
    found = [(-weight(instance, t), moved(t, previous)) for t in valid(instance, previous, now)]
    return Truth(-min(found)[0], min(found)[1]) if found else None


def fewest_breaks(
    instance: Instance, requests: set[str], most_moved: int, previous: Result | None, now: int | None
) -> tuple[int, int]:
    """Fewest breaks and then least imbalance of just these requests with no more moves than given."""
    return min(
        (sum(breaks(instance, t).values()), imbalance(instance, t))
        for t in valid(instance, previous, now)
        if set(t) == requests and moved(t, previous) <= most_moved
    )


def weight(instance: Instance, timetable: Timetable) -> int:
    return sum(r.weight for r in instance.requests if r.id in timetable)


def moved(timetable: Timetable, previous: Result | None) -> int:
    return sum(timetable.get(m.request, m.slot) != m.slot for m in previous.meetings) if previous else 0


def breaks(instance: Instance, timetable: Timetable) -> dict[str, int]:
    found = {}
    for person in instance.participants:
        busy = "".join(
            "x"
            if any(timetable.get(r.id) == s and person.id in (r.a, r.b) for r in instance.requests)
            else " "
            for s in range(1, instance.slots + 1)
        )
        found[person.id] = max(len(busy.split()) - 1, 0)
    return found


def imbalance(instance: Instance, timetable: Timetable) -> int:
    found = breaks(instance, timetable).values()
    return max(found) - min(found)


def valid(instance: Instance, previous: Result | None, now: int | None) -> Iterator[Timetable]:
    known = {r.id for r in instance.requests}
    held = {m.request: m.slot for m in previous.meetings if m.request in known} if previous else {}
    held = {i: s for i, s in held.items() if now is not None and s < now}
    for slots in itertools.product(range(instance.slots + 1), repeat=len(instance.requests)):
        timetable = {r.id: s for r, s in zip(instance.requests, slots, strict=True) if s}
        if _keeps(instance, timetable, held, now or 1):
            yield timetable


def _keeps(instance: Instance, timetable: Timetable, held: dict[str, int], now: int) -> bool:
    if any(timetable.get(i) != s for i, s in held.items()):
        return False
    for r in instance.requests:
        if r.required and r.id not in timetable:
            return False
        if r.id in timetable and r.id not in held and not _may(instance, r, timetable[r.id], now):
            return False
        if any(
            r.id in timetable
            and e in timetable
            and timetable[e] >= timetable[r.id]
            and not {r.id, e} <= set(held)
            for e in r.after
        ):
            return False
    for p in instance.participants:
        slots = [timetable[r.id] for r in instance.requests if r.id in timetable and p.id in (r.a, r.b)]
        if len(set(slots)) < len(slots):
            return False
        done = sum(1 for r in instance.requests if r.id in held and p.id in (r.a, r.b))
        if p.max_meetings is not None and len(slots) > max(p.max_meetings, done):
            return False
    if instance.fairness is not None and imbalance(instance, timetable) > instance.fairness:
        return False
    if not all(_rested(instance, timetable, set(held), p.id, p.pause_after) for p in instance.participants):
        return False
    return all(
        _tables_enough(instance, timetable, s) and _interpreters_enough(instance, timetable, s)
        for s in range(now, instance.slots + 1)
    )


def _interpreters_enough(instance: Instance, timetable: Timetable, slot: int) -> bool:
    needed = [r.interpreter for r in instance.requests if timetable.get(r.id) == slot and r.interpreter]
    return all(needed.count(language) <= instance.interpreters_in(language, slot) for language in needed)


def _rested(instance: Instance, timetable: Timetable, held: set[str], person: str, after: int | None) -> bool:
    """No row of more than ``after`` meetings that goes on with one that was not held."""
    own = {timetable[r.id]: r.id for r in instance.requests if r.id in timetable and person in (r.a, r.b)}
    for first in own:
        row = list(range(first, first + (after or 0) + 1))
        broken = any(s in instance.pauses for s in row[:-1])
        if after and all(s in own for s in row) and not broken and own[row[-1]] not in held:
            return False
    return True


def _may(instance: Instance, r: Request, slot: int, now: int) -> bool:
    morning = instance.slots if instance.morning_slots is None else instance.morning_slots
    people = {p.id: p for p in instance.participants}
    return (
        slot >= now
        and slot not in people[r.a].unavailable
        and slot not in people[r.b].unavailable
        and r.slot in (None, slot)
        and (r.session == "any" or (r.session == "morning") == (slot <= morning))
    )


def _tables_enough(instance: Instance, timetable: Timetable, slot: int) -> bool:
    people = {p.id: p for p in instance.participants}
    here = [r for r in instance.requests if timetable.get(r.id) == slot]
    open_tables = [t.id for t in instance.tables if slot not in t.unavailable]
    wanted = [{t for t in (people[r.a].table, people[r.b].table) if t} for r in here]
    sits = {m: d for d in instance.delegations for m in d.members}
    owner = {t: d for d in instance.delegations for t in d.tables}
    homes = [[sits[who] for who in (r.a, r.b) if who in sits] for r in here]
    return any(
        all(
            owner.get(t) is None if not h else all(owner.get(t) is d for d in h)
            for h, t in zip(homes, chosen, strict=True)
        )
        and all(not w or w == {t} for w, t in zip(wanted, chosen, strict=True))
        for chosen in itertools.permutations(open_tables, len(here))
    )
