"""Yearly sales and capital in whole rupiah, from which the size of a business follows.

A figure is ``{amount, year}`` or, for capital, ``{amount, on}``; year and day are ``None`` where nobody says them.
What a column's name says of its figures (period, scale, year) comes with the ``Context``.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values import dates, money
from ekspora.engines.registers.values.numbers import SCALES, plain
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.values.phones import is_destroyed
from ekspora.engines.registers.wording import fold

LARGEST = Decimal(10) ** 15
# Less than this a year is no business but a number whose unit nobody wrote.
_SMALLEST = 100_000
_PERIODS = {
    "month": "bulan, bln, bl, bulanan, perbulan, sebulan, month, monthly",
    "year": "tahun, thn, th, tahunan, pertahun, setahun, year, yearly, annual, annually",
    "other": "hari, harian, perhari, sehari, minggu, mingguan, perminggu, day, daily, week, weekly, "
    "triwulan, semester, kuartal, quarter",
}
_PERIOD_OF = {word.strip(): period for period, words in _PERIODS.items() for word in words.split(",")}
_SCALE_OF = {**SCALES, "jutaan": 6, "miliaran": 9, "milyaran": 9, "millions": 6, "thousands": 3}
# ``Nilai (Rp.000)``: the zeros that were left away in every cell.
_THOUSANDS = re.compile(
    r"(?:rp\.?\s*|[(x.,]\s*|dalam\s+)[.,]?000(?!\d)|\b1[.,]?000(?=\s*\)|$)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_SPOKEN = re.compile(
    r"(?:/|\bper\b|\btiap\b|\bsetiap\b|\bse(?=bulan|tahun|hari|minggu))\s*([^\W\d_]+)", re.IGNORECASE
)
_PERIOD_ASK = Ask(
    "period_unknown",
    pair(
        "Omzet per bulan atau per tahun? Tulis pada judul kolom, atau pilih bidangnya.",
        "Sales by the month or by the year? Say it in the column's name, or choose the field.",
    ),
)
_OTHER_PERIOD_ASK = Ask(
    "other_period",
    pair(
        "Omzet ditulis per hari, minggu, atau triwulan. Isi jumlah per tahun.",
        "Sales are given by the day, week or quarter. Enter the amount per year.",
    ),
)
_UNIT_ASK = Ask(
    "unclear_scale",
    pair(
        "Jumlah ini tidak wajar; mungkin satuannya ribu atau juta. Tulis lengkap, misalnya Rp 250.000.000.",
        "This amount is not plausible in rupiah; it may be thousands or millions. Write it out, e.g. Rp 250,000,000.",
    ),
)
_RANGE_ASK = Ask(
    "range_given",
    pair(
        "Ada rentang atau batas, perlu satu angka. Isi satu jumlah dalam rupiah.",
        "A range or limit is given where one number is needed. Enter one amount in rupiah.",
    ),
)
_DESTROYED = Ask(
    "destroyed_number",
    pair(
        "Lembar kerja membulatkan angka ini. Isi jumlah lengkapnya.",
        "A spreadsheet rounded this number. Enter the whole amount.",
    ),
)
_CURRENCY_ASK = Ask(
    "not_rupiah",
    pair("Jumlah ini bukan rupiah. Isi dalam rupiah.", "This amount is not in rupiah. Enter it in rupiah."),
)
_LIMIT = re.compile(
    r"^\s*(?:[<>≤≥]|=<|>=|kurang dari|lebih dari|di ?atas|di ?bawah|maks|min\b|s/d|hingga|up to|over)", re.I
)


@lru_cache(maxsize=1024)
def told_by(header: str) -> Context:
    """What the name of a column says of the figures in it: ``Omzet 2023 (juta Rp/bulan)``."""
    words = fold(header).split()
    found = {_PERIOD_OF[word] for word in words if word in _PERIOD_OF}
    year = _YEAR.search(header)
    if _THOUSANDS.search(header):
        words.append("ribu")
    period = "other" if "other" in found else "month" if "month" in found else "year" if found else ""
    scale = max((_SCALE_OF[word] for word in words if len(word) > 1 and word in _SCALE_OF), default=0)
    return Context(period=period, scale=scale, year=int(year[0]) if year else 0, heading=header)


def sales(text: str, context: Context) -> Outcome:
    """Yearly sales where column or cell say the period; by the month they are taken twelve times."""
    return _sales(text, context, "year" if context.year and not context.period else context.period)


def yearly_sales(text: str, context: Context) -> Outcome:
    """Sales of a year, unless the cell says that they are a month's."""
    return _sales(text, context, "year")


def monthly_sales(text: str, context: Context) -> Outcome:
    """Sales of a month, unless the cell says otherwise; twelve months make the year."""
    return _sales(text, context, "month")


def _sales(text: str, context: Context, period: str) -> Outcome:
    spoken = _SPOKEN.search(text)
    said = _PERIOD_OF.get(fold(spoken[1]), "") if spoken else ""
    year = _YEAR.search(text) if re.search(r"tahun|thn|year|\(", text, re.IGNORECASE) else None
    body = text[: spoken.start()] + text[spoken.end() :] if said and spoken else text
    if year:
        body = re.sub(rf"\(?\s*(?:tahun|thn|year|in|pada)?\s*{year[0]}\s*\)?", " ", body, flags=re.IGNORECASE)
    period = said or period
    found = amount(body, context)
    if not isinstance(found, Decimal):
        return found
    if period != "year" and period != "month":
        return _OTHER_PERIOD_ASK if period else _PERIOD_ASK
    whole = found * 12 if period == "month" else found
    if not _SMALLEST <= whole < LARGEST:
        return _UNIT_ASK
    value = {"amount": plain(whole), "year": int(year[0]) if year else context.year or None}
    return Parsed(value, f"{plain(found)} × 12" if period == "month" else _as_read(found, context))


def capital(text: str, context: Context) -> Outcome:
    """Capital, with the day it stood at where the column's name says one; a year alone means its end."""
    found = amount(text, context)
    if not isinstance(found, Decimal):
        return found
    if not _SMALLEST <= found < LARGEST:
        return _UNIT_ASK
    return Parsed({"amount": plain(found), "on": _day(context)}, _as_read(found, context))


def export_value(text: str, context: Context) -> Outcome:
    """What was sold abroad, ``{amount, currency}``; the currency as the cell or the column's name says it."""
    found = _DESTROYED if is_destroyed(text) else money.price(text, context)
    if not isinstance(found, Parsed) or found.value is None:
        return found
    price = dict(found.value)  # type: ignore[call-overload]  # price gives a dict or None
    if price["max"] != price["min"]:
        return _RANGE_ASK
    code = price["currency"] or money.currency_named(context.heading)
    if code is None:
        return money.NO_CURRENCY
    value = Decimal(price["min"])
    if context.scale and not has_scale(text):
        value = value.scaleb(context.scale)
    return Parsed({"amount": plain(value), "currency": code}) if value < LARGEST / 100 else _UNIT_ASK


def price_in(text: str, price: Mapping[str, Any], told: Context) -> dict[str, str | None]:
    """The amounts of a price in a column that says thousands or millions (``Harga (Rp ribu)``), else nothing."""
    if not told.scale or has_scale(text):
        return {}
    return {key: price[key] and plain(Decimal(price[key]).scaleb(told.scale)) for key in ("min", "max")}


def unlikely(price: Mapping[str, Any], said: str) -> Ask | None:
    """The question about a price of a few rupiah, or of parts of one, in a cell that does not say rupiah itself."""
    if price["currency"] != "IDR" or money.currency_named(said):
        return None
    low = Decimal(price["min"])
    return _UNIT_ASK if low < 50 or (low < 1000 and low != int(low)) else None


def amount(text: str, context: Context) -> Outcome | Decimal:
    """One amount of rupiah out of a cell, brought to whole rupiah by what the column's name says."""
    if is_destroyed(text):
        return _DESTROYED
    limited = _LIMIT.match(text)
    found = money.price(_LIMIT.sub("", text), context)
    if not isinstance(found, Parsed):
        return found
    if found.value is None:
        return Parsed(None, found.reading)
    price = dict(found.value)  # type: ignore[call-overload]  # price gives a dict or None
    if limited or price["max"] != price["min"]:
        return _RANGE_ASK
    if price["currency"] not in (None, "IDR"):
        return _CURRENCY_ASK
    value = Decimal(price["min"])
    if context.scale and not has_scale(text):
        if value >= 10**6:  # whole rupiah in a column that says millions: the one or the other is wrong
            return _UNIT_ASK
        value = value.scaleb(context.scale)
    return value.to_integral_value()


def has_scale(text: str) -> bool:
    """Whether a cell itself says thousands or millions, so that the column's name adds nothing."""
    return any(word in _SCALE_OF for word in fold(re.sub(r"\d", " ", text)).split())


def _as_read(found: Decimal, context: Context) -> str | None:
    return plain(found) if context.scale else None


@lru_cache(maxsize=1024)
def _day(context: Context) -> str | None:
    after = re.split(r"\bper\b", context.heading, maxsplit=1, flags=re.IGNORECASE)[-1]
    for text in (re.sub(r"\([^)]*\)", " ", after), re.sub(r"[()]", " ", after)):
        found = dates.date(text.strip(), context)
        if isinstance(found, Parsed):
            return str(found.value)[:10]
    return f"{context.year}-12-31" if context.year else None
