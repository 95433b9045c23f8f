"""What units are called that people count in; metric units are called by their symbol in both languages."""

from decimal import Decimal

# code → Indonesian, English for one, English for several
COUNTED = {
    "pcs": ("buah", "piece", "pieces"),
    "unit": ("unit", "unit", "units"),
    "pair": ("pasang", "pair", "pairs"),
    "dozen": ("lusin", "dozen", "dozen"),
    "kodi": ("kodi", "score", "scores"),
    "gross": ("gros", "gross", "gross"),
    "sheet": ("lembar", "sheet", "sheets"),
    "set": ("set", "set", "sets"),
    "bottle": ("botol", "bottle", "bottles"),
    "pack": ("bungkus", "pack", "packs"),
    "carton": ("karton", "carton", "cartons"),
    "box": ("kotak", "box", "boxes"),
    "jar": ("stoples", "jar", "jars"),
    "head": ("ekor", "head", "head"),
    "portion": ("porsi", "portion", "portions"),
    "bundle": ("ikat", "bundle", "bundles"),
    "sack": ("karung", "sack", "sacks"),
    "q": ("kuintal", "quintal", "quintals"),
}


def unit_name(code: str, language: str, amount: Decimal | float = 1) -> str:
    """What a unit is called for an amount in ``id`` or ``en``; an unknown unit is called by itself."""
    if code not in COUNTED:
        return code
    indonesian, one, several = COUNTED[code]
    return indonesian if language == "id" else one if amount == 1 else several


# code → its base and how much of the base one is; units of one base can be converted into each other
_BASES = {
    "g": ("g", Decimal(1)),
    "kg": ("g", Decimal(1000)),
    "q": ("g", Decimal(100_000)),
    "t": ("g", Decimal(1_000_000)),
    "ml": ("ml", Decimal(1)),
    "l": ("ml", Decimal(1000)),
    "m3": ("ml", Decimal(1_000_000)),
    "cm": ("cm", Decimal(1)),
    "m": ("cm", Decimal(100)),
    "pcs": ("pcs", Decimal(1)),
    "unit": ("pcs", Decimal(1)),
    "dozen": ("pcs", Decimal(12)),
    "kodi": ("pcs", Decimal(20)),
    "gross": ("pcs", Decimal(144)),
}


def convert(amount: Decimal, unit: str, into: str) -> Decimal | None:
    """An amount of one unit as an amount of another: 2 ``t`` are 2000 ``kg``; None where that is no question
    of arithmetic (a carton holds what it holds)."""
    if unit == into:
        return amount
    base, size = _BASES.get(unit, ("", Decimal(0)))
    other, of_other = _BASES.get(into, ("", Decimal(0)))
    return amount * size / of_other if base and base == other else None
