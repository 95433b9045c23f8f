"""Telephone numbers: several in a cell, ``wa.me`` links, numbers a spreadsheet destroyed."""

import re
from functools import lru_cache
from urllib.parse import unquote

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed

_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/(?:send)?/?\?(?:[^\s,;]*?&)?phone=)"
    r"(\+|%2B)?(\d{7,15})[^\s,;]*",
    re.IGNORECASE,
)
_DESTROYED = re.compile(r"[+-]?\d+(?:[.,]\d+)?\s?[eE]\s?[+-]?\d+")
_PLAIN_MOBILE = re.compile(r"(?:\+?62|0)?(8\d+)")
_CUT = re.compile(r"[,;/\n\r|&]|\b(?:dan|atau|and|or)\b", re.IGNORECASE)
_REMARK = re.compile(r"\([^()\d]*\)")
_WHATSAPP = re.compile(r"\bwa\b|whats\s?app", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-–]*\d")

_DESTROYED_ASK = Ask(
    "destroyed_number",
    pair(
        "Angka ini dirusak lembar kerja (digit terakhir hilang). Isi nomor lengkap, kolom berformat Teks.",
        "A spreadsheet destroyed this number (its last digits are "
        "lost). Enter it in full, in a column formatted as Text.",
    ),
)
_ROUNDED_ASK = Ask(
    "rounded_number",
    pair(
        "Nomor ini berakhir dengan banyak nol, mungkin dibulatkan lembar kerja. Pastikan nomornya.",
        "This number ends in many zeros and may have been rounded by a spreadsheet. Confirm the number.",
    ),
)
_BAD = Bad(
    "bad_phone",
    pair(
        "Bukan nomor telepon yang sah. Contoh: 0812-3456-7890 "
        "atau +62 812 3456 7890; nomor luar negeri dengan +.",
        "Not a valid telephone number. Example: 0812-3456-7890 or +62 812 3456 7890; numbers abroad with +.",
    ),
)


_NO_AREA = Ask(
    "no_area_code",
    pair(
        "Nomor telepon rumah tanpa kode area. Tambahkan kode area, misalnya 0335.",
        "A landline number without its area code. Add the code, such as 0335.",
    ),
)


def is_destroyed(text: str) -> bool:
    """Whether a spreadsheet wrote this number in powers of ten (``8.52E+10``), so that digits are lost."""
    return bool(_DESTROYED.fullmatch(text.strip().strip("'")))


@lru_cache(maxsize=1)
def _indonesian_mobile() -> re.Pattern[str]:
    rules = PhoneMetadata.metadata_for_region("ID")
    assert rules is not None
    assert rules.mobile is not None
    assert rules.mobile.national_number_pattern is not None
    return re.compile(rules.mobile.national_number_pattern)


def _entry(number: str, mobile: bool, whatsapp: bool) -> dict[str, object]:
    return {"number": number, "mobile": mobile, "whatsapp": whatsapp}


def _one(text: str, country: str, whatsapp: bool) -> dict[str, object] | None:
    digits = re.sub(r"[\s().\-–]", "", text)
    plain = _PLAIN_MOBILE.fullmatch(digits) if country == "ID" else None
    if plain and _indonesian_mobile().fullmatch(plain[1]):
        return _entry("+62" + plain[1], True, whatsapp)
    if country == "ID" and digits.startswith(("62", "+62")):
        text = "+62" + digits.removeprefix("+")[2:].removeprefix("0")
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = phonenumbers.number_type(number)
    mobile = kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return _entry(phonenumbers.format_number(number, PhoneNumberFormat.E164), mobile, whatsapp)


def _pieces(text: str) -> list[str]:
    """The stretches of a cell that look like one number each; words around them are remarks."""
    found: list[str] = []
    for part in _CUT.split(_REMARK.sub(" ", text)):
        for piece in _NUMBER.findall(part):
            found.extend(_split_run(piece))
    return found


def _split_run(piece: str) -> list[str]:
    """Two numbers with nothing but spaces or a dash between (``0812… 0813…``) are two."""
    parts = re.split(r"\s+-?\s*(?=(?:\+62|0)\d{2})", piece.strip())
    if len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 7 for part in parts):
        return parts
    return [piece]


def phones(text: str, context: Context) -> Outcome:
    """All numbers of a cell: a list of ``{number: E.164, mobile, whatsapp}``.

    Numbers without a country are read as ``context.country``'s. An Indonesian mobile number whose leading
    zero a spreadsheet ate is still unambiguous; one in powers of ten or rounded to zeros is asked, never
    guessed.
    """
    plain = _PLAIN_MOBILE.fullmatch(text) if context.country == "ID" else None
    if plain and _indonesian_mobile().fullmatch(plain[1]) and not plain[1].endswith("00000"):
        return Parsed([_entry("+62" + plain[1], True, context.whatsapp)])
    if is_destroyed(text) or any(is_destroyed(part) for part in _CUT.split(text)):
        return _DESTROYED_ASK
    whatsapp = context.whatsapp or bool(_WHATSAPP.search(text))
    numbers: dict[str, dict[str, object]] = {}
    rest = text
    for link in _LINK.finditer(text):
        entry = _one(
            "+" + link[2].removeprefix("0") if not link[2].startswith("0") else link[2], context.country, True
        )
        if entry is None:
            return _BAD
        numbers.setdefault(str(entry["number"]), entry)
    rest = _LINK.sub(" ; ", unquote(rest) if "%" in rest else rest)
    pieces = _pieces(rest)
    if not pieces and not numbers:
        return Parsed([]) if rest.strip(" 0-'") == "" else _BAD
    for piece in pieces:
        if re.search(r"0{5,}$", "".join(_DIGITS.findall(piece))):
            return _ROUNDED_ASK
        entry = _one(piece, context.country, whatsapp)
        if entry is None:
            digits = "".join(_DIGITS.findall(piece))
            return _NO_AREA if context.country == "ID" and re.fullmatch(r"[1-9]\d{4,7}", digits) else _BAD
        numbers.setdefault(str(entry["number"]), entry)
    return Parsed(list(numbers.values()))
