"""Independent check of the optional rules: interpreters, delegations, pauses. Part of :mod:`verify`.

Shares no code with the solver. Held meetings are facts; they count beside the others but break nothing by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ekspora.engines.meetings.model import Instance, Participant, Result


def key_faults(instance: Instance, result: Result, held: Collection[str]) -> list[str]:
    """Every violation of the optional rules, in words. O(meetings + people × slots)."""
    return [
        *_interpreters(instance, result, held),
        *_delegations(instance, result, held),
        *_pauses(instance, result, held),
    ]


def _interpreters(instance: Instance, result: Result, held: Collection[str]) -> list[str]:
    language = {r.id: r.interpreter for r in instance.requests if r.interpreter is not None}
    busy = Counter(
        (language[m.request], m.slot)
        for m in result.meetings
        if m.request in language and m.request not in held
    )
    return [
        f"{number} meetings in slot {slot} need an interpreter for {name}, there are "
        f"{instance.interpreters_in(name, slot)}"
        for (name, slot), number in busy.items()
        if number > instance.interpreters_in(name, slot)
    ]


def _delegations(instance: Instance, result: Result, held: Collection[str]) -> list[str]:
    owner = {table: d.id for d in instance.delegations for table in d.tables}
    belongs = {member: d.id for d in instance.delegations for member in d.members}
    pair = {r.id: (r.a, r.b) for r in instance.requests}
    faults = []
    for meeting in result.meetings if instance.delegations else ():
        if meeting.request in held:
            continue
        there = owner.get(meeting.table)
        homes = {person: belongs[person] for person in pair[meeting.request] if person in belongs}
        faults += [
            f"{person} sits with delegation {home}, request {meeting.request} is at table {meeting.table}"
            for person, home in homes.items()
            if home != there
        ]
        if there is not None and not homes:
            faults.append(
                f"table {meeting.table} belongs to delegation {there}, request {meeting.request} does not"
            )
    return faults


def _pauses(instance: Instance, result: Result, held: Collection[str]) -> list[str]:
    days = {p.id: dict[int, str]() for p in instance.participants if p.pause_after is not None}
    pair = {r.id: (r.a, r.b) for r in instance.requests} if days else {}
    for meeting in result.meetings if days else ():
        for who in pair[meeting.request]:
            if who in days:
                days[who][meeting.slot] = meeting.request
    faults = []
    for person in instance.participants:
        if person.pause_after is not None:
            faults += _rows(instance, person, person.pause_after, days[person.id], held)
    return faults


def _rows(
    instance: Instance, person: Participant, after: int, day: dict[int, str], held: Collection[str]
) -> list[str]:
    """Rows of meetings that go on although they were long enough; one that was held so is a fact."""
    faults, row = [], 0
    for slot in range(1, instance.slots + 1):
        row = row + 1 if slot in day else 0
        if row > after and day[slot] not in held:
            faults.append(
                f"{person.id} has {row} meetings in a row until slot {slot}, a pause is due after {after}"
            )
        if slot in instance.pauses:
            row = 0
    return faults
