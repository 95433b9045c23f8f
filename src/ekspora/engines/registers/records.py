"""Good rows, kept small: a register of 100,000 rows stays in memory as compact text and is opened row by
row."""

import hashlib
import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload


@dataclass(frozen=True, slots=True)
class Record:
    """A good row: values by field, its products (businesses only), and a hash that is equal for equal
    content."""

    row: int
    values: dict[str, Any]
    products: list[dict[str, Any]]
    hash: str


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


# A register no longer than this keeps its rows open once they were opened; a longer one stays compact.
_KEPT_OPEN = 20_000


class Records(Sequence[Record]):
    """The good rows in order. A record is opened when it is asked for, in about 10 µs, and is not to be changed."""

    def __init__(self) -> None:
        self._opened: dict[int, Record] = {}
        self._rows: list[int] = []
        self._contents: list[bytes] = []

    @property
    def rows(self) -> Sequence[int]:
        """The numbers of the rows."""
        return self._rows

    def add(self, row: int, values: dict[str, Any], products: list[dict[str, Any]]) -> bytes:
        """Keeps a row; returns its content, by which equal rows are recognised."""
        self._rows.append(row)
        self._contents.append(_ENCODER.encode([values, products]).encode("utf-8", "surrogatepass"))
        return self._contents[-1]

    def without(self, rows: Container[int]) -> "Records":
        """The same rows but these."""
        rest = Records()
        for row, content in zip(self._rows, self._contents, strict=True):
            if row not in rows:
                rest._rows.append(row)
                rest._contents.append(content)
        return rest

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(len(self)))]
        row = self._rows[index]
        known = self._opened.get(row)
        if known is None:
            known = _open(row, self._contents[index])
            if len(self._rows) <= _KEPT_OPEN:
                self._opened[row] = known
        return known

    def __iter__(self) -> Iterator[Record]:
        return map(self.__getitem__, range(len(self)))


def _open(row: int, content: bytes) -> Record:
    values, products = json.loads(content.decode("utf-8", "surrogatepass"))
    return Record(row, values, products, hashlib.sha256(content).hexdigest())
