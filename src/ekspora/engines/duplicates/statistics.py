"""How rare each value is in the register: agreeing on something rare says more."""

from collections import Counter
from collections.abc import Iterable
from math import log2

from ekspora.engines.duplicates.features import Features

# A small register cannot tell what is rare in the country: nothing counts for more than in one of this size.
SMALLEST = 30_000


class Statistics:
    """Bits of surprise that two unrelated entries share a value: log2 of (entries ÷ entries with the value)."""

    def __init__(self, entries: Iterable[Features]) -> None:
        self._counts: dict[str, Counter[object]] = {
            kind: Counter() for kind in ("name", "word", "phone", "email", "owner", "regency", "province")
        }
        self.size = 0
        for one in entries:
            self.size += 1
            self._counts["name"][one.key] += 1
            self._counts["word"].update(set(one.words))
            self._counts["phone"].update(one.phones)
            self._counts["email"][one.email] += 1
            self._counts["owner"][one.owner] += 1
            self._counts["regency"][one.regency] += 1
            self._counts["province"][one.province] += 1
        self._of = max(self.size, SMALLEST)

    def bits(self, kind: str, value: object) -> float:
        """At least half a bit, at most log2 of the size; places are judged within this register."""
        size = self.size if kind in ("regency", "province") else self._of
        return max(0.5, log2(size / max(1, self._counts[kind][value])))

    def count(self, kind: str, value: object) -> int:
        """In how many entries the value stands."""
        return self._counts[kind][value]
