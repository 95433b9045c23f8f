"""A version against the present: which of its meetings can still take place, and why the others cannot.

Since a version was made people may have declined, come later or go earlier, a pair may have been ruled out,
and the agenda may have changed. Pure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ekspora.engines.meetings import Instance
from ekspora.meetings.hall import Tally
from ekspora.meetings.plan import Clash, Place, Plan, clashes
from ekspora.programmes.slots import Slot

_HALL = frozenset({"interpreter", "delegation", "reserved", "pause"})
LossCode = Literal["person", "pair", "slot", "clash"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A meeting that can no longer take place. ``who`` is the participant who is not coming any more."""

    request: str
    code: LossCode
    who: str = ""
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What remains of a version on the present instance, what is lost, and which requests are new."""

    plan: Plan
    lost: tuple[Loss, ...]
    new: tuple[str, ...]
    slots_changed: bool


def carried(
    old: Plan, old_slots: Sequence[Slot], instance: Instance, slots: Sequence[Slot], now: int = 1
) -> Carried:
    """The version's meetings on the present instance, each at the same time and table where that still works.

    Meetings keep their lock. Times decide, not numbers: a slot that begins and ends as before is the same.
    """
    there = renumbered(old_slots, slots)
    empty, at, lost = Plan(instance, {}), dict[str, Place](), []
    met: Counter[str] = Counter()
    tally = Tally(empty.hall)
    for key, place in sorted(old.at.items(), key=lambda row: (row[0] not in old.locked, row[1].slot, row[0])):
        loss = _loss(old, empty, key, place, there, met) or _unkept(tally, empty, key, place, there, now)
        if loss is not None:
            lost.append(loss)
            continue
        at[key] = Place(there[place.slot], place.table)
        met.update(_people(empty, key))
        tally.add(empty.requests[key], there[place.slot])
    kept = Plan(instance, at, old.locked & at.keys(), now)
    new = tuple(r.id for r in instance.requests if r.id not in old.requests)
    return Carried(kept, tuple(lost), new, any(there.get(s.number) != s.number for s in old_slots))


def _loss(
    old: Plan, empty: Plan, key: str, place: Place, there: Mapping[int, int], met: Counter[str]
) -> Loss | None:
    """Why a meeting is lost. Meetings of one version never collide with each other, so each is looked at alone."""
    gone = _gone(old, empty, key, there.get(place.slot))
    if gone is not None:
        return gone
    found = [c for c in clashes(empty, key, Place(there[place.slot], place.table)) if c.code not in _HALL]
    for who in _people(empty, key):
        most = empty.people[who].max_meetings
        found += [Clash("most", who)] if most is not None and met[who] >= most else []
    return Loss(key, "clash", clashes=tuple(found)) if found else None


def _unkept(
    tally: Tally, plan: Plan, key: str, place: Place, there: Mapping[int, int], now: int
) -> Loss | None:
    """Why interpreters, delegations or pauses lose a meeting. One that has been held is a fact."""
    request, slot = plan.requests[key], there[place.slot]
    if slot < now:
        return None
    against = [*plan.hall.at_table(request, place.table), *tally.against(request, slot)]
    found = tuple(Clash(a.code, a.who, what=a.what) for a in against)
    return Loss(key, "clash", clashes=found) if found else None


def _people(plan: Plan, key: str) -> tuple[str, str]:
    return plan.requests[key].a, plan.requests[key].b


def renumbered(old: Sequence[Slot], new: Sequence[Slot]) -> Mapping[int, int]:
    """The present number of each slot of old that still exists: times decide, not numbers."""
    present = {(slot.starts_at, slot.ends_at): slot.number for slot in new}
    found = {slot.number: present.get((slot.starts_at, slot.ends_at)) for slot in old}
    return {number: there for number, there in found.items() if there is not None}


def _gone(old: Plan, plan: Plan, key: str, slot: int | None) -> Loss | None:
    request = old.requests[key]
    for who in (request.a, request.b):
        if who not in plan.people:
            return Loss(key, "person", who)
    if key not in plan.requests:
        return Loss(key, "pair")
    return Loss(key, "slot") if slot is None else None
