"""The little language in which a model is written once for CP-SAT and for MaxSAT.

A literal is a non-zero integer, its negation the negative one (as in DIMACS).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Sink(Protocol):
    """What takes a model: new literals, hard constraints and soft ones."""

    def new(self) -> int:
        """A new literal."""

    def clause(self, literals: Sequence[int]) -> None:
        """At least one holds."""

    def at_most_one(self, literals: Sequence[int]) -> None:
        """No two hold."""

    def exactly_one(self, literals: Sequence[int]) -> None:
        """One and only one holds."""

    def at_most(self, literals: Sequence[int], most: int) -> None:
        """No more than ``most`` hold."""

    def exactly(self, literals: Sequence[int], count: int) -> None:
        """Just ``count`` hold."""

    def even(self, literals: Sequence[int], least: int, most: int) -> None:
        """An even number of them holds, at least ``least`` and at most ``most`` (both even)."""
