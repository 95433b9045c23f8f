"""A register as it was read: its columns, its rows as text, and where they came from."""

from dataclasses import dataclass, field


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


@dataclass(slots=True)
class Sheet:
    """A register. Row 1 is the first record after the header, so row n is ``rows[n - 1]``; each has one text
    per column.

    ``kind`` is ``xlsx``, ``xls``, ``ods``, ``csv``, ``json`` or ``html``. ``header_row`` is the last line of
    the header counted from 1 in the source (``None`` for JSON). ``uneven`` gives all cells of the rows that
    have too many or too few. ``left_out`` gives rows that are no records (totals, page headers, signatures)
    with their text. ``others`` names the other sheets that hold a table; ``joined`` the cells merged
    downwards as (index of the column, first row, last row). ``height``: of tables that stood side by side and
    are read one after the other the number of their lines, else 0.
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
    height: int = 0

    def source_row(self, row: int) -> int | None:
        """The row number a spreadsheet shows for this record, ``None`` for JSON."""
        if self.header_row is None:
            return None
        return self.header_row + ((row - 1) % self.height + 1 if self.height else row)
