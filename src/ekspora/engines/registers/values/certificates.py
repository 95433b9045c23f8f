"""Certificates and licences named in a register, and fairs a business has joined."""

import re

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values import texts
from ekspora.engines.registers.values.identifiers import NONE_YET
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.wording import clean, fold

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


_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_WHICH = Ask(
    "which_certificate",
    pair(
        "Sertifikat apa? Tulis namanya, misalnya Halal.", "Which certificate? Write its name, such as Halal."
    ),
)


def certificates(text: str, context: Context) -> Outcome:
    """A list of ``{type, number, text}``; ``type`` is ``None`` where the certificate is not known by name,
    ``number`` where none is written. "belum ada" gives an empty list. A bare "ada" or a bare number in a column
    ``PIRT`` is that certificate."""
    named = _types(context.heading)
    of_column = named[0] if len(named) == 1 else None
    answer = texts.yes_no(text, context)
    if fold(text) == "x" or (isinstance(answer, Parsed) and answer.value and answer.reading is None):
        if of_column is None or fold(text) == "x":
            return _WHICH
        return Parsed(
            [{"type": of_column, "number": None, "text": _BRACKETS.sub("", clean(context.heading))[:200]}]
        )
    listed = texts.several(text, context)
    if not isinstance(listed, Parsed) or not isinstance(listed.value, list):
        return listed
    if isinstance(answer, Parsed) and answer.value is False and answer.reading is None:
        return Parsed([])
    if len(fold(text)) == 1:
        return _WHICH  # ``T``: tidak, or true
    found = []
    for item in listed.value:
        if NONE_YET.search(fold(item)):
            continue
        number, types = _NUMBER.search(item), _types(item)
        kind = types[0] if types else of_column if number else None
        found.append({"type": kind, "number": number[0].strip() if number else None, "text": item})
    return Parsed(found, None if len(found) == len(listed.value) else clean(text))


def _types(text: str) -> list[str]:
    key = fold(text)
    return [name for name, pattern in _TYPES if re.search(pattern, key)]


def fairs(text: str, context: Context) -> Outcome:
    """``{joined, names}``: whether fairs were joined, and those that are named. "ya" alone names none."""
    answer = texts.yes_no(text, context)
    if isinstance(answer, Parsed) and (answer.reading is None or answer.value is False):
        return Parsed({"joined": answer.value, "names": []})
    listed = texts.several(text, context)
    if not isinstance(listed, Parsed) or not isinstance(listed.value, list):
        return listed
    return Parsed({"joined": bool(listed.value), "names": listed.value})
