"""What is not scheduled and why. Whose "no" ruled a pair out is never told here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ekspora.meetings.plan import Plan
from ekspora.meetings.queries.day import Unmet
from ekspora.meetings.queries.people import Who, name, with_names
from ekspora.meetings.queries.requests import Pair
from ekspora.ui.formats import said


def unmet_of(result: Mapping[str, Any], plan: Plan, people: Mapping[str, Who]) -> list[Unmet]:
    """Requests of a version that are not scheduled, required ones first, then by weight, with reasons."""
    rows = [row for row in result.get("unscheduled", ()) if row["request"] in plan.requests]
    rows.sort(key=lambda row: _importance(plan, row["request"]))
    return [_unmet(plan, people, row["request"], said(row["text"])) for row in rows]


def _importance(plan: Plan, key: str) -> tuple[bool, int]:
    request = plan.requests[key]
    return (not request.required, -request.weight)


def _unmet(plan: Plan, people: Mapping[str, Who], key: str, reason: str) -> Unmet:
    request = plan.requests[key]
    maker, guest = name(people, request.a), name(people, request.b)
    return Unmet(key, maker, guest, with_names(reason, people), request.required)


def ruled_out_of(found: Iterable[Pair], people: Mapping[str, Who]) -> list[Unmet]:
    """Pairs that somebody wished for and that an officer or sanctions rule out. A "no" does not appear."""
    rows = []
    for p in found:
        if p.decision is not None and p.decision.excluded:
            reason = _("Ruled out by an officer: %(note)s") % {"note": p.decision.note or "–"}
        elif p.sanction is not None and {p.mark_guest, p.mark_maker} & {"must", "like"}:
            reason = said(p.sanction.full)
        else:
            continue
        maker, guest = str(p.maker.pk), str(p.guest.pk)
        rows.append(Unmet(p.key, name(people, maker), name(people, guest), reason, is_open=False))
    return rows
