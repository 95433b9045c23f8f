"""Which slots are lost on the day: people who are absent, late or gone early, tables out of service. Pure.

A meeting that had begun when somebody left, or when a table was lost, counts as held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ekspora.programmes.slots import Slot


@dataclass(frozen=True, slots=True)
class Seen:
    """What the door knows of a person, in the shape of a mark."""

    kind: str
    at: datetime | None
    noted_at: datetime


class Mark(Protocol):
    """What an officer noted of a person; ``at`` is empty for somebody who does not come at all."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def noted_at(self) -> datetime: ...


class Loss(Protocol):
    """From when until when a table cannot be used; ``until`` empty: to the end."""

    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def noted_at(self) -> datetime: ...


def missed(marks: Iterable[Mark], slots: Iterable[Slot]) -> frozenset[int]:
    """Numbers of the slots that somebody with these marks misses."""
    noted = list(marks)
    return frozenset(slot.number for slot in slots if any(_misses(mark, slot) for mark in noted))


def with_door(marks: Iterable[Mark], came_at: datetime | None, left_at: datetime | None) -> list[Mark]:
    """Marks with what check-in knows: who was marked absent and came is late, who left there has left."""
    found: list[Mark] = [
        Seen("late", came_at, mark.noted_at) if mark.at is None and came_at is not None else mark
        for mark in marks
    ]
    return [*found, Seen("left", left_at, left_at)] if left_at is not None else found


def closed(loss: Loss, slots: Iterable[Slot]) -> frozenset[int]:
    """Numbers of the slots in which a lost table cannot be used."""
    return frozenset(
        slot.number
        for slot in slots
        if slot.ends_at > loss.since
        and (loss.until is None or slot.starts_at < loss.until)
        and not _held(slot, loss.since, loss.noted_at)
    )


def _misses(mark: Mark, slot: Slot) -> bool:
    if mark.at is None:
        return True
    if mark.kind == "late":
        return slot.starts_at < mark.at
    return slot.ends_at > mark.at and not _held(slot, mark.at, mark.noted_at)


def _held(slot: Slot, gone_at: datetime, noted_at: datetime) -> bool:
    return slot.starts_at < gone_at and slot.starts_at <= noted_at
