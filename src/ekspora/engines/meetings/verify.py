"""Independent check of a timetable against its instance.

Shares no code with the solver and computes everything again from the contract: O(meetings + people × slots).
Held meetings (before ``now``, in the previous result) are facts: they stay even where the instance now forbids them.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

from ekspora.engines.meetings.model import Instance, Meeting, Request, Result
from ekspora.engines.meetings.verify_keys import key_faults


def verify(
    instance: Instance, result: Result, previous: Result | None = None, now: int | None = None
) -> list[str]:
    """Every violation in words; the empty list when the result keeps all that it must and says."""
    if result.status in ("infeasible", "unknown"):
        return ["a result without a timetable lists meetings"] if result.meetings else []
    faults = _structure(instance, result)
    if faults:
        return faults
    wanted = {r.id for r in instance.requests}
    before = {m.request: m for m in previous.meetings if m.request in wanted} if previous else {}
    held = {i for i, m in before.items() if now is not None and m.slot < now}
    return [
        *_history(result, before, held, now),
        *_permissions(instance, result, held),
        *_collisions(instance, result),
        *_people(instance, result, held),
        *_order(instance, result, held),
        *key_faults(instance, result, held),
        *_figures(instance, result, before if previous else None),
    ]


def breaks_of(slots: set[int]) -> int:
    """Groups of idle slots between consecutive meetings of one person."""
    ordered = sorted(slots)
    return sum(1 for earlier, later in itertools.pairwise(ordered) if later > earlier + 1)


def _structure(instance: Instance, result: Result) -> list[str]:
    requests = {r.id for r in instance.requests}
    tables = {t.id for t in instance.tables}
    faults = []
    listed = Counter([m.request for m in result.meetings] + [u.request for u in result.unscheduled])
    for identity, times in listed.items():
        if identity not in requests:
            faults.append(f"request {identity} does not exist")
        elif times > 1:
            faults.append(f"request {identity} is listed {times} times")
    faults += [f"request {i} is neither scheduled nor unscheduled" for i in requests if i not in listed]
    for meeting in result.meetings:
        if not 1 <= meeting.slot <= instance.slots:
            faults.append(f"request {meeting.request} has slot {meeting.slot}, outside the event")
        if meeting.table not in tables:
            faults.append(f"request {meeting.request} has unknown table {meeting.table}")
    return faults


def _history(result: Result, before: dict[str, Meeting], held: set[str], now: int | None) -> list[str]:
    at = {m.request: m for m in result.meetings}
    faults = []
    for identity in held:
        if identity not in at or at[identity].slot != before[identity].slot:
            faults.append(f"request {identity} was held in slot {before[identity].slot} and must stay")
    for meeting in result.meetings:
        if now is not None and meeting.slot < now and meeting.request not in held:
            faults.append(f"request {meeting.request} is put into slot {meeting.slot}, which is over")
    return faults


def _permissions(instance: Instance, result: Result, held: set[str]) -> list[str]:
    requests = {r.id: r for r in instance.requests}
    people = {p.id: p for p in instance.participants}
    closed = {t.id: t.unavailable for t in instance.tables}
    morning = instance.slots if instance.morning_slots is None else instance.morning_slots
    faults = []
    for meeting in result.meetings:
        if meeting.request in held:
            continue
        request = requests[meeting.request]
        for person in (people[request.a], people[request.b]):
            if meeting.slot in person.unavailable:
                faults.append(f"{person.id} is unavailable in slot {meeting.slot} (request {request.id})")
            if person.table is not None and meeting.table != person.table:
                faults.append(f"{person.id} stays at table {person.table}, request {request.id} is elsewhere")
        if meeting.slot in closed[meeting.table]:
            faults.append(f"table {meeting.table} is unavailable in slot {meeting.slot}")
        if request.slot is not None and meeting.slot != request.slot:
            faults.append(f"request {request.id} is fixed to slot {request.slot}, not {meeting.slot}")
        if request.session == "morning" and meeting.slot > morning:
            faults.append(f"request {request.id} belongs to the morning")
        if request.session == "afternoon" and meeting.slot <= morning:
            faults.append(f"request {request.id} belongs to the afternoon")
    return faults


def _collisions(instance: Instance, result: Result) -> list[str]:
    pair = {r.id: (r.a, r.b) for r in instance.requests}
    seats = Counter((who, meeting.slot) for meeting in result.meetings for who in pair[meeting.request])
    tables = Counter((meeting.table, meeting.slot) for meeting in result.meetings)
    return [
        *(f"{who} has {n} meetings in slot {slot}" for (who, slot), n in seats.items() if n > 1),
        *(f"table {table} has {n} meetings in slot {slot}" for (table, slot), n in tables.items() if n > 1),
    ]


def _people(instance: Instance, result: Result, held: set[str]) -> list[str]:
    met = {m.request for m in result.meetings}
    count: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for request in instance.requests:
        count.update({request.a: 1, request.b: 1} if request.id in met else {})
        done.update({request.a: 1, request.b: 1} if request.id in held else {})
    faults = [
        f"required request {r.id} is missing" for r in instance.requests if r.required and r.id not in met
    ]
    for person in instance.participants:
        if person.max_meetings is not None and count[person.id] > max(person.max_meetings, done[person.id]):
            faults.append(f"{person.id} has {count[person.id]} meetings, at most {person.max_meetings}")
    return faults


def _order(instance: Instance, result: Result, held: set[str]) -> list[str]:
    at = {m.request: m.slot for m in result.meetings}
    return [
        f"request {request.id} must come after {earlier}"
        for request in instance.requests
        for earlier in request.after
        if request.id in at and earlier in at and at[earlier] >= at[request.id]
        if not (request.id in held and earlier in held)
    ]


def _figures(instance: Instance, result: Result, before: dict[str, Meeting] | None) -> list[str]:
    requests: dict[str, Request] = {r.id: r for r in instance.requests}
    slots: defaultdict[str, set[int]] = defaultdict(set)
    for meeting in result.meetings:
        request = requests[meeting.request]
        slots[request.a].add(meeting.slot)
        slots[request.b].add(meeting.slot)
    breaks = [breaks_of(slots[p.id]) for p in instance.participants]
    weight = sum(requests[m.request].weight for m in result.meetings)
    faults = []
    if instance.fairness is not None and breaks and max(breaks) - min(breaks) > instance.fairness:
        faults.append(f"breaks differ by {max(breaks) - min(breaks)}, at most {instance.fairness} allowed")
    faults += _figure("weight", result.weight, weight) + _figure("breaks", result.breaks, sum(breaks))
    if before is not None:
        moved = sum(1 for m in result.meetings if m.request in before and before[m.request].slot != m.slot)
        faults += _figure("moved", result.moved, moved)
    return faults + _bounds(result)


def _figure(name: str, said: int | None, true: int) -> list[str]:
    return [] if said == true else [f"{name} is said to be {said} but is {true}"]


def _bounds(result: Result) -> list[str]:
    faults = []
    pairs = (
        ("weight", result.proven.weight, result.weight, result.weight_bound, -1),
        ("breaks", result.proven.breaks, result.breaks, result.breaks_bound, 1),
        ("moved", result.proven.moved and result.moved is not None, result.moved, result.moved_bound, 1),
    )
    for name, proven, value, bound, sign in pairs:
        if value is not None and bound is not None and sign * (value - bound) < 0:
            faults.append(f"{name} {value} is beyond its own bound {bound}")
        if proven and value != bound:
            faults.append(f"{name} is called proven but its bound is {bound}")
    if result.status == "optimal" and not (result.proven.weight and result.proven.breaks):
        faults.append("called optimal without every stage proven")
    return faults
