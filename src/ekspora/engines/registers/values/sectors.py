"""The sectors a business can be in, as data, and how a register's categories are read as sectors."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ekspora.engines.registers.data import load
from ekspora.engines.registers.errors import Text, pair
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.values.texts import several, size_named
from ekspora.engines.registers.wording import fold, nearest


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: stable code, label in both languages, words by which registers call it."""

    code: str
    label: Text
    words: str


def _all() -> tuple[Sector, ...]:
    table = load("sectors")["sectors"]
    return tuple(Sector(code, row["label"], row["words"]) for code, row in table.items())


SECTORS = _all()
_CUT = re.compile(r"[,;/\n|&+]|\b(?:dan|and|serta)\b")
_STRONG = {"fishery"}
_IDLE = frozenset(load("sectors")["idle"]["words"].split())


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words = {word.replace("_", " "): sector.code for sector in SECTORS for word in sector.words.split()}
    words |= {fold(text): s.code for s in SECTORS for text in (*s.label.values(), s.code)}
    return words


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    return frozenset(load("sectors")["other"]["words"].split())


@lru_cache(maxsize=4096)
def _part(text: str) -> tuple[set[str], bool, str | None]:
    """The sectors one part of a category names, whether it is understood at all, and the correction of a
    slip."""
    key = fold(text)
    words = _words()
    if key in words:
        return {words[key]}, True, None
    codes, known, reading = set[str](), False, None
    tokens = key.split()
    for i, token in enumerate(tokens):
        two = " ".join(tokens[i : i + 2])
        if two in words or token in words:
            codes.add(words[two] if two in words else words[token])
        elif token in _others() or token in _IDLE:
            known = True
        elif near := nearest(token, [*words, *_others()]):
            reading, known = near, True
            codes |= {words[near]} if near in words else set()
    return (codes & _STRONG or codes), known or bool(codes), reading


def sectors(text: str, context: Context) -> Outcome:
    """The sectors a category names, as a list of codes in the order of ``SECTORS``.

    ``ANEKA OLAHAN IKAN`` is fishery although processing food is culinary: fish decides. Categories known to
    be none of the sectors (trade, services) give an empty list; slips (``Kulener``) are read and said; a
    sentence, an unknown word or a size (``Mikro``) is asked.
    """
    codes, understood, reading = set[str](), False, None
    if len(text.split()) <= 8 and not size_named(text):
        for part in _CUT.split(text.casefold()):
            found, known, corrected = _part(part)
            codes |= found
            understood |= known
            reading = reading or corrected
    if not understood:
        listed = {language: ", ".join(s.label[language] for s in SECTORS) for language in ("id", "en")}
        return Ask(
            "unknown_sector",
            pair(f"Sektor tidak dikenal. Pilih: {listed['id']}.", f"Unknown sector. Choose: {listed['en']}."),
        )
    return Parsed([s.code for s in SECTORS if s.code in codes], reading)


def interests(text: str, context: Context) -> Outcome:
    """``{sectors, words}``: the sectors an interest names and its own words. Words without a sector stay
    words."""
    found = sectors(text, context)
    listed = several(text, context)
    if not isinstance(listed, Parsed):
        return listed
    return Parsed({"sectors": found.value if isinstance(found, Parsed) else [], "words": listed.value})
