"""A mission introduces buyers, it is never one: which names are those of a mission."""

from collections.abc import Iterable

from ekspora.engines.registers.data import listed
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.wording import distance, fold, slips

# Words by which missions call themselves, in Indonesian and English and as they are shortened.
_WORDS = frozenset(
    listed(
        "embassy, embassies, ambassador, consulate, consulates, consular, consul, chancery, attache, diplomatic, "
        "kedutaan, kedubes, dubes, konsulat, konsuler, konsul, konjen, perwakilan, atase, diplomatik, kbri, kjri, "
        "kdei"
    )
)
_PHRASES = ("high commission", "komisi tinggi", "trade commission", "permanent mission", "misi tetap")


def is_mission(name: str, missions: Iterable[str]) -> bool:
    """Whether a name says that it is a mission's, or is that of one of ``missions`` but for small slips."""
    folded = fold(name)
    if _WORDS & set(folded.split()) or any(phrase in folded for phrase in _PHRASES):
        return True
    key = name_key(name)
    return any(_close(key, name_key(mission)) for mission in missions)


def _close(key: str, mission: str) -> bool:
    limit = slips(min(key, mission, key=len))
    return key == mission or distance(key, mission, limit) <= limit
