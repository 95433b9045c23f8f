"""Reading untrusted JSON values: every fault is collected with its place and remedy, none raises on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ekspora.engines.kernel.problems import BadInput, Problem

COLLECTED = 1000
_HALF = re.compile("[\ud800-\udfff]")


class Reader:
    """Collects the problems of one document; a value that is wrong reads as its default."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, where: str, what: str, remedy: str) -> None:
        """Note a fault; stops reading when there are a thousand of them."""
        self.problems.append(Problem(where, what, remedy))
        if len(self.problems) >= COLLECTED:
            raise BadInput(self.problems)

    def finish(self) -> None:
        """Raise :class:`BadInput` when any fault was found."""
        if self.problems:
            raise BadInput(self.problems)

    def record(self, value: Any, where: str, known: frozenset[str], needed: frozenset[str]) -> dict[str, Any]:
        """The ``known`` keys of an object that has all ``needed`` ones; ``null`` counts as left out."""
        if not isinstance(value, Mapping):
            self.wrong(where, f"is {shown(value)}, not an object", "Write it as {…} with named values")
            return {}
        if not known.issuperset(value):
            for key in value:
                if key not in known:
                    self.wrong(where, f"unknown key {shown(key)}", f"Known keys: {', '.join(sorted(known))}")
        for key in sorted(key for key in needed if value.get(key) is None):
            self.wrong(where, f"{shown(key)} is missing", f"Add {shown(key)}")
        return {key: item for key, item in value.items() if item is not None and key in known}

    def items(self, value: Any, where: str) -> list[Any]:
        """A list, or the empty list and a problem."""
        if isinstance(value, list | tuple):
            return list(value)
        self.wrong(where, f"is {shown(value)}, not a list", "Write it as […]")
        return []

    def integer(self, value: Any, where: str, low: int, high: int, default: int = 0) -> int:
        """A whole number from ``low`` to ``high``."""
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.wrong(where, f"is {shown(value)}", f"Give a whole number from {low} to {high}")
        return default

    def truth(self, value: Any, where: str) -> bool:
        """``true`` or ``false``."""
        if not isinstance(value, bool):
            self.wrong(where, f"is {shown(value)}", "Give true or false")
        return value is True

    def text(self, value: Any, where: str) -> str | None:
        """A string."""
        if isinstance(value, str):
            return value
        self.wrong(where, f"is {shown(value)}", "Give a text in quotation marks")
        return None

    def identity(self, value: Any, where: str) -> str:
        """An id: a non-empty string or an integer, always returned as a string.

        Half of a surrogate pair is no character: no file in UTF-8 could name it again.
        """
        if isinstance(value, str) and value and not _HALF.search(value):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.wrong(where, f"the id is {shown(value)}", "Give a text or a whole number")
        return ""

    def unique(self, ids: list[str], where: Callable[[int], str]) -> None:
        """Report every id (of items 0, 1, …) that was used before."""
        first: dict[str, int] = {}
        for n, identity in enumerate(ids):
            if identity in first and identity:
                self.wrong(
                    where(n),
                    f"id {shown(identity)} is already used by {where(first[identity])}",
                    "Give every item an id of its own",
                )
            first.setdefault(identity, n)


def shown(value: Any) -> str:
    """A value as it would stand in the file, cut to 40 characters that can be printed anywhere UTF-8 can."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a number of more than 40 digits"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = text if len(text) <= 40 else text[:39] + "…"
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
