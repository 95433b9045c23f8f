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
