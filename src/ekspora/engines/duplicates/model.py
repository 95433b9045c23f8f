"""What is compared and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Entry:
    """One business as a register has it; empty means not known.

    ``regency`` and ``province`` are codes, ``phones`` E.164, ``nib`` 13 digits; the rest is as written.
    """

    id: int
    name: str
    nib: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    owner: str = ""
    province: str = ""
    regency: str = ""
    address: str = ""


class Likeness(StrEnum):
    """What follows from a pair: ``sure`` may be merged on confirmation, ``doubtful`` a person looks at."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Reason:
    """One field's part: ``weight`` in bits, positive for one business, negative against it."""

    field: str
    code: str
    weight: float
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one business. ``probability`` under the model's assumptions (find.py)."""

    a: int
    b: int
    likeness: Likeness
    probability: float
    reasons: tuple[Reason, ...]
