"""The clock is injected: everything that asks for the time asks here, so a test or a demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("ekspora_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today(zone: str) -> date:
    """The present day in an IANA zone such as ``Asia/Jakarta``."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let ``now()`` answer ``moment`` inside the block (this thread and its tasks only)."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
