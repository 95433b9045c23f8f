"""What runs across rooms goes through one registry that each room fills when it starts.

A room to the left defines a registry and calls its entries; rooms to the right register theirs in
their ``AppConfig.ready``. So a home page shows cards of rooms it has never heard of.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

E = TypeVar("E")


class Registry(Generic[E]):
    """An ordered collection of functions or descriptions, each under a unique name."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._entries: dict[str, tuple[int, E]] = {}

    def register(self, name: str, entry: E, *, order: int = 100) -> None:
        """Add ``entry`` under ``name``; the same name twice is a programming error."""
        if name in self._entries:
            raise ValueError(f"{self.purpose}: {name} is registered already")
        self._entries[name] = (order, entry)

    def __iter__(self) -> Iterator[E]:
        return (entry for _, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))

    def items(self) -> Iterator[tuple[str, E]]:
        """Names and entries in their order."""
        return (
            (name, entry) for name, (_, entry) in sorted(self._entries.items(), key=lambda pair: pair[1][0])
        )

    def __getitem__(self, name: str) -> E:
        return self._entries[name][1]

    def __contains__(self, name: str) -> bool:
        return name in self._entries
