"""Numbers that name things: NIB, NPWP, HS code, KBLI. They are text; a leading zero belongs to them."""

import re

from lokal import parse_npwp

from ekspora.engines.registers.errors import Text, pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.values.phones import is_destroyed
from ekspora.engines.registers.wording import fold

NONE_YET = re.compile(
    r"\b(belum|proses|pengurusan|pengajuan|tidak|tdk|blm|tanpa|not yet|in process|in progress|"
    r"pending|diurus|diajukan|diproses)\b"
)
_WITH_WORDS = re.compile(
    r"(?P<code>(?:hs\s*(?:code)?[\s:.]*)?\d[\d.]{3,})\s*[-–:(,]\s*[^\W\d_][^\d]*", re.IGNORECASE
)
_TICKED = frozenset(
    {"x", "ya", "y", "yes", "ada", "sudah", "sdh", "punya", "true", "sudah ada", "aktif", "v", "✓", "✔", "√"}
)
_NOT_WRITTEN = Ask(
    "number_not_written",
    pair(
        "Ada, tetapi nomornya tidak tertulis. Isi nomornya.",
        "There is one, but its number is not written. Enter the number.",
    ),
)
_OTHERS = re.compile(r"\b(?:siup|iumk|tdp|izin|ijin|legalitas|npwp|pirt|skdu|sku)\b")
_OTHER_NUMBER = Ask(
    "other_number",
    pair(
        "Ini bukan NIB, mungkin nomor izin lain. Isi NIB 13 angka bila ada.",
        "This is no NIB, perhaps the number of another licence. Enter the NIB of 13 digits if there is one.",
    ),
)
_LABEL = re.compile(r"^\s*(nib|npwp|hs|kbli|no|nomor|kode|code)\b[\s.:]*", re.IGNORECASE)


def _destroyed(id: str, en: str) -> Ask:
    return Ask(
        "destroyed_number",
        pair(
            f"Angka ini dirusak lembar kerja. Isi {id} lengkap, kolom berformat Teks.",
            f"A spreadsheet destroyed this number. Enter the whole {en}, in a column formatted as Text.",
        ),
    )


def _lost_zero(id: str, en: str) -> Ask:
    return Ask(
        "lost_zero",
        pair(
            f"Kurang satu angka, mungkin nol di depan hilang. Isi {id} lengkap, kolom berformat Teks.",
            "One digit is missing, perhaps the leading zero. "
            f"Enter the whole {en}, in a column formatted as Text.",
        ),
    )


_NIB_ASK, _NIB_ZERO = (
    _destroyed("NIB 13 angka", "NIB of 13 digits"),
    _lost_zero("NIB 13 angka", "NIB of 13 digits"),
)
_NPWP_ASK = _destroyed("NPWP", "NPWP")
_HS_ASK, _HS_ZERO = _destroyed("kode HS", "HS code"), _lost_zero("kode HS", "HS code")
_KBLI_ZERO = _lost_zero("kode KBLI 5 angka", "KBLI code of 5 digits")


def _digits(text: str) -> str | None:
    """The digits of an identifier written with dots, dashes
    or spaces; ``None`` when there is anything else."""
    compact = re.sub(r"[\s.\-–'\u00a0]", "", _LABEL.sub("", text))
    return compact if compact.isascii() and compact.isdigit() else None


def _bad(code: str, remedy: Text) -> Bad:
    return Bad(code, remedy)


def nib(text: str, context: Context) -> Outcome:
    """A business number of 13 digits. "In process" and the like mean that there is none yet."""
    if is_destroyed(text):
        return _NIB_ASK
    digits = _digits(text)
    if digits is None and NONE_YET.search(fold(text)):
        return Parsed(None, text)
    if digits and len(digits) == 13:
        return Parsed(digits)
    if digits is None and ((fold(text) or text.strip()) in _TICKED or len(fold(text)) == 1):
        return _NOT_WRITTEN
    if digits and len(digits) == 12:
        return _NIB_ZERO
    if _OTHERS.search(fold(context.heading)) and any(map(str.isdigit, text)):
        return _OTHER_NUMBER
    return _bad("bad_nib", pair("NIB harus 13 angka.", "A NIB has 13 digits."))


def npwp(text: str, context: Context) -> Outcome:
    """A tax number in its form of 16 digits; the old form of 15 is completed. Checked by its rules, not by
    any register."""
    if is_destroyed(text):
        return _NPWP_ASK
    digits = _digits(text)
    if digits is None and NONE_YET.search(fold(text)):
        return Parsed(None, text)
    if digits is None and (fold(text) or text.strip()) in _TICKED:
        return _NOT_WRITTEN
    found = parse_npwp(digits) if digits else None
    if found and found.valid and found.npwp16:
        return Parsed(found.npwp16)
    return _bad(
        "bad_npwp", pair("NPWP harus 15 atau 16 angka yang sah.", "An NPWP has 15 or 16 valid digits.")
    )


def hs(text: str, context: Context) -> Outcome:
    """An HS code of 4, 6, 8 or 10 digits without dots, as text. An odd number of digits means that a leading
    zero may be lost: asked. Only the chapter is checked here (01 to 97 without 77, kept free by the
    nomenclature)."""
    if is_destroyed(text):
        return _HS_ASK
    coded = _WITH_WORDS.fullmatch(text.strip())
    digits = _digits(coded["code"] if coded else text)
    if digits and len(digits) in (4, 6, 8, 10) and 1 <= int(digits[:2]) <= 97 and digits[:2] != "77":
        return Parsed(digits, digits if coded else None)
    if digits and len(digits) in (3, 5, 7, 9):
        return _HS_ZERO
    return _bad(
        "bad_hs",
        pair(
            "Kode HS terdiri dari 4, 6 atau 8 angka, misalnya 0901.21.",
            "An HS code has 4, 6 or 8 digits, such as 0901.21.",
        ),
    )


def kbli(text: str, context: Context) -> Outcome:
    """KBLI codes of 5 digits, as a list; what follows a code in words is left out."""
    codes: list[str] = []
    for part in re.split(r"[,;/\n&]|\bdan\b", text):
        digits = re.match(r"\s*(?:kbli)?\s*[:.]?\s*[A-U]?(\d+)(?!\d)", part, re.IGNORECASE)
        if digits and len(digits[1]) == 5:
            codes.append(digits[1])
        elif digits and len(digits[1]) == 4:
            return _KBLI_ZERO
        elif digits or not codes:
            return _bad("bad_kbli", pair("Kode KBLI terdiri dari 5 angka.", "A KBLI code has 5 digits."))
    return Parsed(codes)
