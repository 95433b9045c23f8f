"""What a business is looked for by: words of its names and places, numbers, sectors and KBLI codes.

Each is one short key of lower-case letters and digits, so that an index finds beginnings of words in the same way on
every database and under every collation. The first letter says what kind of key it is.
"""

import re
from collections.abc import Iterable, Iterator

from ekspora.directory.places import place_name
from ekspora.engines.registers.wording import fold

WORD, SECTOR, KBLI = "w", "s", "k"
LONGEST = 24
# A record of more words is no name of goods any more; the first ones tell what it is.
MOST = 60
_PLAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
# 0901.21 is one number.
_WITHIN = re.compile(r"(?<=\d)[.](?=\d)")
_TOO_COMMON = frozenset({"kabupaten", "kota"})


def words_of(text: str) -> list[str]:
    """The words of a text as keys without their kind, each once."""
    return list(dict.fromkeys(_spelt(word) for word in fold(_WITHIN.sub("", text)).split()))


def words_sought(text: str) -> list[str]:
    """The words that somebody looks for; what every place has only when there is nothing else."""
    words = words_of(text)
    return [word for word in words if word not in _TOO_COMMON] or words


def _spelt(word: str) -> str:
    """Letters of other scripts by their numbers."""
    return "".join(c if c in _PLAIN else f"x{ord(c):05x}" for c in word)[: LONGEST - 1]


def keys_of(
    *, texts: Iterable[str], regency: str, sectors: Iterable[str], kbli: Iterable[str]
) -> Iterator[str]:
    """Every key of a business, each once. ``texts``: names, places, numbers, and names and HS codes of products."""
    place = [word for word in words_of(place_name(regency)) if word not in _TOO_COMMON]
    words = [word for text in texts for word in words_of(text)]
    yield from (WORD + word for word in list(dict.fromkeys(words + place))[:MOST])
    yield from (SECTOR + sector for sector in dict.fromkeys(filter(None, sectors)))
    yield from (KBLI + code for code in dict.fromkeys(kbli))


def following(beginning: str) -> str:
    """The first text behind all that begin so: an index finds beginnings as a range. Keys begin with a kind, so
    there always is one."""
    last = beginning[-1]
    if last == "z":
        return following(beginning[:-1])
    return beginning[:-1] + ("a" if last == "9" else chr(ord(last) + 1))
