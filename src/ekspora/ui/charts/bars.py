"""Horizontal bars: a table whose cells carry the bar, so that the chart is its own table."""

from collections.abc import Sequence
from dataclasses import dataclass

from ekspora.ui.formats import Number, number


@dataclass(frozen=True, slots=True)
class Bar:
    """One line. ``text`` replaces the plain number (money, a share); ``tone`` may be ``warn``."""

    label: str
    value: Number
    text: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its length in hundredths of the longest one."""

    bar: Bar
    length: str
    text: str


def draw(bars: Sequence[Bar]) -> list[DrawnBar]:
    """Lengths on a scale that begins at zero; nothing below zero can be drawn (ValueError)."""
    if any(bar.value < 0 for bar in bars):
        raise ValueError("a bar cannot be shorter than nothing")
    longest = max((bar.value for bar in bars), default=0) or 1
    scale = 100 / float(longest)
    return [DrawnBar(bar, f"{float(bar.value) * scale:.1f}", bar.text or number(bar.value)) for bar in bars]
