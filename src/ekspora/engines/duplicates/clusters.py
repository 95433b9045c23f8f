"""Pairs that hang together: entries that are one business."""

from collections.abc import Iterable, Mapping

from ekspora.engines.duplicates.model import Likeness, Pair


def clusters(pairs: Iterable[Pair], nibs: Mapping[int, str]) -> list[list[int]]:
    """Groups of ids joined by sure pairs, the surest first; a group never holds two different NIB.

    ``nibs`` gives the NIB of those that have one. O(pairs · α).
    """
    parent: dict[int, int] = {}
    number: dict[int, str] = {}

    def root(one: int) -> int:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for pair in sorted(pairs, key=lambda pair: -pair.probability):
        a, b = root(pair.a), root(pair.b)
        if pair.likeness != Likeness.SURE or a == b:
            continue
        nib, other_nib = (number.get(x) or nibs.get(x, "") for x in (a, b))
        if nib and other_nib and nib != other_nib:
            continue
        parent[b] = a
        number[a] = nib or other_nib
    groups: dict[int, list[int]] = {}
    for one in parent:
        groups.setdefault(root(one), []).append(one)
    return sorted(sorted(group) for group in groups.values() if len(group) > 1)
