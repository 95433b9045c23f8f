"""Reading imports."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from ekspora.core.actors import Actor
from ekspora.directory.models import Import, Resemblance
from ekspora.directory.places import where

_Choice = Resemblance.Choice


def imports_for(actor: Actor) -> QuerySet[Import]:
    """Imports of the actor's agencies, newest first, with agency and person."""
    return Import.objects.select_related("agency", "person").filter(agency__in=actor.agencies())


def import_for(actor: Actor, pk: int) -> Import | None:
    """One import of the actor's agencies."""
    return imports_for(actor).filter(pk=pk).first()


@dataclass(frozen=True, slots=True)
class Resembling:
    """How many rows resemble something, and what becomes of them as it stands."""

    rows: int
    same: int
    undecided: int

    @property
    def new(self) -> int:
        """Those that become businesses of their own."""
        return self.rows - self.same - self.undecided


def resembling(source: Import) -> Resembling:
    """One query."""
    found = source.resemblances.aggregate(
        rows=Count("row", distinct=True),
        same=Count("row", distinct=True, filter=Q(choice=_Choice.SAME)),
        undecided=Count("row", distinct=True, filter=Q(choice=_Choice.OPEN)),
    )
    return Resembling(**found)


def line_of(report: Mapping[str, Any], row: int) -> int | str:
    """Where a spreadsheet shows a record: its line, after the name of its sheet where several were read; the
    record's number where there are no lines."""
    parts = report.get("parts", ())
    for sheet, header_row, first in reversed(parts):
        if first <= row:
            line: int = header_row + row - first + 1
            return f"{sheet}: {line}" if len({part[0] for part in parts}) > 1 else line
    return (report.get("header_row") or 0) + row


@dataclass(frozen=True, slots=True)
class Row:
    """A row that resembles something: its line in the file, and what it may be, the most probable first."""

    row: int
    line: int | str
    name: str
    told: str
    options: list["Option"]

    @property
    def chosen(self) -> int | None:
        """The option that stands, None for none of them or not decided yet."""
        return next((one.pk for one in self.options if one.is_same), None)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide before the row can go in."""
        return any(one.is_open for one in self.options)


@dataclass(frozen=True, slots=True)
class Option:
    """What a row may be: a business on the list, or what an earlier line speaks of."""

    pk: int
    is_same: bool
    is_open: bool
    is_sure: bool
    business: int | None
    line: int | str | None
    name: str
    told: str
    reasons: list[dict[str, object]]


def resembling_rows(source: Import, number: str | None, size: int) -> tuple[Page[int], list[Row]]:
    """A page of rows that resemble something. Three queries."""
    numbers = source.resemblances.order_by("row").values_list("row", flat=True).distinct()
    page = Paginator(numbers, size).get_page(number)
    line = partial(line_of, source.report)
    found = source.resemblances.filter(row__in=list(page)).select_related("business")
    by_row: dict[int, list[Resemblance]] = {}
    for one in found:
        by_row.setdefault(one.row, []).append(one)
    rows = [
        Row(row, line(row), ones[0].name, ones[0].told, list(_options(ones, line)))
        for row, ones in by_row.items()
    ]
    return page, rows


def _options(ones: Iterable[Resemblance], line: Callable[[int], int | str]) -> Iterable[Option]:
    for one in ones:
        b = one.business
        told = "" if b is None else " · ".join(filter(None, (
            b.nib, b.phone, where(country=b.country, province=b.province, regency=b.regency, place=b.place), b.address,
        )))  # fmt: skip
        yield Option(
            one.pk, one.choice == _Choice.SAME, one.choice == _Choice.OPEN, one.likeness == "sure", b.pk if b else None,
            line(one.other_row) if one.other_row else None, b.name if b else one.other_name, told, one.reasons,
        )  # fmt: skip
