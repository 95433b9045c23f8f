"""The three things that can come of reading a cell."""

from collections.abc import Callable
from dataclasses import dataclass

from ekspora.engines.registers.errors import Text


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value. ``reading`` says how an unclear text was read ("Kulener" as "Kuliner"), else ``None``.

    Values are plain and can be written as JSON: text, number, list, or a dict of these. They are shared
    between rows and must not be changed.
    """

    value: object
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Bad:
    """A fault: the text is not a value of this field."""

    code: str
    remedy: Text


@dataclass(frozen=True, slots=True)
class Ask:
    """The text cannot be read without a person; reading it would be a guess."""

    code: str
    remedy: Text


Outcome = Parsed | Bad | Ask


@dataclass(frozen=True, slots=True)
class Context:
    """What is known when a cell is read: ``country`` (ISO 3166 alpha-2) decides how phones are read,
    ``whatsapp`` says that the column holds only WhatsApp numbers, ``guest`` that the row is somebody from abroad,
    whose telephone may be of either country. Of figures the column's name (``heading``)
    may say the ``period`` (``month``, ``year``, ``other``), the ``scale`` as a power of ten and the ``year``."""

    country: str = "ID"
    whatsapp: bool = False
    guest: bool = False
    period: str = ""
    scale: int = 0
    year: int = 0
    heading: str = ""


Parser = Callable[[str, Context], Outcome]
