"""How far a version uses interpreters, the delegations' tables, and who has pauses: slot by slot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ekspora.meetings.hall import longest_row
from ekspora.meetings.queries.opened import Opened
from ekspora.meetings.queries.people import name
from ekspora.meetings.queries.words import time_of
from ekspora.ui.formats import language_name


@dataclass(frozen=True, slots=True)
class Use:
    """One slot: how many of how many are in use."""

    used: int
    most: int

    @property
    def is_full(self) -> bool:
        """Whether no more would fit."""
        return self.used >= self.most


@dataclass(frozen=True, slots=True)
class Line:
    """Interpreters of one language, or the tables of one delegation; ``about`` says which tables and who."""

    name: str
    slots: Sequence[Use]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Resting:
    """Somebody who asked for pauses, and their longest row of meetings in this version."""

    name: str
    after: int
    longest: int


@dataclass(frozen=True, slots=True)
class HallUse:
    """``times``: when each slot begins, as many as every line has slots."""

    times: Sequence[str]
    interpreters: Sequence[Line]
    delegations: Sequence[Line]
    resting: Sequence[Resting]


def hall_use_of(opened: Opened) -> HallUse | None:
    """The use of a version; None where its instance asks for none of these. No query."""
    instance = opened.plan.instance
    resting = _resting(opened)
    if not (instance.interpreters or instance.delegations or resting):
        return None
    times = [time_of(opened.activity, slot) for slot in opened.slots]
    return HallUse(times, _interpreters(opened), _delegations(opened), resting)


def _interpreters(opened: Opened) -> list[Line]:
    plan = opened.plan
    used = Counter((plan.requests[key].interpreter, place.slot) for key, place in plan.at.items())
    return [
        Line(
            language_name(code),
            [
                Use(used[code, slot.number], plan.instance.interpreters_in(code, slot.number))
                for slot in opened.slots
            ],
        )
        for code in plan.instance.interpreters
    ]


def _delegations(opened: Opened) -> list[Line]:
    plan = opened.plan
    owner = plan.hall.owner
    used = Counter((owner[p.table].id, p.slot) for p in plan.at.values() if p.table in owner)
    return [
        Line(
            d.id, [Use(used[d.id, slot.number], len(d.tables)) for slot in opened.slots],
            ", ".join(name(opened.people, member) for member in d.members),
        )
        for d in plan.instance.delegations
    ]  # fmt: skip


def _resting(opened: Opened) -> list[Resting]:
    plan = opened.plan
    rows = [
        Resting(
            name(opened.people, who), p.pause_after or 0,
            longest_row(plan.days.get(who, ()), plan.instance.pauses),
        )
        for who, p in plan.hall.resting.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.longest, row.name.casefold()))
