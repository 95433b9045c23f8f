"""What a register can hold, as data: the fields, the names their columns have in both languages, their
parsers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ekspora.engines.registers.data import listed, load
from ekspora.engines.registers.errors import RegisterError, Text, pair
from ekspora.engines.registers.values.outcome import Parser


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema.

    ``headers`` are the usual names of its column, Indonesian and English. ``many``: several columns may fill
    it, the values are joined. ``product``: it belongs to a product of the row. ``placeholder_counts``:
    "tidak", "belum ada" are answers here, not empty cells. ``code_of``: used only when the named field is
    empty. ``of_heading``: the column's name says more of its cells (a year, a scale). ``weak``: headers that
    mean this field only when no other column does and no other field fits better.
    """

    key: str
    label: Text
    headers: tuple[str, ...]
    parser: Parser
    required: bool = False
    many: bool = False
    product: bool = False
    placeholder_counts: bool = False
    code_of: str | None = None
    of_heading: bool = False
    weak: tuple[str, ...] = ()
    example: str = ""
    help: Text = field(default_factory=lambda: pair("", ""))
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of register: ``key`` is what ``--as`` takes."""

    key: str
    label: Text
    fields: tuple[Field, ...]

    @property
    def by_key(self) -> Mapping[str, Field]:
        """The fields by their keys."""
        return {f.key: f for f in self.fields}


@lru_cache(maxsize=1)
def schemas() -> Mapping[str, Schema]:
    """All kinds of registers by key, from their files in ``data/``."""
    from ekspora.engines.registers.values.parsers import PARSERS

    return {key: _schema(key, load(key), PARSERS) for key in ("businesses", "representatives")}


def _schema(key: str, data: Mapping[str, Any], parsers: Mapping[str, Parser]) -> Schema:
    return Schema(key, data["label"], tuple(_field(k, f, parsers) for k, f in data["fields"].items()))


def _field(key: str, data: Mapping[str, Any], parsers: Mapping[str, Parser]) -> Field:
    words = {name: tuple(listed(data.get(name, ""))) for name in ("headers", "weak")}
    choices = tuple(data.get("choices", ()))
    return Field(**{**data, **words, "key": key, "parser": parsers[data["parser"]], "choices": choices})


def schema(as_: str) -> Schema:
    """The schema of a kind of register; ``RegisterError`` (``unknown_kind``) when there is none."""
    try:
        return schemas()[as_]
    except KeyError:
        known = ", ".join(schemas())
        raise RegisterError(
            "unknown_kind",
            f"Jenis daftar {as_!r} tidak dikenal. Pilih: {known}.",
            f"Unknown kind of register {as_!r}. Choose: {known}.",
        ) from None
