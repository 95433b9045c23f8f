"""What was understood of a register: its good records, its faults, its questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ekspora.engines.registers.duplicates import Trace, clusters, trace
from ekspora.engines.registers.errors import Text, pair
from ekspora.engines.registers.fields import Field, schema
from ekspora.engines.registers.headings import group_of, is_counter
from ekspora.engines.registers.mapping import Ambiguity, Proposal, propose
from ekspora.engines.registers.records import Records
from ekspora.engines.registers.rows import Reader, RowResult
from ekspora.engines.registers.sections import Sections
from ekspora.engines.registers.sheet import SHEETS_BETWEEN, Sheet
from ekspora.engines.registers.wording import clean, is_blank


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault or a question: the row, the field (``None`` for the row as a whole), its text, a stable code,
    the remedy."""

    row: int
    field: str | None
    value: str
    code: str
    remedy: Text

    def as_dict(self) -> dict[str, Any]:
        """The form of ``bad`` and ``ask`` in the report."""
        return {
            "row": self.row,
            "field": self.field,
            "value": self.value,
            "code": self.code,
            "remedy": dict(self.remedy),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """An unclear text that was read all the same, shown before anything is written: ``Kulener`` as
    ``kuliner``."""

    row: int
    field: str
    value: str
    reading: str


@dataclass(slots=True)
class Understanding:
    """Everything understood of a sheet; ``rows`` = ``good`` + ``bad_rows`` + ``blank``. See
    ``docs/engines/registers.md``."""

    sheet: Sheet
    as_: str
    mapping: dict[str, str]
    unmapped: tuple[str, ...]
    ambiguous: tuple[Ambiguity, ...]
    by_content: tuple[str, ...]
    records: Records = field(default_factory=Records)
    bad: list[Issue] = field(default_factory=list)
    ask: list[Issue] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    duplicates: list[list[int]] = field(default_factory=list)
    rows: int = 0
    blank: int = 0
    bad_rows: int = 0
    given: frozenset[str] = frozenset()

    @property
    def good(self) -> int:
        """The number of rows that can go in."""
        return len(self.records)

    @property
    def missing(self) -> list[str]:
        """Fields that every row needs and no column was understood as: then this is hardly the right sheet."""
        found = {*self.mapping.values(), *self.given}
        if found & {"first_name", "last_name"}:
            found.add("name")
        if "mission" in found:  # it may say the country
            found.add("country")
        return [f.key for f in schema(self.as_).fields if f.required and f.key not in found]

    @property
    def faults(self) -> list[Issue]:
        """What is bad but the lack of a whole column, which is said once (``missing``) and not of each row."""
        lacking = set(self.missing)
        return [issue for issue in self.bad if issue.field not in lacking or issue.code != "missing"]

    def let_go(self, kept: int) -> None:
        """Lets go of the cells of all rows but the first ``kept`` good ones; of a long register they take a quarter
        of the memory, and what was understood of them stays."""
        wanted = set(self.records.rows[:kept])
        nothing: list[str] = []
        self.sheet.rows = [row if n in wanted else nothing for n, row in enumerate(self.sheet.rows, 1)]

    def hold_back(self, issues: Iterable[Issue]) -> None:
        """Makes good rows bad for reasons found outside the file; their questions and readings fall away."""
        held = list(issues)
        rows = {issue.row for issue in held}
        before = self.good
        self.bad = sorted([*self.bad, *held], key=lambda issue: issue.row)
        self.ask = [issue for issue in self.ask if issue.row not in rows]
        self.readings = [reading for reading in self.readings if reading.row not in rows]
        self.records = self.records.without(rows)
        self.bad_rows += before - self.good


def understand(
    sheet: Sheet,
    as_: str,
    mapping: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> Understanding:
    """Reads every row of a register as ``as_`` (``businesses`` or ``representatives``).

    ``mapping`` (column → field, ``""`` for "leave out") decides the columns it names, the others are
    proposed. ``defaults`` (field → text) fills fields that are empty in every row's cell, such as the
    province of a city's register. O(rows × columns); memory about that of the sheet and its records.
    """
    proposal = propose(sheet, as_, mapping)
    result = Understanding(
        sheet, as_, proposal.fields, proposal.unmapped, proposal.ambiguous, proposal.by_content
    )
    result.given = frozenset(defaults or ())
    reader = Reader(as_, _columns(sheet, as_, proposal), dict(defaults or {}))
    ignored = {i for i, column in enumerate(sheet.columns) if is_counter(column)}
    result.rows = len(sheet.rows)
    traces: list[Trace] = []
    sections = Sections()
    sheets = {part.first: part.sheet for part in sheet.parts} if SHEETS_BETWEEN in (sheet.sheet or "") else {}
    for number, cells in enumerate(sheet.rows, 1):
        if number in sheets:
            sections = Sections()
            sections.take(sheets[number] or "")
        if number in sheet.left_out or _is_empty(cells, ignored) or _is_example(cells):
            result.blank += 1
            sections.take(sheet.left_out.get(number, ""))
            continue
        _collect(result, traces, number, reader.read(cells, sections.told))
    names = {i for i, column in enumerate(sheet.columns) if proposal.fields.get(column) == "name"}
    one = [(first, last) for column, first, last in sheet.joined if column in names]
    result.duplicates = clusters(traces, one)
    return result


def _columns(sheet: Sheet, as_: str, proposal: Proposal) -> list[tuple[int, str, Field, int]]:
    fields = schema(as_).by_key
    return [
        (i, column, fields[proposal.fields[column]], group_of(column))
        for i, column in enumerate(sheet.columns)
        if column in proposal.fields
    ]


def _is_empty(cells: Sequence[str], ignored: set[int]) -> bool:
    return all(is_blank(cell) or i in ignored for i, cell in enumerate(cells))


def _is_example(cells: Sequence[str]) -> bool:
    """The template's example row, which says so in its first cell."""
    return cells[0].startswith(EXAMPLE_MARKS) if cells else False


EXAMPLE_MARKS = ("CONTOH / EXAMPLE", "(contoh)", "(example)")

_SHIFTED = pair(
    "Jumlah sel pada baris ini tidak cocok dengan judul kolom; isinya "
    "bergeser. Beri tanda kutip pada teks yang berisi pemisah.",
    "The number of cells does not match the columns; the content "
    "has shifted. Put texts that contain the delimiter in quotes.",
)


def _collect(result: Understanding, traces: list[Trace], number: int, row: RowResult) -> None:
    cells = result.sheet.uneven.get(number)
    bad = [Issue(number, key, value, fault.code, fault.remedy) for key, value, fault in row.bad]
    if cells is not None:
        bad = [Issue(number, None, " | ".join(map(clean, cells)), "shifted_cells", _SHIFTED)]
    if bad:
        result.bad += bad
        result.bad_rows += 1
        return
    result.ask += [
        Issue(number, key, value, question.code, question.remedy) for key, value, question in row.ask
    ]
    result.readings += [Reading(number, key, value, reading) for key, value, reading in row.readings]
    content = result.records.add(number, row.values, row.products)
    traces.append(trace(number, row.values, content, result.as_))
