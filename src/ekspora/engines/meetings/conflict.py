"""Why the required meetings cannot all take place: a small group that contradicts itself, in words.

Counting finds most conflicts at once: a person with more required meetings than slots, or slots with fewer tables
than meetings bound to them (Hall, 1935: a set of meetings with too few slots together; found by augmenting
paths, O(required × slots) each). What remains is proven by CP-SAT, whose core of assumptions is then thinned out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ekspora.engines.meetings.conflict_keys import key_conflicts
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.grid import Grid, bits
from ekspora.engines.meetings.model import Conflict, Instance, Text
from ekspora.engines.meetings.reasons import explain
from ekspora.engines.meetings.stages import core
from ekspora.engines.meetings.watch import Watch


def find_conflict(instance: Instance, grid: Grid) -> Conflict | None:
    """A conflict that counting shows, or ``None``; that proves nothing yet."""
    required = [r for r in range(grid.requests) if grid.required[r] and r not in grid.held]
    for r in required:
        if not grid.allowed[r]:
            reason = explain(instance, grid, _others(grid, r))[0].text
            return _conflict(
                instance,
                grid,
                [r],
                f"Permintaan {instance.requests[r].id} wajib, tetapi tidak mungkin: {reason['id']}",
                f"Request {instance.requests[r].id} is required but impossible: {reason['en']}",
            )
    for u, own in enumerate(grid.by_person([*required, *grid.held])):
        found = _person(instance, grid, u, own)
        if found is not None:
            return found
    for group, text in key_conflicts(instance, grid, required, partial(_too_many, grid)):
        return _conflict(instance, grid, group, text["id"], text["en"])
    return _tables(instance, grid, required)


def general_conflict(instance: Instance, grid: Grid, watch: Watch) -> Conflict:
    """The conflict of an instance that has been proven infeasible."""
    required = [r for r in range(grid.requests) if grid.required[r]]
    group, without_fairness = core(grid, required, watch)
    if not without_fairness:
        return _conflict(
            instance,
            grid,
            required,
            f"Semua temu bisnis wajib dapat dijadwalkan, tetapi tidak dengan selisih jeda paling banyak "
            f"{grid.fairness} antarpeserta.",
            f"All required meetings fit, but not with breaks differing by at most {grid.fairness} between people.",
        )
    ids = ", ".join(instance.requests[r].id for r in group[:12]) + (", …" if len(group) > 12 else "")
    return _conflict(
        instance,
        grid,
        group,
        f"{len(group)} temu bisnis wajib tidak dapat dijadwalkan bersama: {ids}.",
        f"{len(group)} required meetings cannot all be scheduled together: {ids}.",
    )


def _others(grid: Grid, r: int) -> Placement:
    return {q: 0 for q in range(grid.requests) if q != r}


def _conflict(
    instance: Instance, grid: Grid, requests: Sequence[int], indonesian: str, english: str
) -> Conflict:
    people = dict.fromkeys(u for r in requests for u in grid.uses[r][:2])
    return Conflict(
        tuple(instance.requests[r].id for r in requests),
        tuple(instance.participants[u].id for u in people),
        _text(indonesian, english),
    )


def _text(indonesian: str, english: str) -> Text:
    return {"id": indonesian, "en": english}


def _person(instance: Instance, grid: Grid, u: int, own: list[int]) -> Conflict | None:
    name = instance.participants[u].id if u < grid.people else ""
    if u < grid.people and len(own) > grid.most[u]:
        return _conflict(
            instance,
            grid,
            own,
            f"{name} wajib bertemu {len(own)} kali, tetapi batasnya {grid.most[u]}.",
            f"{name} must have {len(own)} meetings but at most {grid.most[u]} are allowed.",
        )
    group = _too_many(grid, own, [1] * grid.slots)
    if group is None:
        return None
    slots = grid.reach(group).bit_count()
    if u >= grid.people:
        return _conflict(
            instance,
            grid,
            group,
            f"{len(group)} temu bisnis wajib harus di meja yang sama, tetapi hanya ada {slots} sesi untuk itu.",
            f"{len(group)} required meetings need the same table but only {slots} slots are possible for them.",
        )
    return _conflict(
        instance,
        grid,
        group,
        f"{name} wajib bertemu {len(group)} kali, tetapi hanya bisa pada {slots} sesi.",
        f"{name} must meet {len(group)} times but can do so in {slots} slots only.",
    )


def _tables(instance: Instance, grid: Grid, required: list[int]) -> Conflict | None:
    group = _too_many(grid, required, list(grid.capacity))
    if group is None:
        return None
    reach = grid.reach(group)
    room = sum(grid.capacity[s] for s in bits(reach))
    listed = ", ".join(str(s + 1) for s in bits(reach))
    return _conflict(
        instance,
        grid,
        group,
        f"{len(group)} temu bisnis wajib hanya bisa pada sesi {listed}; di sana hanya ada {room} tempat meja.",
        f"{len(group)} required meetings can only take place in slots {listed}, where tables allow {room}.",
    )


def _too_many(grid: Grid, requests: list[int], capacity: list[int]) -> list[int] | None:
    """Requests that together have fewer places than their number, or ``None`` when each can be given one."""
    at: list[list[int]] = [[] for _ in capacity]
    place: dict[int, int] = {}
    for r in requests:
        came_from: dict[int, tuple[int, int]] = {}
        queue, goal = [r], -1
        for q in queue:
            for s in bits(grid.allowed[q]):
                if s not in came_from:
                    came_from[s] = (q, place.get(q, -1))
                    if len(at[s]) < capacity[s]:
                        goal = s
                        break
                    queue += at[s]
            if goal >= 0:
                break
        if goal < 0:
            return sorted(set(queue))
        while goal >= 0:
            q, previous = came_from[goal]
            if previous >= 0:
                at[previous].remove(q)
            at[goal].append(q)
            place[q] = goal
            goal = previous
    return None
