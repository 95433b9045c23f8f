"""Which entries are compared at all: those that share a number, or a rare word of the name in one place.

All pairs of n entries are n²/2; blocking keeps about n × 10 of them (Fellegi and Sunter 1969; Christen,
Data Matching, 2012, chapter 4).
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import combinations

from ekspora.engines.duplicates.features import Features

# A block with more entries than this says too little to compare them all; narrower keys cover its pairs.
LARGEST = 40
_MOST_WORDS = 5


def keys(one: Features) -> Iterator[Hashable]:
    """The blocks an entry stands in."""
    if one.nib:
        yield "nib", one.nib
    for phone in one.phones:
        yield "phone", phone
        yield "phone tail", phone[:-4], phone[-3:]
        yield "phone head", phone[-5:], one.sounds[:1]
    if one.email:
        yield "email", one.email
    sounds = sorted(set(one.sounds))[:_MOST_WORDS]
    for place in {one.regency, one.province}:
        yield "all", "".join(sounds), place
        for sound in sounds:
            yield "word", sound, place
        for two in combinations(sounds, 2):
            yield "words", two, place
    if one.owner:
        yield "owner", one.owner, one.province
        for sound in sounds:
            yield "owner word", sound, one.owner[0]
    for two in combinations(sounds, 2):
        yield "words anywhere", two


def candidates(entries: Sequence[Features], new: Collection[int] | None) -> Iterator[tuple[int, int]]:
    """Positions of pairs worth comparing, each once; with ``new`` only pairs with one of these ids."""
    wanted = None if new is None else {p for p, one in enumerate(entries) if one.id in new}
    seen: set[int] = set()
    for block in _blocks(entries):
        for a, b in combinations(block, 2):
            if wanted is not None and a not in wanted and b not in wanted:
                continue
            pair = a * len(entries) + b
            if pair not in seen:
                seen.add(pair)
                yield a, b


def _blocks(entries: Sequence[Features]) -> Iterator[list[int]]:
    """Blocks small enough to compare. Most keys stand once: those cost no list, and keys only their hash."""
    first: dict[int, int] = {}
    blocks: dict[int, list[int]] = {}
    for position, one in enumerate(entries):
        for key in {hash(key) for key in keys(one)}:
            begun = first.setdefault(key, position)
            if begun != position:
                blocks.setdefault(key, [begun]).append(position)
    return (block for block in blocks.values() if len(block) <= LARGEST)
