"""How words of registers are compared: case, accents, punctuation, reduplication and small typing faults."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

_WORD = re.compile(r"[^\W_]+")
_NAMES = re.compile(r"whatsapp|youtube|tiktok|linkedin", re.IGNORECASE)  # written with a capital inside
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TWICE = re.compile(r"([^\W\d_²]{3,})²")
_TWICE_DIGIT = re.compile(r"([^\W\d_²]{3,})(?:²|2(?=(?:an|nya|kan)?\b))")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_LINES = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff\ufffe\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

BLANK = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "_",
        ".",
        "..",
        "...",
        "?",
        "n/a",
        "#n/a",
        "na",
        "n.a",
        "n.a.",
        "nan",
        "null",
        "none",
        "nil",
        "nihil",
        "kosong",
        "(kosong)",
        "tidak ada",
        "tdk ada",
        "belum ada",
        "blm ada",
        "xxx",
        "tidak punya",
        "tdk punya",
    }
)


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or one of the marks people write for nothing (``-``, ``tidak ada``)."""
    return not text or text.isspace() or (len(text) < 12 and text.strip().casefold() in BLANK)


def without_idle_fraction(text: str) -> str:
    """A whole number as programs write it that keep every number as a fraction: ``81234567801.0``."""
    return text[:-2] if text[-2:] == ".0" and text[:-2].isdecimal() else text


def clean(text: str) -> str:
    """One line without invisible characters, doubled spaces and outer spaces; embedded newlines become a
    space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", _LINES.sub(" ", text)).strip()


def clean_lines(text: str) -> str:
    """Like ``clean`` but keeps the lines of a longer text."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return "\n".join(line for line in (clean(part) for part in text.splitlines()) if line)


def reduplicated(text: str, digit: bool = False) -> str:
    """``macam²`` written in full: ``macam-macam``; with ``digit`` also ``macam2`` and ``sayur2an``, which in
    a name could be the number of a branch."""
    if "²" not in text and not (digit and "2" in text):
        return text
    return (_TWICE_DIGIT if digit else _TWICE).sub(r"\1-\1", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Words in lower case without accents and punctuation, one space between: the form in which texts are
    compared."""
    plain = unicodedata.normalize("NFKD", reduplicated(text)).casefold()
    return " ".join(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))


def header_words(header: str) -> tuple[str, ...]:
    """The words of a column's name: ``noWaTelp`` and ``NO_WA/TELP`` both give ``no wa telp``."""
    plain = _NAMES.sub(lambda found: f" {found[0].lower()} ", header)
    return tuple(fold(_CAMEL.sub(" ", plain)).split())


def distance(a: str, b: str, limit: int) -> int:
    """Edit distance with neighbours swapped counted once, or ``limit + 1`` when it is larger."""
    return OSA.distance(a, b, score_cutoff=limit)


def slips(word: str) -> int:
    """How many typing faults are forgiven in a word of this length: none in short words, where they change
    the word."""
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one known word that ``word`` is a small slip of; ``None`` when there is none or the nearest are
    several."""
    limit = slips(word)
    best, found = limit + 1, set[str]()
    if not limit:
        return None
    for other in known:
        far = distance(word, other, limit)
        if far < best:
            best, found = far, {other}
        elif far == best and far <= limit:
            found.add(other)
    return found.pop() if len(found) == 1 else None
