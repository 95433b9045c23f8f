"""The text of a cell that is not text."""

import datetime
from typing import Any

from ekspora.engines.registers.limits import MAX_CELL


def cell_text(value: Any) -> str:
    """A cell as text that can be read back without loss.

    A number beyond 15 digits has lost its last digits in the spreadsheet and is written in powers of ten, so
    that it is recognised as destroyed. A fraction of three decimals gets a fourth, so that its dot cannot be
    taken for thousands.
    """
    if isinstance(value, str):
        return value if len(value) <= MAX_CELL else value[:MAX_CELL]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return str(value)[:MAX_CELL]


def _float_text(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value.is_integer():
        return str(int(value)) if abs(value) < 1e15 else f"{value:.14E}"
    text = repr(value)
    if "e" in text:
        text = f"{value:.20f}".rstrip("0")
    _, _, fraction = text.partition(".")
    return text + "0" if len(fraction) == 3 else text
