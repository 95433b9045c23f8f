"""Certificates and licences named in a register, and fairs a business has joined."""

import re

from ekspora.engines.registers.values import texts
from ekspora.engines.registers.values.outcome import Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold

_TYPES = (
    ("halal", r"\bhalal\b|\bmui\b|\bbpjph\b"),
    ("pirt", r"\bp ?irt\b|\bspp ?irt\b"),
    ("bpom", r"\bbpom\b|\bmd\b|\bml\b|\bna\d"),
    ("haccp", r"\bhaccp\b"),
    ("sni", r"\bsni\b"),
    ("iso", r"\biso\b"),
    ("trademark", r"\bmerek\b|\bmerk\b|\bhki\b|\bhaki\b|\btrademark\b"),
    ("organic", r"\borganik\b|\borganic\b"),
    ("svlk", r"\bsvlk\b|\bv ?legal\b"),
    ("gmp", r"\bgmp\b|\bcpmb\b|\bcppob\b"),
    ("skp", r"\bskp\b"),
    ("siup", r"\bsiup\b"),
    ("nib", r"\bnib\b"),
    ("iumk", r"\biumk\b"),
    ("tdp", r"\btdp\b"),
    ("tkdn", r"\btkdn\b"),
    ("slhs", r"\bslhs\b|\blaik\b"),
    ("ce", r"\bce\b"),
    ("fda", r"\bfda\b"),
    ("fairtrade", r"\bfair ?trade\b"),
    ("batikmark", r"\bbatik ?mark\b"),
    ("nkv", r"\bnkv\b"),
    ("gi", r"\bindikasi geografis\b"),
)
_NUMBER = re.compile(r"[A-Z]{0,4}[ .:-]*\d[\d ./-]{5,}[\dA-Z]|\d{6,}", re.IGNORECASE)


def certificates(text: str, context: Context) -> Outcome:
    """A list of ``{type, number, text}``; ``type`` is ``None`` where the certificate is not known by name,
    ``number`` where none is written. "belum ada" gives an empty list."""
    listed = texts.several(text, context)
    if not isinstance(listed, Parsed) or not isinstance(listed.value, list):
        return listed
    found = []
    for item in listed.value:
        key, number = fold(item), _NUMBER.search(item)
        kind = next((name for name, pattern in _TYPES if re.search(pattern, key)), None)
        found.append({"type": kind, "number": number[0].strip() if number else None, "text": item})
    return Parsed(found)


def fairs(text: str, context: Context) -> Outcome:
    """``{joined, names}``: whether fairs were joined, and those that are named. "ya" alone names none."""
    answer = texts.yes_no(text, context)
    if isinstance(answer, Parsed) and (answer.reading is None or answer.value is False):
        return Parsed({"joined": answer.value, "names": []})
    listed = texts.several(text, context)
    if not isinstance(listed, Parsed) or not isinstance(listed.value, list):
        return listed
    return Parsed({"joined": bool(listed.value), "names": listed.value})
