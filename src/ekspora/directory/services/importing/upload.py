"""Taking the file of a register: it is read and shown, nothing is written yet."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.services import audit
from ekspora.directory.models import Business, Import, Product, Representative
from ekspora.directory.services.importing import businesses, guests, hooks
from ekspora.directory.services.importing.drafts import Draft, draft
from ekspora.directory.services.importing.limits import refused
from ekspora.directory.services.importing.matching import match
from ekspora.directory.services.importing.units import Unit, units
from ekspora.engines.registers import RegisterError, Understanding, read_source, report, schema, understand
from ekspora.ui import formats

# What of a long report is kept for the screen; the file of corrections has everything.
SHOWN = 200
FIRST_ROWS = 5
CHANGES_SHOWN = 50


def read(data: bytes, file_name: str, kind: str, mapping: Mapping[str, str] | None = None) -> Understanding:
    """What is understood of a file, without the rows our tables refuse. Raises DomainError in the reader's
    words."""
    try:
        understanding = understand(read_source(data, file_name), kind, mapping)
    except RegisterError as error:
        raise DomainError(error.text[formats.locale().language]) from error
    issues = list(refused(understanding))
    if issues:
        understanding.hold_back(issues)
    return understanding


def matched(understanding: Understanding, agency: Agency) -> list[tuple[Draft, int | None]]:
    """The drafts of businesses with the ids of those that are known; rows that fit several are held back."""
    drafts = [draft(unit) for unit in units(understanding)]
    matches = match(drafts, agency)
    understanding.hold_back(matches.unclear)
    unclear = {issue.row for issue in matches.unclear}
    pairs = zip(drafts, matches.known, strict=True)
    return [(one, pk) for one, pk in pairs if one.unit.first.row not in unclear]


def take(
    *, agency: Agency, actor: Actor | None, kind: str, file_name: str, data: bytes, scope: str = ""
) -> Import:
    """Keep the file and say what would happen. Raises DomainError for a file that is no register of this
    kind, or a scope the actor may not fill. Without an actor (the command line) there is no scope."""
    if kind not in ("businesses", "representatives"):
        raise ValueError(f"unknown kind of register {kind}")
    if actor is not None:
        hooks.call(hooks.after_write, scope, kind, [], actor)
    elif scope:
        raise ValueError("rows go into a scope on somebody's behalf only")
    person = actor.person if actor is not None else None
    understanding = read(data, file_name, kind)
    shown = preview(understanding, agency)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        source = Import(
            agency=agency, person=person, kind=kind, file_name=understanding.sheet.file[:200],
            digest=digest, scope=scope, report=shown, mapping=understanding.mapping,
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
    return source


def remap(*, source: Import, mapping: Mapping[str, str]) -> None:
    """Read the file again with columns (by name) taken as the fields a person says; "" leaves a column
    out."""
    understanding = read_again(source, mapping)
    source.report = preview(understanding, source.agency)
    source.mapping = {column: understanding.mapping.get(column, "") for column in understanding.sheet.columns}
    Import.objects.filter(pk=source.pk, state=Import.State.PREVIEW).update(
        report=source.report, mapping=source.mapping
    )


def read_again(source: Import, mapping: Mapping[str, str] | None = None) -> Understanding:
    """The understanding of a file that was taken before, with the mapping that was agreed on.

    Raises DomainError when the file is no longer kept.
    """
    if not source.file:
        raise DomainError(_("The uploaded file is no longer kept. Upload it again."))
    with source.file.open("rb") as file:
        data = file.read()
    return read(data, source.file_name, source.kind, source.mapping if mapping is None else mapping)


def read_for_corrections(source: Import) -> Understanding:
    """The same with the rows held back that fit several known businesses, as the file of corrections shows
    them."""
    understanding = read_again(source)
    if source.kind == "businesses":
        matched(understanding, source.agency)
    return understanding


def preview(understanding: Understanding, agency: Agency) -> dict[str, Any]:
    """The report of the reader, and what writing would do: for the screen, as JSON."""
    effects = _effects(understanding, agency)
    told = report(understanding)
    told["more"] = max(0, len(told["bad"]) - SHOWN) + max(0, len(told["ask"]) - SHOWN)
    told["bad"], told["ask"] = told["bad"][:SHOWN], told["ask"][:SHOWN]
    told["duplicates"] = told["duplicates"][:SHOWN]
    told["columns"] = understanding.sheet.columns
    told["unmapped"] = list(understanding.unmapped)
    told["missing"] = _missing(understanding)
    told["first_rows"] = [understanding.sheet.rows[r.row - 1] for r in understanding.records[:FIRST_ROWS]]
    told["readings"] = [
        {"row": r.row, "field": r.field, "value": r.value, "reading": r.reading}
        for r in understanding.readings[:SHOWN]
    ]
    return _by_line(told | effects, understanding)


def _by_line(told: dict[str, Any], understanding: Understanding) -> dict[str, Any]:
    """Rows as the line numbers that a spreadsheet shows; a file without lines keeps the numbers of its records."""

    def line(row: int) -> int:
        return understanding.sheet.source_row(row) or row

    for one in (*told["bad"], *told["ask"], *told["readings"], *told["changes"]):
        one["row"] = line(one["row"])
    told["duplicates"] = [[line(row) for row in rows] for rows in told["duplicates"]]
    return told


def _missing(understanding: Understanding) -> list[str]:
    """Fields that every row needs and no column was understood as: then this is hardly the right sheet."""
    found = set(understanding.mapping.values())
    if found & {"first_name", "last_name"}:
        found.add("name")
    return [f.key for f in schema(understanding.as_).fields if f.required and f.key not in found]


def _effects(understanding: Understanding, agency: Agency) -> dict[str, Any]:
    if understanding.as_ == "representatives":
        batch, _people = guests.gather(units(understanding), agency)
        counts = {"representatives": batch.counts(Representative)}
    else:
        batch, _made = businesses.gather(matched(understanding, agency), agency)
        counts = {"businesses": batch.counts(Business), "products": batch.counts(Product)}
    changed = [
        {
            "row": t.record.row,
            "name": str(t.target),
            "field": name,
            "before": _shown(before),
            "after": _shown(after),
        }
        for t in batch.traces
        for name, (before, after) in t.changes.items()
    ]
    anything = any(batch.new.values()) or bool(changed)
    return {"effects": counts, "changes": changed[:CHANGES_SHOWN], "anything": anything}


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def work_of(source: Import, understanding: Understanding) -> "list[tuple[Draft, int | None]] | list[Unit]":
    """What is to be written, in the order of the file."""
    if source.kind == "representatives":
        return units(understanding)
    return matched(understanding, source.agency)
