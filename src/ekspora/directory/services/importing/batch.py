"""What a run of rows makes and changes, gathered first and then written in few statements."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from ekspora.core.models import Person
from ekspora.directory.models import (
    Business,
    Certificate,
    Contact,
    ExportRecord,
    Fair,
    Import,
    ImportedRow,
    Listing,
    Mission,
    Product,
    Representative,
    Statement,
    Stewardship,
)
from ekspora.directory.models.keys import refresh
from ekspora.directory.services.changes import plain
from ekspora.directory.services.importing.inserting import insert, insert_rows
from ekspora.directory.services.rows import KINDS
from ekspora.engines.registers import Record

Kept = Representative.listed_by.through
# Parents before children.
ORDER: tuple[type[models.Model], ...] = (
    Person, Mission, Business, Representative, Kept, Listing, Stewardship, Product, ExportRecord, Fair,
    Contact, Certificate,
)  # fmt: skip
_EFFECT = ImportedRow.Effect
_IMPORT = str(Statement.Source.IMPORT)
# Of what rows state something, and under which name it is a row of its business.
_KIND_OF: Mapping[type[models.Model], str] = {Business: "", Product: ""} | {
    model: kind for kind, model in KINDS.items()
}


@dataclass(slots=True)
class Trace:
    """What one row did to one record; becomes an ImportedRow."""

    record: Record
    target: models.Model
    effect: str
    changes: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """New and changed records with the rows they come from. Nothing is written before ``write``."""

    new: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    changed: dict[type[models.Model], dict[int, models.Model]] = field(default_factory=dict)
    fields: dict[type[models.Model], set[str]] = field(default_factory=dict)
    traces: list[Trace] = field(default_factory=list)
    _seen: dict[tuple[int, int], Trace] = field(default_factory=dict)

    def create(self, target: models.Model, record: Record, *, traced: bool = True) -> None:
        """A new record out of a row; ``traced`` unless it goes away with a traced parent."""
        self.new.setdefault(type(target), []).append(target)
        if traced:
            self._trace(record, target, _EFFECT.CREATED, {})

    def meet(
        self, target: models.Model, record: Record, values: Mapping[str, Any], *, fill_only: bool = False,
        emptied: Collection[str] = (),
    ) -> None:  # fmt: skip
        """A known record meets a row's values: what is blank in the row stays, but for the names in ``emptied``;
        ``fill_only`` fills only gaps."""
        changes: dict[str, list[Any]] = {}
        for name, value in values.items():
            before = getattr(target, name)
            if (
                (_blank(value) and name not in emptied)
                or before == value
                or (fill_only and not _blank(before))
            ):
                continue
            changes[name] = [before, value]
            setattr(target, name, value)
        if changes and target.pk is not None:
            self.changed.setdefault(type(target), {})[target.pk] = target
            self.fields.setdefault(type(target), set()).update(changes)
        self._trace(record, target, _EFFECT.UPDATED if changes else _EFFECT.UNCHANGED, changes)

    def _trace(
        self, record: Record, target: models.Model, effect: str, changes: dict[str, list[Any]]
    ) -> None:
        known = self._seen.get((record.row, id(target)))
        if known is None:
            trace = self._seen[record.row, id(target)] = Trace(record, target, effect, changes)
            self.traces.append(trace)
        elif effect == _EFFECT.UPDATED and known.effect != _EFFECT.CREATED:
            known.effect = effect
            for name, (before, after) in changes.items():
                known.changes[name] = [known.changes.get(name, [before])[0], after]

    def counts(self, kind: type[models.Model]) -> dict[str, int]:
        """How many records of a kind are new, changed and unchanged."""
        effects: dict[int, str] = {}
        for trace in self.traces:
            if (
                isinstance(trace.target, kind)
                and effects.get(id(trace.target), _EFFECT.UNCHANGED) == _EFFECT.UNCHANGED
            ):
                effects[id(trace.target)] = trace.effect
        counted = Counter(effects.values())
        return {effect: counted[effect] for effect in _EFFECT.values}

    def write(self, source: Import) -> None:
        """Everything in about one statement for each kind of record, then the rows' traces."""
        for kind in ORDER:
            if kind in self.new:
                insert(kind, self.new[kind])
            if kind in self.changed:
                names = sorted(self.fields[kind]) + (["name_key"] if kind is Business else [])
                kind._default_manager.bulk_update(self.changed[kind].values(), names, batch_size=200)
        insert_rows(ImportedRow, _TRACED, [_traced(trace, source) for trace in self.traces])
        said = [stated for trace in self.traces for stated in _stated(trace, source)]
        insert_rows(Statement, _STATED, said)
        touched = [*self.new.get(Business, ()), *self.new.get(Product, ()),
                   *self.changed.get(Business, {}).values(), *self.changed.get(Product, {}).values()]  # fmt: skip
        refresh({one.pk if isinstance(one, Business) else one.business_id for one in touched})


_TRACED = ("source_id", "row", "hash", "effect", "target_type", "target_id", "changes")
_STATED = ("business_id", "product_id", "field", "source", "stated_by_id", "origin_id", "row")


def _traced(trace: Trace, source: Import) -> tuple[Any, ...]:
    """What a row did, as it stays traced."""
    label, changes = trace.target._meta.label_lower, plain(trace.changes)
    return source.pk, trace.record.row, trace.record.hash, trace.effect, label, trace.target.pk, changes


def _stated(trace: Trace, source: Import) -> Iterator[tuple[Any, ...]]:
    """What a row stated: a record it made as a whole, of a known one what it changed."""
    target: Any = trace.target
    kind = _KIND_OF.get(type(target))
    if kind is None or trace.effect == _EFFECT.UNCHANGED:
        return
    whole = kind or trace.effect == _EFFECT.CREATED
    fields = [f"{kind}:{target.pk}" if kind else ""] if whole else list(trace.changes)
    product = target.pk if isinstance(target, Product) else None
    business = target.pk if isinstance(target, Business) else target.business_id
    for field_name in fields:
        yield (business, product, field_name, _IMPORT, source.person_id, source.pk, trace.record.row)


def _blank(value: Any) -> bool:
    return value is None or value == "" or value == []
