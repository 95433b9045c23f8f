"""Errors a person can understand and mend; views turn them into messages, commands into exit codes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DomainError(Exception):
    """Something the person asked for cannot be done; ``str()`` says what, why and what to do instead."""

    def __init__(self, message: "str | _StrPromise") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Conflict(DomainError):  # noqa: N818  # read as a word in an except clause
    """Somebody else was faster: the thing changed since this person looked at it."""
