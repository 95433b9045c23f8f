"""What an entry of the trail says in detail, in words: what changed from what to what, codes by what they stand for."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ekspora.core import trail
from ekspora.core.models import AuditEntry, Person

ZONE = ZoneInfo("Asia/Jakarta")  # of the trail: its entries come from activities in every zone
MOST = 6  # of many numbers so many are shown
NOTHING = "–"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")

Field = models.Field[Any, Any]
Reader = Callable[[Any], Any]


def details_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """Words and values, without those that say nothing; no query. Where something was changed, an empty value says that
    it was touched, like a photo."""
    area, own = entry.action.partition(".")[0], _fields(entry.target_type)
    told: Mapping[str, Any] = entry.details or {}
    found = []
    for name, value in told.items():
        field = own.get(name) or trail.columns.get(area, {}).get(name)
        said = _read(value, field, _reader(area, name, field))
        if said or entry.action.endswith(".edit"):
            found.append((word(name, field), said))
    return found


def _fields(kind: str) -> Mapping[str, Field]:
    try:
        return trail.fields_of(apps.get_model(kind))
    except (LookupError, ValueError):  # a kind of record that is no more
        return {}


def word(name: str, field: Field | None = None) -> str:
    """What a word of the details is called: as the record names its field, else as a room does."""
    named = field.verbose_name if field is not None else None
    return str(
        named if isinstance(named, Promise) else trail.details.get(name, trail.records.get(name, name))
    )


def _reader(area: str, name: str, field: Field | None) -> Reader | None:
    own = trail.readers.get(f"{area}.{name}")
    if own is None and field is not None and field.choices:
        return dict(field.flatchoices).get
    return own or trail.readers.get(name)


def _read(value: Any, field: Field | None, reader: Reader | None) -> str:
    if isinstance(value, list) and field is not None and _is_change(value, field):
        return " → ".join(_said(one, reader) or NOTHING for one in value)
    return _said(value, reader)


def _is_change(value: list[Any], field: Field) -> bool:
    """Whether it says before and after. A list in a column that holds lists may be its value alone."""
    is_list = isinstance(field, models.JSONField)
    return len(value) == 2 and (not is_list or all(isinstance(one, list) for one in value))


def _said(value: Any, reader: Reader | None) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        parts = ((word(key), _said(one, reader)) for key, one in value.items())
        return ", ".join(f"{name} {said}" for name, said in parts if said)
    if isinstance(value, list):
        shown = value if len(value) <= MOST else [*value[: MOST - 1], "…", value[-1]]
        many = f" ({len(value)})" if len(value) > MOST else ""
        return ", ".join(filter(None, (_said(one, reader) for one in shown))) + many
    if value is None:
        return ""
    return str((reader(value) if reader else None) or _moment(value) or value)


def _moment(value: Any) -> str:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return ""
    at = parse_datetime(value) if len(value) > len("2026-12-08") else None
    if at is not None:
        local = at.astimezone(ZONE)
        return f"{date_format(local, 'j M Y, H.i')} {local.tzname()}"
    day = parse_date(value[:10])
    return date_format(day, "j M Y") if day is not None else ""


def about(topic: str) -> str:
    """What messages are about: ``activity:7`` is the activity 7."""
    kind, _colon, key = topic.partition(":")
    named = next((words for label, words in trail.records.items() if label.endswith(f".{kind}")), None)
    return f"{named} {key}" if named is not None else str(trail.details.get(kind, topic))


READERS: dict[str, Reader] = {
    "outbox.topic": about,
    "paper.kind": word,
    "person.fields": lambda name: word(name, trail.fields_of(Person).get(name)),
}
