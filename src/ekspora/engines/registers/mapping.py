"""Which column is which field: proposed from names in both languages and from what the columns hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ekspora.engines.registers.errors import RegisterError
from ekspora.engines.registers.fields import Field, schema
from ekspora.engines.registers.headings import candidates, group_of, is_counter
from ekspora.engines.registers.sheet import Sheet
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.wording import is_blank, without_idle_fraction

_SAMPLES = 40
_EVIDENCE = (
    ("email", re.compile(r"\S+@\S+\.\w{2,}")),
    ("phone", re.compile(r"\s*(?:\+62|62|0)8[\d\s-]{8,14}\s*|.*wa\.me/\d+.*")),
    ("nib", re.compile(r"\s*\d{13}\s*")),
    ("website", re.compile(r"\s*(?:https?://|www\.)(?!\S*maps)\S+\s*")),
)


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A column that could be several fields, or that another column has beaten: left unmapped for a person
    to say."""

    column: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """``fields`` maps columns to fields; ``by_content`` are those found without a name; ``unmapped`` have no
    field."""

    fields: dict[str, str]
    by_content: tuple[str, ...]
    ambiguous: tuple[Ambiguity, ...]
    unmapped: tuple[str, ...]


def propose(sheet: Sheet, as_: str, remembered: Mapping[str, str] | None = None) -> Proposal:
    """A mapping of the sheet's columns. ``remembered`` (column → field, ``""`` for "leave out") wins over
    every proposal; columns it does not name are proposed. O(columns × fields)."""
    fields = schema(as_).by_key
    chosen = _checked(sheet, as_, remembered or {})
    decided = set(chosen)
    taken = {(key, _group(fields[key], column)) for column, key in chosen.items() if key}
    ambiguous: list[Ambiguity] = []
    claims = []
    for position, column in enumerate(sheet.columns):
        if column not in decided and not is_counter(column):
            for score, key in candidates(as_, column):
                claims.append((_weigh(sheet, position, score, fields[key]), -position, column, key))
    for weight, _, column, key in sorted(claims, reverse=True):
        slot = (key, _group(fields[key], column))
        if column in chosen:
            continue
        if weight <= 0 or (slot in taken and not fields[key].many):
            continue
        if fields[key].many and slot in taken and weight < 0.65:
            continue
        chosen[column] = key
        taken.add(slot)
    for key in {f.key for f in fields.values() if f.required} - {key for key, _ in taken}:
        # ``Nama Usaha / Pemilik``: what every row needs comes before what it may have
        for part in (c for c in sheet.columns if chosen.get(c) and c not in decided):
            if any(
                found == key
                for piece in part.split("/")
                for score, found in candidates(as_, piece)
                if score > 0.8
            ):
                chosen[part] = key
                break
    by_content = _by_content(sheet, fields, chosen, taken)
    lost = {column for _, _, column, _ in claims if column not in chosen}
    for column in sheet.columns:
        if column in lost:
            ambiguous.append(Ambiguity(column, tuple(key for _, key in candidates(as_, column))))
    unmapped = tuple(column for column in sheet.columns if not chosen.get(column))
    ordered = {column: chosen[column] for column in sheet.columns if chosen.get(column)}
    return Proposal(ordered, by_content, tuple(ambiguous), unmapped)


def _checked(sheet: Sheet, as_: str, remembered: Mapping[str, str]) -> dict[str, str]:
    fields = schema(as_).by_key
    for column, key in remembered.items():
        if key and key not in fields:
            raise RegisterError(
                "unknown_field",
                f"Bidang {key!r} untuk kolom {column!r} tidak ada.",
                f"There is no field {key!r} (column {column!r}).",
            )
    return {column: key for column, key in remembered.items() if column in sheet.columns}


def _group(field: Field, column: str) -> int:
    return group_of(column) if field.product else 1


def _weigh(sheet: Sheet, position: int, score: float, field: Field) -> float:
    """The score of a name, lowered where the column's content speaks against it."""
    fit = _fit(sheet, position, field)
    if fit is None:
        return score + 0.05 * field.required
    if score <= 0.6 and fit < 0.5:
        return 0.0
    if fit < 0.3 and _evident(_samples(sheet, position)) not in (None, field.key):
        return 0.0
    return score - (0.5 if fit < 0.3 else 0.0) + 0.001 * fit + 0.05 * field.required


def _fit(sheet: Sheet, position: int, field: Field) -> float | None:
    """The share of sampled cells that the field's parser does not refuse; ``None`` without enough cells."""
    samples = _samples(sheet, position)
    if len(samples) < 3:
        return None
    context = Context()
    return sum(_reads(field.parser(text, context)) for text in samples) / len(samples)


def _reads(outcome: Outcome) -> bool:
    """Whether a cell speaks for a field: it is read, or only spoilt, but not a word the field does not know, nor
    a mere yes or no."""
    if isinstance(outcome, Parsed):
        return outcome.value is not None
    return isinstance(outcome, Ask) and not outcome.code.startswith(("unknown_", "number_not_written"))


def _samples(sheet: Sheet, position: int) -> list[str]:
    found: list[str] = []
    for row in sheet.rows[:1000]:
        if not is_blank(row[position]):
            found.append(without_idle_fraction(row[position]))
            if len(found) == _SAMPLES:
                break
    return found


def _by_content(
    sheet: Sheet, fields: Mapping[str, Field], chosen: dict[str, str], taken: set[tuple[str, int]]
) -> tuple[str, ...]:
    found = []
    for position, column in enumerate(sheet.columns):
        if column in chosen or is_counter(column):
            continue
        key = _evident(_samples(sheet, position))
        if key is not None and key in fields and ((key, 1) not in taken or fields[key].many):
            chosen[column] = key
            taken.add((key, 1))
            found.append(column)
    return tuple(found)


def _evident(samples: Sequence[str]) -> str | None:
    """The field that a column's content can be without any name: what nearly every cell looks like."""
    if len(samples) < 3:
        return None
    for key, pattern in _EVIDENCE:
        if sum(bool(pattern.fullmatch(text)) for text in samples) >= 0.8 * len(samples):
            return key
    return None
