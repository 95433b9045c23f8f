"""Words of names as they are compared: old spelling, doubled letters and vowels do not matter."""

import re
from functools import lru_cache

from ekspora.engines.registers.data import listed
from ekspora.engines.registers.wording import fold

# Spelling of before 1972 and letters that people write for one another; longer ones first.
_SOUNDS = (
    ("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("kh", "h"), ("ph", "f"), ("sh", "s"), ("th", "t"),
    ("nj", "ny"), ("x", "ks"), ("q", "k"), ("v", "f"), ("z", "s"), ("y", "i"), ("w", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_TITLES = frozenset(
    listed(
        "h, hj, haji, hajjah, bpk, bapak, ibu, bu, pak, drs, dra, ir, dr, se, sh, st, spd, sag, ssos, skom, mm, mpd, "
        "msi, amd, tn, ny, sdr, sdri"
    )
)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The word by its sounds: ``barokah`` and ``barakah``, ``djaja`` and ``jaya`` give the same."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    first, rest = word[:1], word[1:]
    return _DOUBLED.sub(r"\1", first + re.sub("[aiueo]", "", rest))


def person_key(name: str) -> tuple[str, ...]:
    """The words of a person's name without titles and degrees."""
    words = fold(name.replace(".", "")).split()
    return tuple(word for word in words if word not in _TITLES) or tuple(words)
