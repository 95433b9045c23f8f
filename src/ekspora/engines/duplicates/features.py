"""What of an entry is compared, brought to one form once."""

from dataclasses import dataclass
from sys import intern

from ekspora.engines.duplicates.model import Entry
from ekspora.engines.duplicates.words import person_key, skeleton
from ekspora.engines.registers.duplicates import STREET, name_key
from ekspora.engines.registers.wording import fold


@dataclass(frozen=True, slots=True)
class Features:
    """An entry in comparable form. ``sounds`` are the skeletons of ``words``, in the same order.

    Tuples and shared words rather than sets: of a hundred thousand entries they take half the memory.
    """

    id: int
    key: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    nib: str
    phones: tuple[str, ...]
    email: str
    owner: tuple[str, ...]
    province: str
    regency: str
    address: tuple[str, ...]


def features(entry: Entry) -> Features:
    """The comparable form of an entry."""
    key = name_key(entry.name)
    words = tuple(map(intern, key.split()))
    return Features(
        entry.id, key, words, tuple(map(skeleton, words)), entry.nib, tuple(dict.fromkeys(entry.phones)),
        entry.email.casefold().strip(), person_key(entry.owner) if entry.owner else (),
        entry.province or entry.regency[:2], entry.regency, _address(entry.address),
    )  # fmt: skip


def _address(text: str) -> tuple[str, ...]:
    """The words of an address that tell it from others; empty without a number, which names a door."""
    words = tuple({intern(word): None for word in fold(text).split() if word not in STREET})
    return words if len(words) > 1 and any(any(map(str.isdigit, word)) for word in words) else ()
