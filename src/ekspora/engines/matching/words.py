"""From what people write to what they mean: words folded, plurals and doublings taken off, then looked up."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ekspora.engines.matching import glossary
from ekspora.engines.matching.model import Text

_WORD = re.compile(r"[a-z0-9]+")
# Written in capitals it is a sector, in small letters an English pronoun.
_IT = re.compile(r"\b(?:IT|TI)\b")
_ENDINGS = (
    ("nya", ""), ("ies", "y"), ("ie", "y"), ("shes", "sh"), ("ches", "ch"), ("sses", "ss"), ("xes", "x"),
    ("s", ""),
)  # fmt: skip


def _stem(word: str) -> str:
    """English plural and Indonesian ``-nya`` taken off; short words stay."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: -len(ending)] + instead
    return word


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in order, folded and stemmed; a reduplicated word stands once."""
    plain = unicodedata.normalize("NFKD", _IT.sub("information technology", text)).casefold()
    found = [_stem(word) for word in _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))]
    return tuple(w for n, w in enumerate(found) if n == 0 or w != found[n - 1])


@lru_cache(maxsize=1)
def _lookup() -> dict[str, str]:
    return {
        "_".join(_stem(part) for part in word.split("_")): code
        for code, meaning in glossary.known().items()
        for word in meaning.words
    }


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    return frozenset(_stem(word) for word in glossary.idle())


@lru_cache(maxsize=16384)
def meanings(text: str) -> frozenset[str]:
    """What a text is about: codes of the glossary, and ``=word`` for a word the glossary does not know.

    A machine is named with what it works on ("mesin sangrai kopi"): then it is about the machine only.
    """
    table, parts = _lookup(), words(text)
    found = set[str]()
    n = 0
    while n < len(parts):
        two = table.get("_".join(parts[n : n + 2]))
        one = table.get(parts[n])
        if two:
            found.add(two)
        elif one:
            found.add(one)
        elif len(parts[n]) > 2 and parts[n] not in _idle() and not parts[n].isdigit():
            found.add("=" + parts[n])
        n += 2 if two and two != one else 1
    machines = {code for code in found if "machine" in broader([code])}
    return frozenset(machines or found)


def meanings_of(texts: Iterable[str]) -> frozenset[str]:
    """The meanings of several texts together."""
    return frozenset().union(*(meanings(text) for text in texts))


def broader(codes: Iterable[str]) -> frozenset[str]:
    """The meanings themselves and everything they are a kind of."""
    known, found = glossary.known(), set()
    for code in codes:
        above = code
        while above:
            found.add(above)
            above = known[above].kind_of if above in known else ""
    return frozenset(found)


def called(text: str) -> Text:
    """A few words in both languages where the glossary knows all they mean, else as they were written."""
    codes = sorted(meanings(text))
    if not codes or any(code not in glossary.known() for code in codes):
        return {"id": text, "en": text}
    return {language: ", ".join(label(code)[language] for code in codes) for language in ("id", "en")}


def label(code: str) -> Text:
    """How a meaning is called in both languages; an unknown word is called by itself."""
    meaning = glossary.known().get(code)
    return {"id": meaning.id, "en": meaning.en} if meaning else dict.fromkeys(("id", "en"), code.lstrip("="))
