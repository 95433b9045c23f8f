"""Names of buyers: when two are the same, and when one is no buyer but a foreign mission."""

from collections.abc import Iterable

from ekspora.engines.registers.data import listed
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.wording import distance, fold, slips

# Legal forms of companies abroad; Indonesian ones are taken away by ``name_key``.
_LEGAL = frozenset(
    listed(
        "ltd, limited, llc, llp, inc, incorporated, corp, corporation, co, company, plc, pvt, private, pty, gmbh, ag, "
        "kg, bv, nv, sa, sas, sarl, srl, spa, sl, oy, ab, as, aps, bhd, sdn, pte, jsc, ooo, kk"
    )
)
# A mission introduces buyers and is none: these words alone, and these pairs of words.
_MISSION_WORDS = (
    "embassy", "embassies", "kedutaan", "kedubes", "dubes", "kbri", "kjri", "konsulat", "konsuler", "konjen",
    "consulate", "consul", "consular", "ambassade", "ambassador", "embajada", "embaixada", "ambasciata", "botschaft",
    "konsulen", "consulado", "consolato", "chancery",
)  # fmt: skip
_MISSION_PHRASES = (
    "high commission", "komisi tinggi", "perwakilan dagang", "permanent mission", "perutusan tetap",
    "diplomatic mission",
    "misi diplomatik", "trade attache", "atase perdagangan", "perwakilan asing", "perwakilan diplomatik",
)  # fmt: skip
_LITTLE = frozenset(listed("and, of, the, in, at, to, for, de, dan, di, untuk"))
_SHORTEST_FORGIVEN = 6


def buyer_key(name: str) -> str:
    """A name without legal form, case, accents and punctuation: the same buyer named twice is found by it."""
    words = name_key(name).split()
    return " ".join(word for word in words if word not in _LEGAL) or " ".join(words)


def says_mission(name: str) -> bool:
    """Whether a name says itself that it is a mission, in whatever language; typing faults are forgiven."""
    words = fold(name).split()
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in _MISSION_PHRASES) or any(
        _close(word, known) for word in words for known in _MISSION_WORDS
    )


def mission_named(name: str, missions: Iterable[str]) -> str:
    """The mission whose name this is or nearly is, or which it contains; empty where there is none."""
    text = _telling(name)
    for mission in missions:
        known = _telling(mission)
        allowed = max(slips(known), len(known) // 12)
        whole = " " in known and f" {known} " in f" {text} "
        if text and (whole or distance(text, known, allowed) <= allowed):
            return mission
    return ""


def _telling(name: str) -> str:
    return " ".join(word for word in buyer_key(name).split() if word not in _LITTLE)


def _close(word: str, known: str) -> bool:
    allowed = 1 if min(len(word), len(known)) >= _SHORTEST_FORGIVEN else 0
    return word == known or (allowed > 0 and distance(word, known, allowed) <= allowed)
