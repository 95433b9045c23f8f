"""What the timetable screen shows: slots across, tables down, meetings as cards.

The room that knows meetings fills these; ``ui/timetable.html`` draws them as a grid and, for a phone, as a
list by slot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Column:
    """A slot with its time (``09.25``) and ``key``, or a pause with its name."""

    label: str
    pause: str = ""
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One meeting: who with whom. ``people`` are keys shared by all cards of a person, for following one."""

    title: str
    subtitle: str
    url: str = ""
    people: Sequence[str] = ()
    must: bool = False
    locked: bool = False
    moved: bool = False
    conflict: str = ""
    held: bool = False
    me: bool = False
    chosen: bool = False
    note: str = ""

    @property
    def classes(self) -> str:
        """The states as classes of the style sheet."""
        states = {"must": self.must, "locked": self.locked, "moved": self.moved, "held": self.held}
        states |= {"conflict": bool(self.conflict), "me": self.me, "chosen": self.chosen}
        return " ".join(["meet", *(name for name, on in states.items() if on)])


@dataclass(frozen=True, slots=True)
class Free:
    """A free place that can be chosen."""

    url: str
    label: str
    is_free: ClassVar[bool] = True


Cell = Card | Free | None


@dataclass(frozen=True, slots=True)
class Row:
    """One table: a cell for each column, None where the table is free or a pause is. ``note``: whose it is."""

    label: str
    cells: Sequence[Cell]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole timetable. Every row has as many cells as there are columns."""

    columns: Sequence[Column]
    rows: Sequence[Row] = field(default_factory=list)
    caption: str = ""
    # A meeting of some person is marked: the others stand back.
    follow: str = ""
    movable: bool = False

    def __post_init__(self) -> None:
        wrong = [row.label for row in self.rows if len(row.cells) != len(self.columns)]
        if wrong:
            raise ValueError(f"rows with another number of cells than columns: {', '.join(wrong)}")

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Column, Cell]]]]:
        """Rows with each cell beside its column."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]

    @property
    def by_slot(self) -> list[tuple[Column, list[tuple[str, Card]]]]:
        """The same turned round for a phone: each column with its table and card, free tables left out."""
        return [
            (column, [(row.label, card) for row in self.rows if isinstance(card := row.cells[index], Card)])
            for index, column in enumerate(self.columns)
        ]
