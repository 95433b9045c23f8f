"""A register as it was read: its columns, its rows as text, and where they came from."""

from dataclasses import dataclass, field

SHEETS_BETWEEN = " / "  # no name of a sheet may hold a slash


@dataclass(slots=True)
class Grid:
    """A raw table before its header is found. ``merged`` holds ``(top, left, bottom, right)``, all counted
    from 0.

    ``ragged`` says that rows may have any number of cells and that a wrong number is a fault of the row.
    """

    name: str | None
    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that stand below each other in the source: on which sheet, under which line, and the first of them."""

    sheet: str | None
    header_row: int
    first: int


@dataclass(slots=True)
class Sheet:
    """A register. Row 1 is the first record after the header, so row n is ``rows[n - 1]``; each has one text
    per column.

    ``kind`` is ``xlsx``, ``xls``, ``ods``, ``csv``, ``json`` or ``html``. ``sheet`` names the sheet, or
    several that are read one after the other; ``header_row`` is the last line of the (first) header counted
    from 1 in the source (``None`` for JSON). ``uneven`` gives all cells of the rows that have too many or
    too few. ``left_out`` gives rows that are no records (totals, page headers, signatures) with their text.
    ``others`` names the other sheets that hold a table; ``alike`` all sheets of one shape, this one
    included, in the order of the workbook (empty where it is the only one); ``joined`` the cells merged
    downwards as (index of the column, first row, last row). ``parts`` tells where the rows stand: one for
    each sheet, or for each of several tables side by side.
    """

    file: str
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int | None
    columns: list[str]
    rows: list[list[str]]
    uneven: dict[int, list[str]] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    joined: list[tuple[int, int, int]] = field(default_factory=list)
    alike: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def part_of(self, row: int) -> Part | None:
        """The part a record stands in, ``None`` for JSON."""
        return next((part for part in reversed(self.parts) if part.first <= row), None)

    def source_row(self, row: int) -> int | None:
        """The row number a spreadsheet shows for this record, ``None`` for JSON."""
        part = self.part_of(row)
        return part.header_row + row - part.first + 1 if part else None
