"""Which entries are compared at all: those that share a number, or a rare word of the name in one place.

All pairs of n entries are n²/2; blocking keeps about n × 10 of them (Fellegi and Sunter 1969; Christen,
Data Matching, 2012, chapter 4).
"""

from array import array
from collections.abc import Collection, Hashable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ekspora.engines.duplicates.features import Features

# A block with more entries than this says too little to compare them all; narrower keys cover its pairs.
LARGEST = 40
_MOST_WORDS = 5
PORTION = 50_000


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
    is_new = np.fromiter((new is None or one.id in new for one in entries), np.bool_, len(entries))
    found = [
        pairs[is_new[pairs // len(entries)] | is_new[pairs % len(entries)]]
        for pairs in _pairs(entries, is_new)
    ]
    every = np.concatenate(found) if found else np.empty(0, np.int64)
    found.clear()  # a register's pairs are its largest array: never held twice for long
    every.sort()
    for start in range(0, every.size, PORTION):  # Python's numbers take four times the room
        portion = every[start : start + PORTION]
        last = every[start - 1] if start else -1
        for pair in portion[np.diff(portion, prepend=last) != 0].tolist():
            yield divmod(pair, len(entries))


def _pairs(entries: Sequence[Features], is_new: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Pairs within blocks small enough to compare, as a · n + b; all blocks of one size at a time."""
    hashes, positions = _keyed(entries)
    order = np.argsort(hashes, kind="stable")
    hashes, positions = hashes[order], positions[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1]))) if hashes.size else order
    sizes = np.diff(np.append(starts, hashes.size))
    del hashes, order
    if starts.size:
        touched = np.add.reduceat(is_new[positions], starts, dtype=np.int64) > 0
        starts, sizes = starts[touched], sizes[touched]
    for size in range(2, LARGEST + 1):
        blocks = positions[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)  # positions rise within a block, for the sort is stable
        if blocks.size:
            yield (blocks[:, one] * np.int64(len(entries)) + blocks[:, other]).ravel()


def _keyed(entries: Sequence[Features]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every key of every entry, only as its hash, beside the position of the entry: 12 bytes each."""
    hashes, positions = array("q"), array("i")
    for position, one in enumerate(entries):
        known = {hash(key) for key in keys(one)}
        hashes.extend(known)
        positions.extend([position] * len(known))
    return np.frombuffer(hashes, np.int64), np.frombuffer(positions, np.int32)
