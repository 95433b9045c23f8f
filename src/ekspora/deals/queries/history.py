"""What happened to one promise, in words, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ekspora.core import trail
from ekspora.core.models import AuditEntry, Person
from ekspora.deals.models import Commitment
from ekspora.ui import formats


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: when, what, by whom (empty: not by a person or erased), and details in words."""

    at: datetime
    what: str
    who: str
    details: tuple[str, ...]


def history(commitment: Commitment) -> list[Event]:
    """All that the trail and the hand-overs say of it. Three queries."""
    entries = list(
        AuditEntry.objects.filter(
            target_type=Commitment._meta.label_lower, target_id=str(commitment.pk)
        ).order_by("-at", "-id")
    )
    handed = list(commitment.handovers.select_related("giver", "taker", "handed_by").order_by("-id"))
    people = Person.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    events = [_event(entry, people) for entry in entries if entry.action != "commitment.hand_over"]
    for row in handed:
        what = _("%(giver)s → %(taker)s") % {"giver": row.giver or "–", "taker": row.taker or "–"}
        details = tuple(filter(None, (what, row.reason)))
        events.append(
            Event(row.handed_at, trail.label("commitment.hand_over"), str(row.handed_by or ""), details)
        )
    return sorted(events, key=lambda event: event.at, reverse=True)


def _event(entry: AuditEntry, people: Mapping[int, Person]) -> Event:
    who = people.get(entry.actor_id) if entry.actor_id else None
    details = tuple(_in_words(entry.details or {}))
    return Event(entry.at, trail.label(entry.action), str(who or ""), details)


def _in_words(details: Mapping[str, Any]) -> list[str]:
    found = []
    if "due" in details:
        days = details["due"] if isinstance(details["due"], list) else [details["due"]]
        found.append(_("by %(days)s") % {"days": " → ".join(_day(day) for day in days)})
    if "name" in details:
        found.append(str(details["name"]))
    if isinstance(details.get("fair"), list):
        found.append(str(details["fair"][1]))
    found += [f"“{details[name]}”" for name in ("text", "account", "reason") if details.get(name)]
    return found


def _day(text: str) -> str:
    return formats.day(date.fromisoformat(text), weekday=False)
