"""What a fact about a market is. Facts are data with source, date and reviewer; code only shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ekspora.core.clock import now

Text = Mapping[str, str]


class Confidence(StrEnum):
    """How sure we are. What is low waits for somebody to check it and is shown to nobody."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Who(StrEnum):
    """Who has to act."""

    EXPORTER = "exporter"
    IMPORTER = "importer"
    AUTHORITY = "authority"


class Ask(StrEnum):
    """A fact of a product (the field of its record) without which a rule cannot be met."""

    HS = "hs"
    NAME_EN = "name_en"
    CERTIFICATES = "certificates"
    SHELF_LIFE = "shelf_life_days"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a code, what it is, and where it was found (empty for own knowledge)."""

    code: str
    title: Text
    where: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """A group of goods: beginnings of HS codes, and the sectors it is looked for where no code is known."""

    name: str
    hs: tuple[str, ...]
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Where something is known from, of which day, who looked at it, and when to look again."""

    source: Source
    as_of: date
    review_by: date
    reviewer: Text

    @property
    def is_stale(self) -> bool:
        """Whether it should have been looked at again: then it is shown with "check again"."""
        return now().date() > self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Known):
    """One known rule of a country (``country`` empty: of all). ``goods`` empty: of everything that is sent."""

    code: str
    country: str
    goods: tuple[Goods, ...]
    who: tuple[Who, ...]
    asks: tuple[Ask, ...]
    title: Text
    text: Text
    confidence: Confidence
    changes_often: bool

    @property
    def is_shown(self) -> bool:
        """Whether people may read it: what is not sure waits for somebody to check it."""
        return self.confidence != Confidence.LOW

    def concerns(self, sectors: frozenset[str], hs: frozenset[str]) -> bool:
        """Whether it speaks of one of these HS codes, or of a sector of goods whose code is not known."""
        return not self.goods or any(
            sectors.intersection(group.sectors) or any(_meets(code, group.hs) for code in hs)
            for group in self.goods
        )


def _meets(code: str, starts: tuple[str, ...]) -> bool:
    # A short code may hold what a longer beginning names: better one rule too many than one too few.
    return any(code.startswith(start) or start.startswith(code) for start in starts)


@dataclass(frozen=True, slots=True)
class Papers:
    """What a business that makes goods of this ``trade`` holds at home before a first shipment.

    Each of ``held`` is one paper, by the kinds that will do: types of certificates, or in capitals a word in the name
    of another one. ``tells``: fields that one of its products tells.
    """

    trade: str
    held: tuple[tuple[str, ...], ...]
    tells: tuple[Ask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Known):
    """The papers by what is made."""

    papers: tuple[Papers, ...]
