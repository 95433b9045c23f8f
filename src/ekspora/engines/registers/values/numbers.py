"""Numbers written the Indonesian and the English way, counts, quantities with unit, spans of time."""

import re
from decimal import Decimal
from functools import lru_cache

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold

NUMBER = r"\d{1,3}(?:[.,' \u00a0]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
RANGE = r"\s*(?:-|–|—|~|s\s?/\s?d|s\.d\.?|sd|sampai(?:\s+dengan)?|hingga|to|until)\s*"
SCALES = {
    "ribu": 3,
    "rb": 3,
    "rban": 3,
    "ribuan": 3,
    "k": 3,
    "thousand": 3,
    "juta": 6,
    "jt": 6,
    "jtan": 6,
    "jutaan": 6,
    "million": 6,
    "mio": 6,
    "miliar": 9,
    "milyar": 9,
    "mlyr": 9,
    "billion": 9,
    "bn": 9,
    "triliun": 12,
    "trilyun": 12,
    "trillion": 12,
}
SCALE = "|".join(sorted(SCALES, key=len, reverse=True))

BAD_NUMBER = Bad(
    "bad_number",
    pair(
        "Bukan angka. Tulis angkanya saja, misalnya 1.500 atau 12,5.",
        "Not a number. Write only the number, such as 1,500.",
    ),
)
ASK_SEPARATOR = Ask(
    "unclear_separator",
    pair(
        "Titik atau koma ini bisa berarti ribuan atau desimal. Tulis tanpa pemisah ribuan.",
        "This dot or comma can mean thousands or decimals. Write it without a thousands separator.",
    ),
)
ASK_RANGE = Ask(
    "range_given",
    pair(
        "Ada rentang, perlu satu angka. Isi satu angka saja.",
        "A range is given where one number is needed. Enter one number.",
    ),
)
_MONTHLY_ASK = Ask(
    "not_monthly",
    pair(
        "Kapasitas ditulis per hari atau minggu. Isi jumlah per bulan.",
        "Capacity is given per day or week. Enter the amount per month.",
    ),
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_PERIODS = {
    "hari": "day",
    "hr": "day",
    "day": "day",
    "days": "day",
    "minggu": "week",
    "mgg": "week",
    "pekan": "week",
    "week": "week",
    "weeks": "week",
    "bulan": "month",
    "bln": "month",
    "bl": "month",
    "month": "month",
    "months": "month",
    "tahun": "year",
    "thn": "year",
    "th": "year",
    "year": "year",
    "years": "year",
}
UNITS = {
    "kg": "kg",
    "kilo": "kg",
    "kilogram": "kg",
    "kgs": "kg",
    "g": "g",
    "gr": "g",
    "gram": "g",
    "ton": "t",
    "tons": "t",
    "t": "t",
    "tonne": "t",
    "tonnes": "t",
    "kuintal": "q",
    "kwintal": "q",
    "l": "l",
    "liter": "l",
    "ltr": "l",
    "litre": "l",
    "ml": "ml",
    "pcs": "pcs",
    "pc": "pcs",
    "pce": "pcs",
    "piece": "pcs",
    "pieces": "pcs",
    "buah": "pcs",
    "bh": "pcs",
    "biji": "pcs",
    "unit": "unit",
    "units": "unit",
    "pasang": "pair",
    "psg": "pair",
    "pair": "pair",
    "pairs": "pair",
    "lusin": "dozen",
    "lsn": "dozen",
    "dozen": "dozen",
    "kodi": "kodi",
    "gross": "gross",
    "meter": "m",
    "m": "m",
    "mtr": "m",
    "lembar": "sheet",
    "lbr": "sheet",
    "sheet": "sheet",
    "set": "set",
    "botol": "bottle",
    "btl": "bottle",
    "bottle": "bottle",
    "bottles": "bottle",
    "bungkus": "pack",
    "bks": "pack",
    "pack": "pack",
    "packs": "pack",
    "pak": "pack",
    "pck": "pack",
    "dus": "carton",
    "karton": "carton",
    "carton": "carton",
    "cartons": "carton",
    "ctn": "carton",
    "box": "box",
    "boks": "box",
    "toples": "jar",
    "jar": "jar",
    "jars": "jar",
    "ekor": "head",
    "porsi": "portion",
    "ikat": "bundle",
    "karung": "sack",
    "sak": "sack",
    "sack": "sack",
    "m2": "m2",
    "m3": "m3",
    "kubik": "m3",
    "stel": "set",
    "potong": "pcs",
    "ptg": "pcs",
}


@lru_cache(maxsize=65536)
def decimal(text: str, dot_groups: bool = True, comma_groups: bool = False) -> Decimal | Ask | None:
    """The number a text writes; ``None`` when it is none.

    With one separator before exactly three digits (``1.500``) the convention decides: a dot groups thousands
    when ``dot_groups``, a comma when ``comma_groups``, otherwise the question is returned. All other forms
    are unambiguous.
    """
    text = re.sub(r"[\s'\u00a0]", "", text).removesuffix("-").rstrip(".,")
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", text):
        return None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = max(text.rfind("."), text.rfind(","))
        whole, fraction = text[:last], text[last + 1 :]
        if text[last] in whole or not _grouped(whole):
            return None
        return Decimal(re.sub(r"[.,]", "", whole) + "." + fraction)
    if dots + commas > 1:
        return Decimal(re.sub(r"[.,]", "", text)) if _grouped(text) else None
    if dots + commas == 1 and _grouped(text):
        if dot_groups if dots else comma_groups:
            return Decimal(re.sub(r"[.,]", "", text))
        return ASK_SEPARATOR
    return Decimal(text.replace(",", "."))


def _grouped(text: str) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", text))


def plain(number: Decimal) -> str:
    """A number without exponent and idle zeros: ``1250000``, ``3.5``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_COUNT = re.compile(
    rf"(?P<about>±|\+/-|kurang lebih|sekitar|kira-kira|about|approx\.?|ca\.?|>|lebih dari)?"
    rf"\s*(?P<number>{NUMBER})"
    r"\s*(?:orang|org|karyawan|pekerja|tenaga kerja|people|persons?|employees|workers|staff)?\.?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()\d]*\)")
_WORDS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
_SEXES = r"(?:l|lk|laki(?:-laki)?|pria|p|pr|perempuan|wanita|m|f)"
_MEN_AND_WOMEN = re.compile(
    rf"(\d{{1,4}})\s*(?:orang\s*)?{_SEXES}\s*[,;/&+]?\s*(?:dan\s+)?(\d{{1,4}})\s*(?:orang\s*)?{_SEXES}",
    re.IGNORECASE,
)
_MEN_AND_WOMEN_BEFORE = re.compile(
    rf"{_SEXES}\s*[=:]?\s*(\d{{1,4}})\s*[,;/&+]?\s*{_SEXES}\s*[=:]?\s*(\d{{1,4}})", re.IGNORECASE
)
_COUNT_RANGE = re.compile(rf"(?:{NUMBER}){RANGE}(?:{NUMBER})\D*", re.IGNORECASE)


def count(text: str, context: Context) -> Outcome:
    """A whole number of people or things: ``12 orang``; "about" is kept as a reading, a range is asked."""
    plain_text = " ".join(_REMARK.sub(" ", text).split())
    if fold(plain_text) in _WORDS:
        number = _WORDS.index(fold(plain_text))
        return Parsed(number, str(number))
    if both := _MEN_AND_WOMEN.fullmatch(plain_text) or _MEN_AND_WOMEN_BEFORE.fullmatch(plain_text):
        return Parsed(int(both[1]) + int(both[2]), f"{both[1]} + {both[2]}")
    match = _COUNT.fullmatch(plain_text)
    if not match:
        return ASK_RANGE if _COUNT_RANGE.fullmatch(text.strip()) else BAD_NUMBER
    found = decimal(match["number"], comma_groups=True)
    if isinstance(found, Ask):
        return found
    if found is None or found != int(found) or found > 10_000_000:
        return BAD_NUMBER
    return Parsed(int(found), f"± {found}" if match["about"] else None)


def unit(text: str, context: Context) -> Outcome:
    """A unit of measure as a code where it is known (``pasang`` → ``pair``), else the text itself. A currency or
    people are units of some other column's figures."""
    key = fold(text)
    if key in ("rupiah", "rp", "idr", "usd", "orang", "org", "persen", "ribu rupiah", "juta rupiah"):
        return Parsed(None, text)
    return Parsed(UNITS.get(key, text.strip().lower()[:40].strip()))


_QUANTITY = re.compile(
    rf"(?:min(?:imal|imum|\.)?|moq|±|sekitar)?\s*:?\s*(?P<number>{NUMBER})\s*(?P<scale>{SCALE})?\b\s*"
    r"(?P<unit>[^\W\d_]+[23]?)?\s*(?:(?:/|per|setiap|tiap|se|each|a)\s*(?P<period>[^\W\d_]+))?\.?",
    re.IGNORECASE,
)


def quantity(text: str, context: Context) -> Outcome:
    """An amount with its unit: ``{amount, unit}`` (unit may be ``None``). ``2 ton/bulan`` and ``24 t per
    year`` are amounts per month, a period in the column's name counts where the cell says none; per day or
    week is asked, for it depends on the working days."""
    match = _QUANTITY.fullmatch(text.strip())
    if not match:
        return ASK_RANGE if _COUNT_RANGE.fullmatch(text.strip()) else BAD_NUMBER
    number = decimal(match["number"])
    if number is None:
        return BAD_NUMBER
    if isinstance(number, Ask):
        return number
    scale = match["scale"]
    number = number.scaleb(SCALES[scale.lower()] if scale else context.scale)
    word, period = (match["unit"] or "").lower(), _PERIODS.get((match["period"] or "bulan").lower())
    if match["period"] is None and context.period:
        period = "day" if context.period == "other" else context.period
    if word in _PERIODS:
        word, period = "", _PERIODS[word]
    if period is None:
        return BAD_NUMBER
    if period in ("day", "week"):
        return _MONTHLY_ASK
    reading = None
    if period == "year":
        number, reading = (number / 12).quantize(Decimal("0.01")), f"{plain(number)} / 12"
    return Parsed({"amount": plain(number), "unit": UNITS.get(word, word or None)}, reading)


_SPAN = re.compile(
    rf"(?:(?P<low>{NUMBER}){RANGE})?(?P<number>{NUMBER})\s*(?P<unit>[^\W\d_]+)?(?:\s+kerja)?\.?",
    re.IGNORECASE,
)
_BAD_SPAN = Bad(
    "bad_time_span",
    pair(
        "Tulis angka dan satuan waktu, misalnya 14 hari atau 6 bulan.",
        "Write a number and a unit of time, such as 14 days or 6 months.",
    ),
)


def days(text: str, context: Context) -> Outcome:
    """A span of time in days (a week is 7, a month 30, a year 365); of a range the longest, kept as a
    reading."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        return _BAD_SPAN
    number, period = decimal(match["number"]), _PERIODS.get((match["unit"] or "hari").lower())
    if number is None or isinstance(number, Ask) or period is None:
        return _BAD_SPAN
    total = int(number * _DAYS[period])
    if total > 36_500:
        return _BAD_SPAN
    return Parsed(total, text.strip() if match["low"] or period in ("month", "year") else None)
