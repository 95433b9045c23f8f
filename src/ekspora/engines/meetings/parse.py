"""From plain JSON values to a checked :class:`Instance` or :class:`Result` (format 1).

Unknown keys are refused by name; ids may be strings or integers; every fault says where, what and the remedy.
O(size of the input).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ekspora.engines.kernel.problems import BadInput
from ekspora.engines.kernel.reading import Reader, shown
from ekspora.engines.meetings.model import (
    FORMAT,
    Instance,
    Meeting,
    Participant,
    Proven,
    Request,
    Result,
    Session,
    Status,
    Table,
    Unscheduled,
)
from ekspora.engines.meetings.parse_keys import read_delegations, read_interpreters, read_pauses
from ekspora.engines.meetings.parse_order import check_order

MAX_SLOTS = 1_000
MAX_TABLES = 100_000
MAX_PARTICIPANTS = 100_000
MAX_REQUESTS = 200_000
MAX_WEIGHT = 10**9

_INSTANCE = frozenset(
    [
        "format",
        "name",
        "reference",
        "slots",
        "morning_slots",
        "tables",
        "fairness",
        "participants",
        "requests",
        "interpreters",
        "delegations",
        "pauses",
    ]
)
_TABLE = frozenset({"id", "unavailable"})
_PARTICIPANT = frozenset(["id", "side", "unavailable", "max_meetings", "table", "pause_after"])
_REQUEST = frozenset(["id", "a", "b", "weight", "required", "session", "slot", "after", "interpreter"])
_RESULT = frozenset(
    [
        "format",
        "status",
        "meetings",
        "unscheduled",
        "weight",
        "weight_bound",
        "breaks",
        "breaks_bound",
        "moved",
        "moved_bound",
        "proven",
        "conflict",
        "seconds",
        "method",
        "seed",
    ]
)
_PROVEN = frozenset({"weight", "breaks", "moved"})
_FIGURES = ("weight", "weight_bound", "breaks", "breaks_bound", "moved", "moved_bound")
_UNSCHEDULED = frozenset({"request", "code", "text"})
_LANGUAGES = frozenset({"id", "en"})
_MEETING = frozenset({"request", "slot", "table"})
_STATUSES: dict[str, Status] = {s: s for s in ("optimal", "feasible", "infeasible", "unknown")}
_SESSIONS: dict[str, Session] = {s: s for s in ("morning", "afternoon", "any")}


def parse_instance(obj: Any) -> Instance:
    """Check and read an instance. Raises :class:`BadInput` with every fault found."""
    read = Reader()
    top = read.record(obj, "instance", _INSTANCE, frozenset({"slots", "tables", "participants", "requests"}))
    _check_format(read, top)
    if not top:
        read.finish()
    slots = read.integer(top.get("slots"), "slots", 1, MAX_SLOTS) if "slots" in top else 0
    read.finish()
    tables = _tables(read, top["tables"], slots)
    people = _participants(read, top["participants"], slots, {t.id for t in tables})
    interpreters = read_interpreters(read, top["interpreters"], slots) if "interpreters" in top else {}
    requests = _requests(read, top["requests"], slots, {p.id for p in people}, set(interpreters))
    morning = top.get("morning_slots")
    fairness = top.get("fairness")
    instance = Instance(
        slots=slots,
        tables=tables,
        participants=people,
        requests=requests,
        morning_slots=None if morning is None else read.integer(morning, "morning_slots", 0, slots),
        fairness=None if fairness is None else read.integer(fairness, "fairness", 0, MAX_SLOTS),
        name=read.text(top["name"], "name") if "name" in top else None,
        reference=top.get("reference"),
        interpreters=interpreters,
        delegations=read_delegations(read, top["delegations"], people, tables)
        if "delegations" in top
        else (),
        pauses=read_pauses(read, top["pauses"], slots) if "pauses" in top else frozenset(),
    )
    if not read.problems:
        check_order(read, requests)
    read.finish()
    return instance


def parse_result(obj: Any) -> Result:
    """Check and read a result; only ``status`` and ``meetings`` must be there (``--previous`` needs no more)."""
    read = Reader()
    top = read.record(obj, "result", _RESULT, frozenset({"status", "meetings"}))
    _check_format(read, top)
    read.finish()
    status = top["status"] if isinstance(top["status"], str) else ""
    if status not in _STATUSES:
        read.wrong("status", f"is {shown(top['status'])}", f"Give one of {', '.join(_STATUSES)}")
    meetings = tuple(_meeting(read, m, f"meetings[{n}]") for n, m in enumerate(_list(read, top, "meetings")))
    read.unique([m.request for m in meetings], lambda n: f"meetings[{n}]")
    others = read.items(top.get("unscheduled", []), "unscheduled")
    proven = read.record(top.get("proven", {}), "proven", _PROVEN, frozenset())
    figures = {key: read.integer(top[key], key, 0, 10**18) for key in _FIGURES if key in top}
    result = Result(
        status=_STATUSES.get(status, "unknown"),
        meetings=meetings,
        unscheduled=tuple(_unscheduled(read, u, f"unscheduled[{n}]") for n, u in enumerate(others)),
        weight=figures.get("weight", 0),
        weight_bound=figures.get("weight_bound"),
        breaks=figures.get("breaks", 0),
        breaks_bound=figures.get("breaks_bound"),
        moved=figures.get("moved"),
        moved_bound=figures.get("moved_bound"),
        proven=Proven(**{key: read.truth(value, f"proven.{key}") for key, value in proven.items()}),
    )
    read.finish()
    return result


def _check_format(read: Reader, top: Mapping[str, Any]) -> None:
    if top.get("format", FORMAT) != FORMAT:
        read.wrong("format", f"is {shown(top['format'])}", f"This version reads format {FORMAT}")


def _list(read: Reader, top: Mapping[str, Any], key: str, most: int | None = None) -> list[Any]:
    found = read.items(top[key], key)
    if most is not None and len(found) > most:
        read.wrong(key, f"{len(found)} items", f"At most {most}; split the event, for example by day or hall")
        read.finish()
    return found


def _tables(read: Reader, value: Any, slots: int) -> tuple[Table, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        count = read.integer(value, "tables", 1, MAX_TABLES)
        return tuple(Table(str(n)) for n in range(1, count + 1))
    if not isinstance(value, list):
        read.wrong("tables", f"is {shown(value)}", "Give their number or a list of {id, unavailable}")
        return ()
    if not value:
        read.wrong("tables", "there are none", "Meetings need at least one table")
    found = []
    for n, item in enumerate(_list(read, {"tables": value}, "tables", MAX_TABLES)):
        where = f"tables[{n}]"
        row = read.record(item, where, _TABLE, frozenset({"id"}))
        found.append(Table(_identity(read, row, "id", where), _unavailable(read, row, where, slots)))
    read.unique([t.id for t in found], lambda n: f"tables[{n}]")
    return tuple(found)


def _participants(read: Reader, value: Any, slots: int, tables: set[str]) -> tuple[Participant, ...]:
    found = []
    for n, item in enumerate(_list(read, {"participants": value}, "participants", MAX_PARTICIPANTS)):
        where = f"participants[{n}]"
        row = read.record(item, where, _PARTICIPANT, frozenset({"id"}))
        maximum = row.get("max_meetings")
        found.append(
            Participant(
                id=_identity(read, row, "id", where),
                side=_identity(read, row, "side", where) if "side" in row else None,
                unavailable=_unavailable(read, row, where, slots),
                max_meetings=None
                if maximum is None
                else read.integer(maximum, f"{where}.max_meetings", 0, 10**9),
                table=_known(read, row, "table", where, tables, "tables") if "table" in row else None,
                pause_after=read.integer(row["pause_after"], f"{where}.pause_after", 1, MAX_SLOTS)
                if "pause_after" in row
                else None,
            )
        )
    read.unique([p.id for p in found], lambda n: f"participants[{n}]")
    return tuple(found)


def _requests(
    read: Reader, value: Any, slots: int, people: set[str], languages: set[str]
) -> tuple[Request, ...]:
    found = []
    for n, item in enumerate(_list(read, {"requests": value}, "requests", MAX_REQUESTS)):
        where = f"requests[{n}]"
        row = read.record(item, where, _REQUEST, frozenset({"id", "a", "b"}))
        request = _request(read, row, where, slots, people, languages)
        if request.a == request.b and request.a:
            read.wrong(where, f"{shown(request.a)} would meet itself", "Name two different participants")
        found.append(request)
    read.unique([r.id for r in found], lambda n: f"requests[{n}]")
    return tuple(found)


def _request(
    read: Reader, row: Mapping[str, Any], where: str, slots: int, people: set[str], languages: set[str]
) -> Request:
    session = row.get("session", "any")
    if not isinstance(session, str) or session not in _SESSIONS:
        read.wrong(f"{where}.session", f"is {shown(session)}", f"Give one of {', '.join(_SESSIONS)}")
        session = "any"
    after = read.items(row["after"], f"{where}.after") if "after" in row else []
    return Request(
        id=_identity(read, row, "id", where),
        a=_known(read, row, "a", where, people, "participants"),
        b=_known(read, row, "b", where, people, "participants"),
        weight=read.integer(row["weight"], f"{where}.weight", 1, MAX_WEIGHT, 1) if "weight" in row else 1,
        required=read.truth(row["required"], f"{where}.required") if "required" in row else False,
        session=_SESSIONS[session],
        slot=read.integer(row["slot"], f"{where}.slot", 1, slots) if "slot" in row else None,
        after=tuple(dict.fromkeys(read.identity(i, f"{where}.after[{k}]") for k, i in enumerate(after))),
        interpreter=_known(read, row, "interpreter", where, languages, "interpreters")
        if "interpreter" in row
        else None,
    )


def _meeting(read: Reader, item: Any, where: str) -> Meeting:
    row = read.record(item, where, _MEETING, _MEETING)
    return Meeting(
        request=_identity(read, row, "request", where),
        slot=read.integer(row["slot"], f"{where}.slot", 1, MAX_SLOTS) if "slot" in row else 0,
        table=_identity(read, row, "table", where),
    )


def _unscheduled(read: Reader, item: Any, where: str) -> Unscheduled:
    row = read.record(item, where, _UNSCHEDULED, frozenset({"request"}))
    text = read.record(row.get("text", {}), f"{where}.text", _LANGUAGES, frozenset())
    return Unscheduled(
        request=_identity(read, row, "request", where),
        code=_identity(read, row, "code", where),
        text={key: read.text(value, f"{where}.text.{key}") or "" for key, value in text.items()},
    )


def _identity(read: Reader, row: Mapping[str, Any], key: str, where: str) -> str:
    return read.identity(row[key], f"{where}.{key}") if key in row else ""


def _known(read: Reader, row: Mapping[str, Any], key: str, where: str, ids: set[str], what: str) -> str:
    identity = _identity(read, row, key, where)
    if identity and identity not in ids:
        read.wrong(
            f"{where}.{key}", f"{shown(identity)} is not among the {what}", f"Add it to {what} or correct it"
        )
    return identity


def _unavailable(read: Reader, row: Mapping[str, Any], where: str, slots: int) -> frozenset[int]:
    if "unavailable" not in row:
        return frozenset()
    place = f"{where}.unavailable"
    return frozenset(
        read.integer(slot, f"{place}[{k}]", 1, slots)
        for k, slot in enumerate(read.items(row["unavailable"], place))
    )


__all__ = ["BadInput", "parse_instance", "parse_result"]
