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
_EXTENSION = re.compile(r"[\s,.(]*(?:ext(?:ension)?|pswt?|pesawat)[\s.:]*\d{1,5}\)?", re.IGNORECASE)
# The letter O for a zero, where digits follow it; after the last digit it may be anything.
_LETTER_ZERO = re.compile(r"(?<![^\W\d_])[oO](?=[\s.-]?\d{2})")
_MASKED = re.compile(r"\d[\s.-]*[xX*•?_#]{2,}|[xX*•?_#]{2,}[\s.-]*\d|(?:\d[\s.-]?){5}[oOxX*•?_#](?![^\W\d_])")
_FRACTION = re.compile(r"(?<![\d.])\d{6,}\.\d{1,2}(?!\d)")
_SHORT_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.link|bit\.ly|s\.id|linktr\.ee|tinyurl\.com|wa\.me/(?:message|qr))/\S*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\((?=[^()]*[^\W\d_])(?:[^()\d]*\d?){0,5}\)|\([^()\d]*\)")  # of at most five digits
_WHATSAPP = re.compile(r"\bwa\b|whats\s?app", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-–]*\d")
# A whole number and the last digits of the next one (``0812345678-79``): no group of one number is written so.
_LAST_DIGITS = re.compile(
    r"(?:(?<!\d)\d{9,13}\s*[-–]|(?:\d[\s.()-]{0,2}){9,}[/(])\s*\d{1,3}\s*\)?\s*(?:[,;/\n]|$)"
)

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


_MASKED_ASK = Ask(
    "masked_number",
    pair(
        "Sebagian angka nomor ini disamarkan atau bukan angka. Isi nomor lengkap.",
        "Some digits of this number are hidden or no digits. Enter it in full.",
    ),
)
_LINK_ASK = Ask(
    "link_without_number",
    pair(
        "Tautan ini tidak memuat nomor. Isi nomor teleponnya.",
        "This link does not hold the number. Enter the number itself.",
    ),
)
_WHICH_COUNTRY = Ask(
    "which_country",
    pair(
        "Nomor ini bisa nomor Indonesia atau nomor negara yang diwakili. Awali dengan + dan kode negara.",
        "This can be a number of Indonesia or of the country represented. Begin with + and the country code.",
    ),
)
_NOT_WHOLE = Ask(
    "number_not_whole",
    pair(
        "Sel ini memuat nomor yang tidak lengkap. Tulis setiap nomor lengkap, dipisah titik koma.",
        "A number in this cell is not whole. Write every number in full, separated by semicolons.",
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
    if digits.startswith("0062"):
        text = digits = "+" + digits[2:]
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


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The stretches of a cell that look like one number each, and whether WhatsApp is said beside them; words
    around them are remarks."""
    found: list[tuple[str, bool]] = []
    for part in _CUT.split(text):
        said = bool(_WHATSAPP.search(part))
        for piece in _NUMBER.findall(_REMARK.sub(" ", part)):
            found.extend((number, said) for number in _split_run(piece))
    if found and not any(said for _, said in found) and _WHATSAPP.search(text):
        return [(number, True) for number, _ in found]
    return found


def _split_run(piece: str) -> list[str]:
    """Two numbers with nothing but spaces or a dash between (``0812… 0813…``, ``0812…-0813…``) are two."""
    for gap, digits in ((r"\s+-?\s*", 7), (r"\s*[-–]\s*", 9)):
        parts = re.split(gap + r"(?=(?:\+?62|0)\d{2})", piece.strip())
        if len(parts) > 1 and all(sum(c.isdigit() for c in part) >= digits for part in parts):
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
    numbers: dict[str, dict[str, object]] = {}
    for link in _LINK.finditer(text):
        told = link[2] if link[2].startswith("0") else "+" + link[2]
        entry = _one(told, context.country, True)
        if entry is None:
            return _BAD
        numbers.setdefault(str(entry["number"]), entry)
    rest = _LINK.sub(" ; ", unquote(text) if "%" in text else text)
    plainer = _LETTER_ZERO.sub("0", _EXTENSION.sub(" ", _SHORT_LINK.sub(" ; ", rest)))
    if _LAST_DIGITS.search(plainer):
        return _NOT_WHOLE
    if _MASKED.search(plainer):
        return _MASKED_ASK
    pieces = [] if _FRACTION.search(plainer) else _pieces(plainer)
    if not pieces and not numbers:
        if _SHORT_LINK.search(rest):
            return _LINK_ASK
        return Parsed([]) if plainer.strip(" 0-'") == "" else _BAD
    unread: list[str] = []
    for piece, said in pieces:
        if re.search(r"0{5,}$", "".join(_DIGITS.findall(piece))):
            return _ROUNDED_ASK
        found = _of_guest(piece, context, said) if context.guest else _one(piece, context.country, said)
        if isinstance(found, Ask):
            return found
        if found is None:
            unread.append("".join(_DIGITS.findall(piece)))
            continue
        numbers.setdefault(str(found["number"]), found | {"whatsapp": found["whatsapp"] or context.whatsapp})
    if unread:
        if context.country == "ID" and all(re.fullmatch(r"[1-9]\d{4,7}", digits) for digits in unread):
            return _NO_AREA
        return _NOT_WHOLE if numbers or _one("".join(unread), context.country, False) else _BAD
    changed = plainer != rest and not _SHORT_LINK.search(rest)
    return Parsed(list(numbers.values()), ", ".join(numbers) if changed else None)


def _of_guest(text: str, context: Context, whatsapp: bool) -> dict[str, object] | Ask | None:
    """A number of somebody from abroad who sits in Indonesia: without a country it may be of either."""
    there, here = (_one(text, country, whatsapp) for country in (context.country, "ID"))
    if there and here and there["number"] != here["number"]:
        return _WHICH_COUNTRY
    return there or here
