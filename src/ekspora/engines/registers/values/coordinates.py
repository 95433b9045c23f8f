"""Coordinates in decimal degrees."""

import re

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Bad, Context, Outcome, Parsed

_BAD = Bad(
    "bad_coordinate",
    pair(
        "Koordinat tidak sah: lintang -90 sampai 90, bujur -180 sampai 180.",
        "Not a valid coordinate: latitude -90 to 90, longitude -180 to 180.",
    ),
)


def _degrees(text: str, limit: int) -> Outcome:
    body = text.strip().replace(",", ".").rstrip("°").strip()
    if not re.fullmatch(r"[+-]?\d{1,3}(?:\.\d+)?", body) or abs(float(body)) > limit:
        return _BAD
    return Parsed(float(body))


def latitude(text: str, context: Context) -> Outcome:
    """Degrees north, -90 to 90."""
    return _degrees(text, 90)


def longitude(text: str, context: Context) -> Outcome:
    """Degrees east, -180 to 180."""
    return _degrees(text, 180)
