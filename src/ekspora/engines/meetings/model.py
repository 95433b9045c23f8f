"""What a one-on-one timetable is made of, and what comes out.

Slots are numbered from 1. A request becomes at most one meeting: a slot and a table at which both people sit.
Contract: ``docs/formats/schedule-instance.schema.json`` and ``schedule-result.schema.json`` (format 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Session = Literal["morning", "afternoon", "any"]
Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Text = Mapping[str, str]
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Participant:
    """A person (or delegation) who meets others; ``table``: stays at it all day.

    ``pause_after``: after so many meetings in a row one slot stays free.
    """

    id: str
    side: str | None = None
    unavailable: frozenset[int] = frozenset()
    max_meetings: int | None = None
    table: str | None = None
    pause_after: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A place for one meeting per slot."""

    id: str
    unavailable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Delegation:
    """People who sit together: their meetings, and no others, take place at these tables."""

    id: str
    members: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A wish of ``a`` and ``b`` to meet once.

    ``slot``: if it takes place, then there. ``after``: strictly later than each of these requests, where both
    take place. ``weight`` (≥ 1) counts for required requests too. ``interpreter``: the language of the interpreter
    whom this meeting needs.
    """

    id: str
    a: str
    b: str
    weight: int = 1
    required: bool = False
    session: Session = "any"
    slot: int | None = None
    after: tuple[str, ...] = ()
    interpreter: str | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """One event. ``morning_slots``: slots 1..n are the morning (``None``: all of them).

    ``fairness``: hard limit on the difference in breaks between any two participants; ``None``: the difference
    is made small last of all. ``interpreters``: how many of each language there are, in every slot or slot by slot.
    ``pauses``: slots after which everybody pauses, so that a row of meetings ends there.
    """

    slots: int
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    requests: tuple[Request, ...]
    morning_slots: int | None = None
    fairness: int | None = None
    name: str | None = None
    reference: Any = None
    interpreters: Mapping[str, int | tuple[int, ...]] = field(default_factory=dict)
    delegations: tuple[Delegation, ...] = ()
    pauses: frozenset[int] = frozenset()

    def interpreters_in(self, language: str, slot: int) -> int:
        """How many interpreters of a language there are in a slot (from 1)."""
        number = self.interpreters.get(language, 0)
        return number if isinstance(number, int) else number[slot - 1]

    def to_json(self) -> dict[str, Any]:
        """The instance in format 1; keys with default values are left out."""
        return {
            "format": FORMAT,
            **_given(name=self.name, reference=self.reference, fairness=self.fairness),
            "slots": self.slots,
            **_given(morning_slots=self.morning_slots, pauses=sorted(self.pauses)),
            "tables": _tables_json(self.tables),
            **_given(interpreters=_interpreters_json(self.interpreters) or None),
            **_given(delegations=[_delegation_json(d) for d in self.delegations]),
            "participants": [_participant_json(p) for p in self.participants],
            "requests": [_request_json(r) for r in self.requests],
        }


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that takes place: its slot (from 1) and its table."""

    request: str
    slot: int
    table: str


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A request that does not take place, and why (true of the timetable it comes with)."""

    request: str
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no timetable can hold all required requests: a group as small as could be found."""

    requests: tuple[str, ...]
    participants: tuple[str, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Proven:
    """Which stages are proven best: the weight, the breaks of this set of meetings, the moves."""

    weight: bool = False
    breaks: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known while the solver runs; a bound is ``None`` until there is one."""

    seconds: float
    weight: int
    weight_bound: int | None
    breaks: int | None
    breaks_bound: int | None
    stage: str


@dataclass(frozen=True, slots=True)
class Result:
    """A timetable with its bounds.

    ``weight`` ≤ ``weight_bound``; ``breaks`` ≥ ``breaks_bound``, which speaks of this set of meetings; ``moved``
    ≥ ``moved_bound`` when a previous timetable was given. ``status`` is ``optimal`` only if every stage is proven.
    """

    status: Status
    meetings: tuple[Meeting, ...] = ()
    unscheduled: tuple[Unscheduled, ...] = ()
    weight: int = 0
    weight_bound: int | None = None
    breaks: int = 0
    breaks_bound: int | None = None
    moved: int | None = None
    moved_bound: int | None = None
    proven: Proven = field(default_factory=Proven)
    conflict: Conflict | None = None
    seconds: float = 0.0
    method: str = ""
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """The result in format 1."""
        return {
            "format": FORMAT,
            "status": self.status,
            "meetings": [{"request": m.request, "slot": m.slot, "table": m.table} for m in self.meetings],
            "unscheduled": [
                {"request": u.request, "code": u.code, "text": dict(u.text)} for u in self.unscheduled
            ],
            "weight": self.weight,
            "weight_bound": self.weight_bound,
            "breaks": self.breaks,
            "breaks_bound": self.breaks_bound,
            **_given(moved=self.moved, moved_bound=self.moved_bound),
            "proven": {
                "weight": self.proven.weight,
                "breaks": self.proven.breaks,
                "moved": self.proven.moved,
            },
            **_given(conflict=_conflict_json(self.conflict)),
            "seconds": round(self.seconds, 3),
            "method": self.method,
            "seed": self.seed,
        }


def _given(**values: Any) -> dict[str, Any]:
    return {
        key: value for key, value in values.items() if not (value is None or value is False or value == [])
    }


def _conflict_json(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None:
        return None
    return {
        "requests": list(conflict.requests),
        "participants": list(conflict.participants),
        "text": dict(conflict.text),
    }


def _tables_json(tables: tuple[Table, ...]) -> int | list[dict[str, Any]]:
    if all(t.id == str(n) and not t.unavailable for n, t in enumerate(tables, 1)):
        return len(tables)
    return [{"id": t.id, **_given(unavailable=sorted(t.unavailable))} for t in tables]


def _participant_json(p: Participant) -> dict[str, Any]:
    maximum = {} if p.max_meetings is None else {"max_meetings": p.max_meetings}
    given = _given(side=p.side, unavailable=sorted(p.unavailable), table=p.table, pause_after=p.pause_after)
    return {"id": p.id, **given, **maximum}


def _interpreters_json(interpreters: Mapping[str, int | tuple[int, ...]]) -> dict[str, int | list[int]]:
    return {name: n if isinstance(n, int) else list(n) for name, n in interpreters.items()}


def _delegation_json(d: Delegation) -> dict[str, Any]:
    return {"id": d.id, "members": list(d.members), "tables": list(d.tables)}


def _request_json(r: Request) -> dict[str, Any]:
    weight = {} if r.weight == 1 else {"weight": r.weight}
    session = {} if r.session == "any" else {"session": r.session}
    return {
        "id": r.id,
        "a": r.a,
        "b": r.b,
        **weight,
        **_given(required=r.required, slot=r.slot, after=list(r.after), interpreter=r.interpreter),
        **session,
    }
