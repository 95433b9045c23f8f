"""Requests of which one slot holds only so many: interpreters of a language, the tables of a delegation.

A delegation sits together: its meetings, and no others, take place at its own tables. So a slot holds at most as
many of its meetings as it has open tables, and at most as many others as there are tables elsewhere. Tables
at which somebody stays belong wholly to one of these groups; so whatever keeps the numbers can be given tables
(Hall, 1935, for a laminar family). Slots that are over have room for what was held. O(requests + slots).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ekspora.engines.meetings.model import Delegation, Instance, Request

Kind = Literal["interpreter", "delegation", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Pool:
    """``room[s]``: how many of these requests may meet in slot s. ``name``: the language or the delegation's id."""

    kind: Kind
    name: str
    requests: frozenset[int]
    room: tuple[int, ...]


def pools_of(instance: Instance, start: int) -> tuple[Pool, ...]:
    """The pools that could ever be too small; ``start``: the first slot that is not over."""
    found = [*_interpreters(instance), *_delegations(instance)]
    everything = len(instance.requests)
    return tuple(
        Pool(pool.kind, pool.name, pool.requests, (everything,) * start + pool.room[start:])
        for pool in found
        if len(pool.requests) > min(pool.room[start:], default=everything)
    )


def home_of(instance: Instance) -> dict[str, Delegation]:
    """The delegation of each member."""
    return {member: d for d in instance.delegations for member in d.members}


def apart(instance: Instance) -> frozenset[int]:
    """Requests of a member and somebody who sits elsewhere all day: at another delegation's or an own table."""
    home = home_of(instance)
    stays = {p.id: p.table for p in instance.participants if p.table is not None}
    return frozenset(
        n for n, r in enumerate(instance.requests) if home and not _meet_somewhere(r, home, stays)
    )


def closed_by(pools: Sequence[Pool]) -> dict[int, int]:
    """For requests of pools that hold no meeting at all in some slots: the mask of these slots."""
    closed: dict[int, int] = {}
    for pool in pools:
        mask = sum(1 << s for s, room in enumerate(pool.room) if room == 0)
        if mask:
            closed.update({r: closed.get(r, 0) | mask for r in pool.requests})
    return closed


def _meet_somewhere(r: Request, home: Mapping[str, Delegation], stays: Mapping[str, str]) -> bool:
    one, two = home.get(r.a), home.get(r.b)
    if one is not None and two is not None:
        return one is two
    here = one or two
    return here is None or all(stays.get(who, here.tables[0]) in here.tables for who in (r.a, r.b))


def _interpreters(instance: Instance) -> Iterator[Pool]:
    slots = range(1, instance.slots + 1)
    for language in instance.interpreters:
        wanted = frozenset(n for n, r in enumerate(instance.requests) if r.interpreter == language)
        yield Pool(
            "interpreter", language, wanted, tuple(instance.interpreters_in(language, s) for s in slots)
        )


def _delegations(instance: Instance) -> Iterator[Pool]:
    home = home_of(instance)
    of_table = {table: d.id for d in instance.delegations for table in d.tables}
    groups: dict[str | None, set[int]] = {None: set(), **{d.id: set() for d in instance.delegations}}
    for n, r in enumerate(instance.requests):
        here = home.get(r.a) or home.get(r.b)
        groups[here.id if here else None].add(n)
    for identity, own in groups.items():
        tables = [t for t in instance.tables if of_table.get(t.id) == identity]
        room = tuple(sum(slot not in t.unavailable for t in tables) for slot in range(1, instance.slots + 1))
        kind: Kind = "delegation" if identity is not None else "elsewhere"
        if instance.delegations and own and not _always_enough(instance, identity, room):
            yield Pool(kind, identity or "", frozenset(own), room)


def _always_enough(instance: Instance, identity: str | None, room: Sequence[int]) -> bool:
    """Whether every member could meet at once, so that the numbers of a delegation say nothing."""
    members = next((d.members for d in instance.delegations if d.id == identity), None)
    return members is not None and len(members) <= min(room)
