"""Numbers, money, dates and names of countries as the reader's language writes them (CLDR through Babel)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from babel.units import format_unit
from django.utils import timezone
from django.utils.translation import get_language

from ekspora.engines.units import unit_name

Number = int | float | Decimal

# English as the rest of the world writes it: day before month, a clock of 24 hours.
_LOCALES = {"id": Locale("id"), "en": Locale("en", "GB")}
_UNITS = {
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "t": "mass-tonne",
    "l": "volume-liter",
    "ml": "volume-milliliter",
    "m": "length-meter",
    "cm": "length-centimeter",
    "m2": "area-square-meter",
    "m3": "volume-cubic-meter",
}


def locale() -> Locale:
    """The Babel locale of the active language, Indonesian where none is active."""
    return _LOCALES.get((get_language() or "id")[:2], _LOCALES["id"])


def number(value: Number, digits: int | None = None) -> str:
    """``1.234,5`` in Indonesian, ``1,234.5`` in English; exactly ``digits`` decimals where given."""
    pattern = None if digits is None else _pattern(digits)
    return str(format_decimal(value, format=pattern, locale=locale()))


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def short_number(value: Number) -> str:
    """A large number in words: ``61 miliar``, ``61 billion``."""
    return str(format_compact_decimal(value, format_type="long", fraction_digits=1, locale=locale()))


def percent(share: Number, digits: int = 0) -> str:
    """A share between 0 and 1 as per cent."""
    return str(format_percent(share, format=_pattern(digits) + "%", locale=locale()))


def money(amount: Number, currency: str) -> str:
    """An amount with its currency always named: ``Rp 50.000`` at home, ISO codes otherwise.

    Whole amounts of rupiah show no decimals, every other amount shows two.
    """
    whole = currency == "IDR" and amount == int(amount)
    sign = "¤" if currency == "IDR" and locale().language == "id" else "¤¤"
    pattern = f"{sign}\u00a0#,##0" if whole else f"{sign}\u00a0#,##0.00"
    return str(format_currency(amount, currency, format=pattern, locale=locale(), currency_digits=False))


def quantity(value: Number, unit: str) -> str:
    """A number with its unit: CLDR's short form of a metric unit, the name of one that is counted in."""
    if unit in _UNITS:
        return str(format_unit(value, _UNITS[unit], length="short", locale=locale()))
    return f"{number(value)}\u00a0{unit_name(unit, locale().language, value)}".strip()


def unit(code: str) -> str:
    """What one of a unit is called: ``Rp 50.000/pasang``."""
    return unit_name(code, locale().language)


def said(text: Mapping[str, str]) -> str:
    """The reader's language of a text that an engine gives in both."""
    return text.get(locale().language) or next(iter(text.values()), "")


def country(code: str) -> str:
    """The name of a country by its ISO 3166 code of two letters; the code itself when CLDR has none."""
    return str(locale().territories.get(code.upper(), code))


def language_name(code: str) -> str:
    """The name of a language by its ISO 639 code; the code itself when CLDR has none."""
    return str(locale().languages.get(code, code))


def in_zone(value: datetime, zone: tzinfo | str | None = None) -> datetime:
    """The same instant on the clock of a place; without a zone on that of the installation."""
    place = ZoneInfo(zone) if isinstance(zone, str) and zone else zone or timezone.get_current_timezone()
    assert isinstance(place, tzinfo)
    return value.astimezone(place)


def clock(value: datetime) -> str:
    """Hour and minute on the value's own clock: ``09.25`` in Indonesian, ``09:25`` in English."""
    return str(format_time(value, format="short", tzinfo=value.tzinfo, locale=locale()))


def day(value: date, weekday: bool = True) -> str:
    """``Senin, 14 Desember 2026`` or ``Monday, 14 December 2026``; a datetime counts on its own clock."""
    return str(format_date(value, format="EEEE, d MMMM y" if weekday else "d MMMM y", locale=locale()))


def zone_name(value: datetime) -> str:
    """``WIB``, ``WITA``, ``WIT`` in Indonesia, the distance from UTC anywhere else: ``UTC+8``."""
    name = value.tzname() or ""
    if name in {"WIB", "WITA", "WIT"}:
        return name
    minutes = int((value.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def moment(value: datetime) -> str:
    """Day, time and zone in one: ``14 Des 2026, 09.25 WIB``."""
    text = format_datetime(value, format="d MMM y", tzinfo=value.tzinfo, locale=locale())
    return f"{text}, {clock(value)}\u00a0{zone_name(value)}"


def initials(name: str) -> str:
    """Up to two capital letters for a picture that is missing."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper() or "?"
