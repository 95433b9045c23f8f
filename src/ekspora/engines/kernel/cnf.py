"""MaxSAT (python-sat) as a :class:`~ekspora.engines.kernel.clauses.Sink`: everything becomes clauses."""

from __future__ import annotations

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
        self._encoded(CardEnc.equals(list(literals), count, vpool=self._pool, encoding=EncType.seqcounter))

    def _encoded(self, constraint: object) -> None:
        self.formula.extend(constraint.clauses)  # type: ignore[attr-defined]
