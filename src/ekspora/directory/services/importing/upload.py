"""Taking the file of a register: it is read and shown, nothing is written yet."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, Person
from ekspora.core.services import audit, jobs
from ekspora.directory.models import Business, Import, ImportedRow, Product, Representative, Resemblance
from ekspora.directory.queries.imports import line_of
from ekspora.directory.services.importing import comparing, decisions, hooks
from ekspora.directory.services.importing.batch import Batch
from ekspora.directory.services.importing.collecting import collector_rarely
from ekspora.directory.services.importing.decisions import Decisions, decisions_in, decisions_of
from ekspora.directory.services.importing.drafts import draft
from ekspora.directory.services.importing.limits import refused
from ekspora.directory.services.importing.work import work_of
from ekspora.engines.registers import RegisterError, Understanding, read_source, report, understand
from ekspora.ui import formats

# What of a long report is kept for the screen; the file of corrections has everything.
SHOWN = 200
FIRST_ROWS = 5
CHANGES_SHOWN = 50
_PART = 500


def read(
    data: bytes, file_name: str, kind: str, mapping: Mapping[str, str] | None = None,
    sheets: Collection[str] = (),
) -> Understanding:  # fmt: skip
    """What is understood of a file, without the rows our tables refuse. Raises DomainError in the reader's
    words."""
    try:
        understanding = understand(read_source(data, file_name, sheets), kind, mapping)
    except RegisterError as error:
        raise DomainError(error.text[formats.locale().language]) from error
    issues = list(refused(understanding))
    if issues:
        understanding.hold_back(issues)
    return understanding


def take(
    *, agency: Agency, actor: Actor | None, kind: str, file_name: str, data: bytes, scope: str = ""
) -> Import:
    """Keep the file and say what would happen. Raises DomainError for a file that is no register of this
    kind, or a scope the actor may not fill. Without an actor (the command line) there is no scope.

    Rows are compared with the list at once when that takes a moment, else in the background.
    """
    return taken(agency, actor, kind, file_name, data, scope)[0]


@collector_rarely()
def taken(
    agency: Agency, actor: Actor | None, kind: str, file_name: str, data: bytes, scope: str = "",
    at_once: bool = False, sheets: Collection[str] = (),
) -> tuple[Import, Understanding]:  # fmt: skip
    """The same with what was understood; ``at_once`` compares however long it takes."""
    if kind not in ("businesses", "representatives"):
        raise ValueError(f"unknown kind of register {kind}")
    if actor is not None:
        hooks.call(hooks.after_write, scope, kind, [], actor)
    elif scope:
        raise ValueError("rows go into a scope on somebody's behalf only")
    person = actor.person if actor is not None else None
    understanding = read(data, file_name, kind, sheets=sheets)
    understanding.let_go(SHOWN)
    found = _resemblances(understanding, agency, at_once)
    shown = preview(understanding, agency, decisions_in(found or ()))
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        source = Import(
            agency=agency, person=person, kind=kind, file_name=understanding.sheet.file[:200],
            digest=digest, scope=scope, report=shown, mapping=understanding.mapping,
            sheets=list(sheets),
        )  # fmt: skip
        source.file.save(f"{digest[:32]}.bin", ContentFile(data), save=False)
        source.save()
        details = {
            "file": source.file_name,
            "kind": kind,
            "rows": understanding.rows,
            "good": understanding.good,
        }
        audit.record(agency=agency, actor=person, action="import.take", target=source, details=details)
        _keep_or_start(source, found)
    return source, understanding


def _resemblances(
    understanding: Understanding, agency: Agency, at_once: bool = False
) -> list[Resemblance] | None:
    """What rows resemble; None where that takes longer than an officer waits."""
    if understanding.as_ != "businesses":
        return []
    if at_once or comparing.is_small(understanding, agency):
        return comparing.resemblances(agency, understanding)
    return None


def _keep_or_start(source: Import, found: list[Resemblance] | None) -> None:
    if found is None:
        comparing.start(source, source.person)
    else:
        comparing.keep(source, found)


def decide(*, source: Import, answers: Mapping[int, int | None], actor: Person) -> None:
    """Say of rows which resemblance (by its id) they are the same as, None: none; the report follows."""
    decisions.decide(source=source, answers=answers, actor=actor)
    _show(source, preview(read_again(source), source.agency, decisions_of(source)))


@collector_rarely()
def run_comparison(handle: jobs.Handle) -> Mapping[str, Any]:
    """The work of the job that compares a long file."""
    source = Import.objects.select_related("agency").get(pk=handle.job.arguments["import"])
    if source.state != Import.State.PREVIEW:
        return {}
    understanding = read_again(source)
    understanding.let_go(SHOWN)
    found = comparing.resemblances(
        source.agency, understanding, lambda compared: handle.report(compared=compared)
    )
    shown = preview(understanding, source.agency, decisions_in(found))
    with transaction.atomic():
        handle.hold()
        comparing.keep(source, found)
        _show(source, shown)
    return {"rows": len({one.row for one in found})}


def _show(source: Import, report: dict[str, Any]) -> None:
    source.report = report
    Import.objects.filter(pk=source.pk, state=Import.State.PREVIEW).update(
        report=report, mapping=source.mapping
    )


@collector_rarely()
@transaction.atomic
def remap(*, source: Import, mapping: Mapping[str, str]) -> None:
    """Read the file again with columns (by name) taken as the fields a person says; "" leaves a column
    out. What rows resemble is looked for anew."""
    understanding = read_again(source, mapping)
    found = _resemblances(understanding, source.agency)
    source.mapping = {column: understanding.mapping.get(column, "") for column in understanding.sheet.columns}
    _show(source, preview(understanding, source.agency, decisions_in(found or ())))
    comparing.keep(source, found or [])
    if found is None:
        Import.objects.filter(pk=source.pk).update(compared_at=None)
        comparing.start(source, source.person)


@transaction.atomic
def choose_sheets(*, source: Import, sheets: Collection[str], actor: Person) -> None:
    """Read other sheets of the workbook, several of one shape one after the other; what the columns are and what
    rows resemble is looked for anew.

    Raises Conflict once the file is being written, DomainError for a sheet without a register.
    """
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if fresh.state != Import.State.PREVIEW:
        raise Conflict(_("This file was written already. Nothing was changed now."))
    source.sheets = list(sheets)
    source.save(update_fields=["sheets"])
    remap(source=source, mapping={})
    audit.record(
        agency=source.agency,
        actor=actor,
        action="import.sheets",
        target=source,
        details={"sheets": len(sheets)},
    )


def read_again(source: Import, mapping: Mapping[str, str] | None = None) -> Understanding:
    """The understanding of a file that was taken before, with the mapping that was agreed on.

    Raises DomainError when the file is no longer kept.
    """
    if not source.file:
        raise DomainError(_("The uploaded file is no longer kept. Upload it again."))
    with source.file.open("rb") as file:
        data = file.read()
    return read(
        data, source.file_name, source.kind, source.mapping if mapping is None else mapping, source.sheets
    )


def read_for_corrections(source: Import) -> Understanding:
    """The same with the rows held back that fit several known businesses, as the file of corrections shows
    them."""
    understanding = read_again(source)
    work_of(understanding, source.agency, decisions_of(source))
    return understanding


def preview(understanding: Understanding, agency: Agency, decided: Decisions) -> dict[str, Any]:
    """The report of the reader, and what writing would do: for the screen, as JSON."""
    effects = _effects(understanding, agency, decided)
    told = report(understanding)
    told["bad"] = [issue.as_dict() for issue in understanding.faults]
    told["more"] = max(0, len(told["bad"]) - SHOWN) + max(0, len(told["ask"]) - SHOWN)
    told["bad"], told["ask"] = told["bad"][:SHOWN], told["ask"][:SHOWN]
    told["duplicates"] = told["duplicates"][:SHOWN]
    told["columns"] = understanding.sheet.columns
    told["unmapped"] = list(understanding.unmapped)
    told["missing"] = understanding.missing
    told["others"], told["alike"] = list(understanding.sheet.others), list(understanding.sheet.alike)
    told["parts"] = [[part.sheet, part.header_row, part.first] for part in understanding.sheet.parts]
    left = sorted(understanding.sheet.left_out.items())
    told["left_out"] = [{"row": row, "value": text[:200]} for row, text in left[:SHOWN]]
    first = (understanding.sheet.rows[r.row - 1] for r in understanding.records[:FIRST_ROWS])
    told["first_rows"] = [row for row in first if row]
    told["readings"] = [
        {"row": r.row, "field": r.field, "value": r.value, "reading": r.reading}
        for r in understanding.readings[:SHOWN]
    ]
    return _by_line(told | effects)


def _by_line(told: dict[str, Any]) -> dict[str, Any]:
    """Rows as the line numbers that a spreadsheet shows; a file without lines keeps the numbers of its records."""

    line = partial(line_of, told)
    for one in (*told["bad"], *told["ask"], *told["readings"], *told["changes"], *told["left_out"]):
        one["row"] = line(one["row"])
    told["duplicates"] = [[line(row) for row in rows] for rows in told["duplicates"]]
    return told


def _effects(understanding: Understanding, agency: Agency, decided: Decisions) -> dict[str, Any]:
    """What writing would make and change. New businesses are counted without being made."""
    kinds: dict[str, type[models.Model]] = {"businesses": Business, "products": Product}
    if understanding.as_ == "representatives":
        kinds = {"representatives": Representative}
    work = work_of(understanding, agency, decided)
    counts = {name: dict.fromkeys(ImportedRow.Effect.values, 0) for name in kinds}
    changed: list[dict[str, Any]] = []
    anything = False
    for start in range(0, len(work), _PART):
        part = work.part(start, start + _PART)
        met = [one for one in part if one[1] is not None or work.known is None]
        if work.known is not None:
            fresh = [draft(unit) for unit, pk in part if pk is None]
            counts["businesses"]["created"] += len(fresh)
            counts["products"]["created"] += sum(len(one.products) for one in fresh)
            anything = anything or bool(fresh)
        if not met:
            continue
        batch, _made = work.gather(met)
        for name, kind in kinds.items():
            for effect, number in batch.counts(kind).items():
                counts[name][effect] += number
        anything = anything or any(batch.new.values()) or any(trace.changes for trace in batch.traces)
        changed += list(_changes(batch))[: CHANGES_SHOWN - len(changed)]
    return {"effects": counts, "changes": changed, "anything": anything}


def _changes(batch: Batch) -> Iterator[dict[str, Any]]:
    for t in batch.traces:
        for name, (before, after) in t.changes.items():
            yield {
                "row": t.record.row, "name": str(t.target), "field": name, "before": _shown(before),
                "after": _shown(after),
            }  # fmt: skip


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
