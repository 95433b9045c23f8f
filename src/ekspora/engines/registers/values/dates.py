"""Dates and years, Indonesian and English. A date is ``YYYY-MM-DD``, with a time ``YYYY-MM-DDTHH:MM``."""

import datetime
import re

from babel import Locale

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold, nearest

_BAD = Bad(
    "bad_date",
    pair(
        "Bukan tanggal yang ada. Contoh: 3 Januari 2019 atau 2019-01-03.",
        "Not a date that exists. Example: 3 January 2019 or 2019-01-03.",
    ),
)
_SERIAL = Ask(
    "date_as_number",
    pair(
        "Tanggal ini tersimpan sebagai angka. Tulis seperti 3 Januari 2019.",
        "This date was stored as a number. Write it like 3 January 2019.",
    ),
)
_TWO_DIGITS = Ask(
    "short_year",
    pair(
        "Tahun dua angka bisa dua abad. Tulis empat angka.",
        "A year of two digits can be of two centuries. Write four digits.",
    ),
)
_BAD_YEAR = Bad(
    "bad_year",
    pair("Tulis tahun dengan empat angka, misalnya 2012.", "Write the year with four digits, such as 2012."),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?)?Z?")
_NUMERIC = re.compile(
    r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:,?\s+(\d{1,2})[:.](\d{2})(?::\d{2})?)?"
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,})[\s\-/.,']*(\d{4}|\d{2})(?:,?\s+(?:pukul\s+)?(\d{1,2})[:.](\d{2}))?(?:\s*wi[bt]a?)?"
)
_MONTH_FIRST = re.compile(
    r"([a-z]{3,})[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?:,?\s+(\d{1,2})[:.](\d{2}))?"
)
_YEAR = re.compile(
    r"(?P<about>±|\+/-|ca\.?|circa|sekitar|kira-kira|kurang lebih|about)?[\s.:]*"
    r"(?:(?:sejak|since|tahun|thn|th|year|est|mulai|dari|from|in)\b[\s.:]*)*"
    r"(?P<year>1[6-9]\d{2}|20\d{2}|(?P<grouped>[12][.,]\d{3}))\s*(?:m|masehi)?\.?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"(?:([a-z]{3,})|(0?[1-9]|1[0-2]))[\s\-/.,']+((?:19|20)\d{2})")
_NO_YEAR = Ask(
    "unclear_year",
    pair("Tahun berapa? Tulis satu tahun, misalnya 2012.", "Which year? Write one year, such as 2012."),
)


def _month_names() -> dict[str, int]:
    names = {
        "okt": 10,
        "agt": 8,
        "agust": 8,
        "ags": 8,
        "nop": 11,
        "nopember": 11,
        "pebruari": 2,
        "peb": 2,
        "sept": 9,
    }
    for language in ("id", "en"):
        for width in ("wide", "abbreviated"):
            names |= {fold(name): n for n, name in Locale(language).months["format"][width].items()}
    return names


def _weekday_names() -> frozenset[str]:
    names = {fold(n) for language in ("id", "en") for n in Locale(language).days["format"]["wide"].values()}
    return frozenset(names | {"ahad", "jum at"})


_MONTHS = _month_names()
_WEEKDAYS = _weekday_names()
_LONG_MONTHS = [name for name in _MONTHS if len(name) > 4]


def _month(word: str) -> int | None:
    return _MONTHS.get(word) or _MONTHS.get(nearest(word, _LONG_MONTHS) or "")


def _build(year: int, month: int, day: int, hour: str | None, minute: str | None) -> str | None:
    try:
        if hour is None or minute is None:
            return datetime.date(year, month, day).isoformat()
        return datetime.datetime(year, month, day, int(hour), int(minute)).isoformat(timespec="minutes")
    except ValueError:
        return None


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(",")
    if fold(first) in _WEEKDAYS:
        return rest.strip()
    word, _, rest = text.partition(" ")
    return rest.strip() if fold(word) in _WEEKDAYS else text


def date(text: str, context: Context) -> Outcome:
    """A day, with the time when one is given. ``03/07/2019`` is read day first, as Indonesia writes it, and
    where month and day could be swapped the reading says so; the year must have four digits."""
    text = _without_weekday(" ".join(text.casefold().split()))
    if match := _ISO.fullmatch(text):
        return _outcome(_build(int(match[1]), int(match[2]), int(match[3]), match[4], match[5]))
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match[1], _month(match[2]), match[3]
    elif match := _MONTH_FIRST.fullmatch(text):
        day, month, year = match[2], _month(match[1]), match[3]
    else:
        return _SERIAL if re.fullmatch(r"[2-6]\d{4}(?:\.\d+)?", text) else _BAD
    if month is None:
        return _BAD
    return _TWO_DIGITS if len(year) == 2 else _outcome(_build(int(year), month, int(day), match[4], match[5]))


def _numeric(match: re.Match[str]) -> Outcome:
    day, month, year = int(match[1]), int(match[2]), match[3]
    if len(year) == 2:
        return _TWO_DIGITS
    if month > 12 >= day:
        value = _build(int(year), day, month, match[4], match[5])
        return _outcome(value, value)
    value = _build(int(year), month, day, match[4], match[5])
    return _outcome(value, value if day <= 12 and day != month else None)


def _outcome(value: str | None, reading: str | None = None) -> Outcome:
    return Parsed(value, reading) if value else _BAD


def year(text: str, context: Context) -> Outcome:
    """A year of four digits between 1600 and 2099, alone,
    after ``sejak``/``since``, or out of a whole date."""
    if match := _YEAR.fullmatch(text.strip()):
        value = int(re.sub(r"[.,]", "", match["year"]))
        if not 1600 <= value < 2100:
            return _BAD_YEAR
        return Parsed(value, text if match["about"] or match["grouped"] else None)
    plain = " ".join(text.casefold().split())
    if (match := _MONTH_YEAR.fullmatch(plain)) and (match[2] or _month(match[1])):
        return Parsed(int(match[3]), text)
    found = date(text, context)
    if isinstance(found, Parsed):
        return Parsed(int(str(found.value)[:4]), text)
    if isinstance(found, Ask):
        return found
    if re.fullmatch(r"'?\d{2}|[a-z]{3,}[\s\-'.]*\d{2}", plain):
        return _TWO_DIGITS
    return _NO_YEAR if re.search(r"(?:19|20)\d{2}|\d+\s*(?:tahun|thn|th|year)", plain) else _BAD_YEAR
