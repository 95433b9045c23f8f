"""Days on which nobody is asked to a meeting without a warning: public holidays and collective leave."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.translation import get_language


@cache
def _calendar(country: str, year: int, language: str) -> Mapping[date, str]:
    known = holidays.utils.list_supported_countries()
    if country not in known:
        return {}
    plain = holidays.country_holidays(country, years=year)
    spoken = next((code for code in plain.supported_languages if code.startswith(language)), None)
    # In Indonesia "government" is cuti bersama, the leave that offices take together.
    wanted = [kind for kind in ("public", "government") if kind in plain.supported_categories]
    if country != "ID":
        wanted = ["public"]
    return holidays.country_holidays(country, years=year, language=spoken, categories=tuple(wanted))


def holidays_between(country: str, first: date, last: date) -> list[tuple[date, str]]:
    """Holidays of a country (ISO code) from ``first`` to ``last``, with their names in the reader's language.

    Dates of the Islamic calendar are estimates until announced; the package marks them so in the name.
    An unknown country has none we know of.
    """
    language = (get_language() or "id")[:2]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    named = ((day, _calendar(country, day.year, language).get(day, "")) for day in days)
    return [(day, name) for day, name in named if name]
