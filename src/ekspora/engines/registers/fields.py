"""What a register can hold, as data: the fields, the names their columns have in both languages, their parsers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ekspora.engines.registers.errors import RegisterError, Text, pair
from ekspora.engines.registers.values.outcome import Parser


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema.

    ``headers`` are the usual names of its column, Indonesian and English, separated by commas. ``many``: several columns
    may fill it, the values are joined. ``product``: it belongs to a product of the row. ``placeholder_counts``: "tidak",
    "belum ada" are answers here, not empty cells. ``code_of``: used only when the named field is empty. ``weak``: headers
    that mean this field only when no other column does and no other field fits better.
    """

    key: str
    label: Text
    headers: str
    parser: Parser
    required: bool = False
    many: bool = False
    product: bool = False
    placeholder_counts: bool = False
    code_of: str | None = None
    weak: str = ""
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
    """All kinds of registers by key."""
    from ekspora.engines.registers.fields_business import BUSINESSES
    from ekspora.engines.registers.fields_representative import REPRESENTATIVES

    return {schema.key: schema for schema in (BUSINESSES, REPRESENTATIVES)}


def schema(as_: str) -> Schema:
    """The schema of a kind of register; ``RegisterError`` (``unknown_kind``) when there is none."""
    try:
        return schemas()[as_]
    except KeyError:
        known = ", ".join(schemas())
        raise RegisterError(
            "unknown_kind", pair(f"Jenis daftar {as_!r} tidak dikenal. Pilih: {known}.", f"Unknown kind of register {as_!r}. Choose: {known}.")
        ) from None
