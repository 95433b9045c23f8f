"""MaxSAT (python-sat) as a :class:`~ekspora.engines.kernel.clauses.Sink`: everything becomes clauses."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pysat.card import CardEnc, EncType
from pysat.formula import WCNF, IDPool

PAIRWISE = 6


class Cnf:
    """A weighted CNF; cardinalities up to a handful are written out, larger ones by sequential counters."""

    def __init__(self) -> None:
        self.formula = WCNF()
        self._pool = IDPool()

    def new(self) -> int:
        return int(self._pool.id())

    def clause(self, literals: Sequence[int]) -> None:
        self.formula.append(list(literals))

    def soft(self, literal: int, cost: int = 1) -> None:
        """Pay ``cost`` when the literal holds."""
        self.formula.append([-literal], weight=cost)

    def at_most_one(self, literals: Sequence[int]) -> None:
        if len(literals) <= PAIRWISE:
            self.formula.extend([[-x, -y] for n, x in enumerate(literals) for y in literals[:n]])
        else:
            self._encoded(CardEnc.atmost(list(literals), 1, vpool=self._pool, encoding=EncType.ladder))

    def exactly_one(self, literals: Sequence[int]) -> None:
        self.clause(literals)
        self.at_most_one(literals)

    def at_most(self, literals: Sequence[int], most: int) -> None:
        if len(literals) > most:
            self._encoded(CardEnc.atmost(list(literals), most, vpool=self._pool, encoding=EncType.seqcounter))

    def exactly(self, literals: Sequence[int], count: int) -> None:
        if count > len(literals):
            self.clause([])
            return
        self._encoded(CardEnc.equals(list(literals), count, vpool=self._pool, encoding=EncType.seqcounter))

    def even(self, literals: Sequence[int], least: int, most: int) -> None:
        counts = self.sorted(list(literals), most + 1)
        for k, at_least in enumerate(counts, 1):
            if k <= least:
                self.clause([at_least])
            elif k > most:
                self.clause([-at_least])
            elif k % 2:
                self.clause([-at_least, *counts[k : k + 1]])
        if len(counts) < least:
            self.clause([])

    def sorted(self, literals: list[int], most: int) -> list[int]:
        """Literals that mean "at least k hold" for k = 1 … ``most`` (a totalizer, both directions)."""
        if len(literals) <= 1:
            return literals
        middle = len(literals) // 2
        left, right = self.sorted(literals[:middle], most), self.sorted(literals[middle:], most)
        counts = [self.new() for _ in range(min(len(literals), most))]
        for i in range(len(left) + 1):
            for j in range(len(right) + 1):
                if 0 < i + j <= len(counts):
                    self.clause([*(-x for x in left[i - 1 : i] + right[j - 1 : j]), counts[i + j - 1]])
                if i + j < len(counts):
                    self.clause([*left[i : i + 1], *right[j : j + 1], -counts[i + j]])
        for fewer, more in itertools.pairwise(counts):
            self.clause([-more, fewer])
        return counts

    def _encoded(self, constraint: object) -> None:
        self.formula.extend(constraint.clauses)  # type: ignore[attr-defined]
