"""What of an entry is compared, brought to one form once."""

from dataclasses import dataclass

from ekspora.engines.duplicates.model import Entry
from ekspora.engines.duplicates.words import person_key, skeleton
from ekspora.engines.registers.duplicates import STREET, name_key
from ekspora.engines.registers.wording import fold


@dataclass(frozen=True, slots=True)
class Features:
    """An entry in comparable form. ``sounds`` are the skeletons of ``words``, in the same order."""

    id: int
    key: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    nib: str
    phones: frozenset[str]
    email: str
    owner: tuple[str, ...]
    province: str
    regency: str
    address: frozenset[str]


def features(entry: Entry) -> Features:
    """The comparable form of an entry."""
    key = name_key(entry.name)
    words = tuple(key.split())
    return Features(
        entry.id, key, words, tuple(map(skeleton, words)), entry.nib, frozenset(entry.phones),
        entry.email.casefold().strip(), person_key(entry.owner) if entry.owner else (),
        entry.province or entry.regency[:2], entry.regency, _address(entry.address),
    )  # fmt: skip


def _address(text: str) -> frozenset[str]:
    """The words of an address that tell it from others; empty without a number, which names a door."""
    words = frozenset(word for word in fold(text).split() if word not in STREET)
    return words if len(words) > 1 and any(any(map(str.isdigit, word)) for word in words) else frozenset()
