"""Prices: rupiah and foreign currency, ranges, ``2 juta``, "from" prices, prices per unit."""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.numbers import NUMBER, RANGE, SCALE, SCALES, UNITS, decimal, plain
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed

SIGNS = {
    "rp": "IDR",
    "idr": "IDR",
    "rupiah": "IDR",
    "rupiahs": "IDR",
    "us$": "USD",
    "usd": "USD",
    "$": "USD",
    "dolar": "USD",
    "dollar": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "rm": "MYR",
    "myr": "MYR",
    "ringgit": "MYR",
    "s$": "SGD",
    "sgd": "SGD",
    "rmb": "CNY",
    "yuan": "CNY",
    "cny": "CNY",
    "a$": "AUD",
    "aud": "AUD",
    "baht": "THB",
    "thb": "THB",
    "peso": "PHP",
    "php": "PHP",
}
_CODES = frozenset(str(code).lower() for code in Locale("en").currencies)
# In running text only these codes count: others (ALL, TOP) are also words.
_MORE = [
    "aed",
    "bdt",
    "bnd",
    "cad",
    "chf",
    "egp",
    "hkd",
    "inr",
    "krw",
    "lak",
    "mad",
    "mmk",
    "nzd",
    "omr",
    "pgk",
    "pkr",
    "qar",
    "sar",
    "twd",
    "vnd",
    "zar",
]
_SIGN = (
    r"(?:us\$|s\$|a\$|[$€£¥]|(?<![a-z])(?:"
    + "|".join(sorted([*(sign for sign in SIGNS if sign.isalpha()), *_MORE], key=len, reverse=True))
    + r")(?![a-z]))"
)
_AMOUNT = re.compile(
    rf"(?P<before>{_SIGN})?[\s.]*(?P<number>(?:{NUMBER})(?:,-+|,=|\.-)?)\s*(?P<scale>(?:{SCALE}|m)(?![a-z]))?\s*(?P<after>{_SIGN})?",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FROM = re.compile(
    r"mulai(?:\s+dari)?|dari|start(?:s|ing)?(?:\s+(?:from|at))?|from|min(?:imal|imum)?\.?", re.IGNORECASE
)
_IDLE = re.compile(
    r"harga(?:nya)?|kisaran|sekitar|rata-rata|antara|price|about|±|:|=|@|,-|-$|\.$", re.IGNORECASE
)
_PER = re.compile(r"(?:/|\bper\b|\btiap\b|\beach\b)\s*(?P<unit>[^\W\d_][\w ]{0,30})$", re.IGNORECASE)
_NO_PRICE = re.compile(
    r"\b(?:bervariasi|variatif|variasi|bermacam|nego|negotiable|negosiasi|fleksibel|tergantung|menyesuaikan|"
    r"hubungi|by request|"
    r"on request|varies|menyusul)",
    re.IGNORECASE,
)

_BAD = Bad(
    "bad_price",
    pair(
        "Harga tidak terbaca. Contoh: Rp 25.000, Rp4.000 – Rp60.000, USD 3.50.",
        "The price cannot be read. Example: Rp 25,000 or USD 3.50.",
    ),
)
_SEVERAL = Ask(
    "several_prices",
    pair(
        "Ada beberapa harga dalam satu sel. Isi satu harga atau satu rentang untuk tiap produk.",
        "There are several prices in one cell. Enter one price or one range for each product.",
    ),
)
_WORDS = Ask(
    "unclear_price",
    pair(
        "Ada kata lain di samping harga. Isi harga saja.",
        "There are other words beside the price. Enter the price only.",
    ),
)
_SEPARATOR = Ask(
    "unclear_separator",
    pair(
        "Titik atau koma ini bisa berarti ribuan atau desimal. "
        "Tulis tanpa pemisah ribuan, misalnya 3500 atau 3.50.",
        "This dot or comma can mean thousands or decimals. Write 3500 or 3.50.",
    ),
)
NO_CURRENCY = Ask(
    "currency_unknown",
    pair(
        "Mata uang tidak disebut. Tulis misalnya Rp atau USD.", "The currency is not said. Write Rp or USD."
    ),
)
_ZERO = Parsed(None, "0")
# Currencies that the name of a column may say: other codes are also words.
_NAMED = frozenset({"IDR", "USD", "EUR", "MYR", "SGD", "JPY", "CNY", "AUD", "GBP"})


def currency(text: str, context: Context) -> Outcome:
    """An ISO 4217 code from a code, sign or name of a currency."""
    code = currency_of(text)
    if code:
        return Parsed(code)
    return Bad(
        "unknown_currency",
        pair("Mata uang tidak dikenal. Contoh: IDR, USD.", "Unknown currency. Example: IDR, USD."),
    )


def currency_of(text: str) -> str | None:
    """The ISO 4217 code a sign, code or name stands for, or ``None``."""
    key = text.strip().strip(".").lower()
    return SIGNS.get(key) or (key.upper() if key in _CODES else None)


@lru_cache(maxsize=1024)
def currency_named(column: str) -> str | None:
    """The currency a column's name says: ``Harga (Rp)``, ``Price USD``."""
    words = re.findall(r"[A-Za-z]+\$|[A-Za-z]+|[$€£¥]", column)
    return next((code for code in map(currency_of, words) if code in _NAMED), None)


def price(text: str, context: Context) -> Outcome:
    """``{min, max, currency, unit}``: amounts as plain decimal text, ``max`` ``None`` for "from", equal to
    ``min`` for one price; ``currency`` and ``unit`` ``None`` when the cell does not say. Words that mean
    "no fixed price" give no value."""
    body = _REMARK.sub(" ", text).strip()
    matches = list(_AMOUNT.finditer(body))
    if not matches:
        return Parsed(None, text) if _NO_PRICE.search(text) else _BAD
    if body.lstrip().startswith("-"):
        return _BAD
    if len(matches) > 2:
        return _SEVERAL
    if re.match(r"\s*[<>≤≥]", body):
        return _WORDS
    if len(matches) == 2 and not re.fullmatch(
        RANGE, body[matches[0].end() : matches[1].start()], re.IGNORECASE
    ):
        return _SEVERAL
    head, tail = body[: matches[0].start()], body[matches[-1].end() :]
    unit, tail = _unit(tail)
    starts = bool(_FROM.search(head))
    rest = _IDLE.sub(" ", _FROM.sub(" ", head) + " " + tail)
    if re.search(r"\w", rest) and not _NO_PRICE.search(rest):
        return _WORDS
    return _amounts(matches, unit, starts)


def _unit(tail: str) -> tuple[str | None, str]:
    match = _PER.search(tail)
    if not match:
        return None, tail
    word = match["unit"].strip().lower()
    return UNITS.get(word, word), tail[: match.start()]


def _amounts(matches: list[re.Match[str]], unit: str | None, starts: bool) -> Outcome:
    signs = [currency_of(m[name]) for m in matches for name in ("before", "after") if m[name]]
    if None in signs:
        return _WORDS
    if len(set(signs)) > 1:
        return _SEVERAL
    code = signs[0] if signs else None
    scales = [(m["scale"] or "").lower() for m in matches]
    scales = [scale or scales[-1] for scale in scales]
    numbers: list[Decimal] = []
    for match, scale in zip(matches, scales, strict=True):
        number = _number(match["number"], code, scale)
        if number is None:
            return _BAD
        if isinstance(number, Ask):
            return number
        if code == "IDR" and number < 1000 and number != int(number):
            return _SEPARATOR  # rupiah have no decimals: ``Rp 12.5000`` is a slip
        numbers.append(number)
    if numbers[-1] == 0:
        return _ZERO
    if numbers[0] > numbers[-1]:
        return _BAD if matches[0]["scale"] or not scales[0] else _WORDS
    if numbers[-1] > Decimal(10) ** 15:
        return _BAD
    top = None if starts and len(numbers) == 1 else plain(numbers[-1])
    return Parsed({"min": plain(numbers[0]), "max": top, "currency": code, "unit": unit})


def _number(text: str, code: str | None, scale: str) -> Decimal | Ask | None:
    """Rupiah have no decimals, so both separators group; other currencies group with commas. A bare ``m`` is
    a thousand million in Indonesian and a million in English: asked."""
    text = re.sub(r"(,-+|,=|\.-)$", "", text)
    if scale == "m":
        return _WORDS
    if scale:
        number = decimal(text, dot_groups=False)
        return number if number is None or isinstance(number, Ask) else number.scaleb(SCALES[scale])
    if code in (None, "IDR"):
        return decimal(text, dot_groups=True, comma_groups=code == "IDR")
    number = decimal(text, dot_groups=False, comma_groups=True)
    return _SEPARATOR if isinstance(number, Ask) else number
