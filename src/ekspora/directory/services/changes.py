"""Setting values on a record: what changed, checked as the tables want it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from ekspora.core.errors import DomainError

Changes = dict[str, list[Any]]


def apply(record: models.Model, values: Mapping[str, Any]) -> Changes:
    """Set ``values`` on a record, check it whole, and return ``{field: [before, after]}`` of what differs.

    Raises DomainError with the first fault in words. The record is not saved.
    """
    changes: Changes = {}
    for name, value in values.items():
        before = getattr(record, name)
        if before != value:
            changes[name] = [before, value]
            setattr(record, name, value)
    try:
        record.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    return changes


def plain(changes: Changes) -> Changes:
    """The same as JSON takes it: records by their ids, files by their names, numbers and dates as text."""
    return {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    return value if isinstance(value, str | int | bool | None | list | dict) else str(value)
