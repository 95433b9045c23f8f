"""What matching knows of both sides, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in the unit its owner uses (``kg``, ``pasang``)."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Goods:
    """One product or service. ``name`` and ``about`` in both languages, empty where not known.

    ``hs``: 4 to 8 digits or empty; ``free``: free capacity a month; ``certificates``: as written.
    """

    name: Text
    about: Text
    hs: str = ""
    free: Quantity | None = None
    certificates: str = ""


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair the maker has shown at; ``country`` (ISO code) is empty where not known."""

    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Who offers: sector code, goods, countries exported to (ISO codes), fairs; ``country``: its home."""

    sector: str = ""
    goods: tuple[Goods, ...] = ()
    exports: frozenset[str] = frozenset()
    fairs: frozenset[Fair] = frozenset()
    country: str = "ID"


@dataclass(frozen=True, slots=True)
class Want:
    """Something looked for, in its seeker's words; sector, beginning of an HS code and amount if known."""

    text: Text
    sector: str = ""
    hs: str = ""
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """Who looks: the country represented, sectors of interest, and what is wanted."""

    country: str
    sectors: frozenset[str] = frozenset()
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact that fits and its points, worded for either reader."""

    kind: str
    points: int
    to_guest: Text
    to_maker: Text


@dataclass(frozen=True, slots=True)
class Score:
    """Points from 0 to 100, the sum of those of the reasons."""

    points: int
    reasons: tuple[Reason, ...]
