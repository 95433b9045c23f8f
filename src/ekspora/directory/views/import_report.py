"""The report of a file in the reader's language, as the page shows it."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from ekspora.directory.models import Import
from ekspora.engines.registers import schema
from ekspora.ui import formats


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its name, the field it was taken as ("" for left out), its first cells."""

    number: int
    name: str
    field: str
    label: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault or question: the line a spreadsheet shows (the record's number where there is none), and so on."""

    row: int | str
    field: str
    value: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What writing does, or did, to one kind of record."""

    name: str
    created: int
    updated: int
    unchanged: int


@dataclass(slots=True)
class Shown:
    """Everything the page of an import shows of its report."""

    rows: int
    good: int
    bad_rows: int
    blank: int
    columns: list[Column]
    fields: list[tuple[str, str]]
    missing: list[str]
    bad: list[Problem]
    ask: list[Problem]
    readings: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    duplicates: list[str]
    more: int
    anything: bool
    effects: list[Effect]
    source: str
    others: list[str]
    alike: list[str]
    left_out: list[dict[str, Any]]
    kept: list[dict[str, str]] = field(default_factory=list)


def shown(source: Import) -> Shown:
    """The stored report of an import, with labels and remedies in the reader's language."""
    language, told = formats.locale().language, source.report
    labels = {f.key: f.label[language] for f in schema(source.kind).fields}
    names = told.get("columns", [])
    columns = [
        Column(i, name, key, labels.get(key, ""), [row[i] for row in told.get("first_rows", []) if row[i]])
        for i, name in enumerate(names)
        for key in [told["mapping"].get(name, "")]
    ]
    return Shown(
        rows=told["rows"], good=told["good"], bad_rows=told["bad_rows"], blank=told["blank"], columns=columns,
        fields=list(labels.items()), missing=[labels[key] for key in told.get("missing", ())],
        bad=_problems(told["bad"], labels, language), ask=_problems(told["ask"], labels, language),
        readings=[{**r, "field": labels.get(r["field"], r["field"])} for r in told.get("readings", ())],
        changes=[{**c, "field": _column(c["field"])} for c in told.get("changes", ())],
        duplicates=[", ".join(map(str, rows)) for rows in told.get("duplicates", ())],
        more=told.get("more", 0), anything=told.get("anything", True), effects=_effects(source),
        source=" · ".join(str(v) for v in (told.get("sheet"), told.get("encoding")) if v),
        others=told.get("others", []), alike=told.get("alike", []), left_out=told.get("left_out", []),
        kept=source.result.get("kept", []),
    )  # fmt: skip


def _problems(issues: list[dict[str, Any]], labels: dict[str, str], language: str) -> list[Problem]:
    return [
        Problem(i["row"], labels.get(i["field"] or "", ""), i["value"], i["remedy"][language]) for i in issues
    ]


def _effects(source: Import) -> list[Effect]:
    """What was done where it was written, else what would be done."""
    done: dict[str, dict[str, int]] = source.result.get("counts", {})
    planned: dict[str, dict[str, int]] = source.report.get("effects", {})
    singular = {"businesses": "directory.business", "products": "directory.product",
                "representatives": "directory.representative"}  # fmt: skip
    counted = done or {singular[name]: counts for name, counts in planned.items()}
    wanted = ("directory.business", "directory.product", "directory.representative", "directory.mission")
    return [
        Effect(
            str(apps.get_model(label)._meta.verbose_name_plural),
            **{e: counted[label].get(e, 0) for e in _EFFECTS},
        )
        for label in wanted
        if label in counted
    ]


_EFFECTS = ("created", "updated", "unchanged")


def _column(name: str) -> str:
    """A changed column in words, whichever table it is in."""
    for label in (
        "directory.business",
        "directory.product",
        "directory.representative",
        "directory.mission",
        "core.person",
    ):
        names = {f.name: f for f in apps.get_model(label)._meta.concrete_fields}
        if name in names:
            return str(names[name].verbose_name)
    return name
