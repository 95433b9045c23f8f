"""How much each field speaks for or against two entries being one business, in bits.

Fellegi and Sunter (1969): a field's weight is log2(m/u), m being how often it agrees within one business, u
how often it agrees by chance, which is the share of entries with the value (Winkler's frequency weights). The
m behind the constants are estimates of ours, checked by the benchmark on generated damage.
"""

from math import inf

from ekspora.engines.duplicates.features import Features
from ekspora.engines.duplicates.statistics import Statistics
from ekspora.engines.registers.wording import distance, slips

# (field, code, bits)
Weight = tuple[str, str, float]

# Most bits of one field: dependence between fields, and typing, keep any of them from deciding alone.
MOST_NAME, MOST_OWNER, MOST_PHONE, MOST_EMAIL = 16.0, 10.0, 13.0, 12.0
NIB_SAME, NIB_SLIP = 30.0, -2.0
OTHER_PHONE, OTHER_OWNER, OTHER_REGENCY, OTHER_PROVINCE, OTHER_DOOR = -2.5, -4.0, -5.0, -8.0, -2.0
SAME_DOOR, NEAR_DOOR, PHONE_SLIP, NEAR_OWNER = 8.0, 3.0, 6.0, 6.0
# A word more in one of two names is often the goods or the place ("Keripik Barokah Garut"); where each has words
# of its own they are mostly two names of one owner ("Kopi Maju", "Kopi Harum").
ONE_MORE, OF_ITS_OWN = -1.5, -4.0
ONLY_NEAR, STRANGER = 0.8, -6.0


def weights(one: Features, other: Features, rare: Statistics) -> list[Weight] | None:
    """Every field's weight, or None where the two cannot be one: two NIB, or names with nothing in common."""
    nib = _nib(one, other)
    if nib is not None and nib[2] == -inf:
        return None
    name = _name(one, other, rare)
    if name[2] <= 0 and (nib is None or nib[2] < 0):
        return None
    found = [name] if nib is None else [nib, name]
    found += [w for field in (_phone, _email, _owner, _place) if (w := field(one, other, rare)) is not None]
    door = _address(one, other)
    return found if door is None else [*found, door]


def _nib(one: Features, other: Features) -> Weight | None:
    if not one.nib or not other.nib:
        return None
    if one.nib == other.nib:
        return "nib", "same", NIB_SAME
    return "nib", "slip", (NIB_SLIP if distance(one.nib, other.nib, 1) <= 1 else -inf)


def _name(one: Features, other: Features, rare: Statistics) -> Weight:
    if one.key == other.key:
        return "name", "same", min(MOST_NAME, rare.bits("name", one.key))
    whole, them = "".join(one.words), "".join(other.words)
    if distance(whole, them, 2) <= slips(min(whole, them, key=len)):
        return "name", "near", min(MOST_NAME, ONLY_NEAR * _least(one.words, other.words, rare))
    bits, matched = _matched(one, other, rare)
    if not bits:
        return "name", "other", STRANGER
    more, less = (len(words) - matched for words in (one.words, other.words))
    left = (more + less) * (OF_ITS_OWN if more and less else ONE_MORE)
    return "name", "own words" if more and less else "partly", min(MOST_NAME, bits + left)


def _least(one: tuple[str, ...], other: tuple[str, ...], rare: Statistics) -> float:
    """The surprise of a name that was mistyped: that of its more common spelling."""
    return min(sum(rare.bits("word", word) for word in words) for words in (one, other))


def _matched(one: Features, other: Features, rare: Statistics) -> tuple[float, int]:
    """Bits of the words in common, and how many they are."""
    free = dict.fromkeys(range(len(other.words)))
    bits, matched = 0.0, 0
    for word, sound in zip(one.words, one.sounds, strict=True):
        for n in free:
            if likeness := _alike(word, sound, other.words[n], other.sounds[n]):
                bits += likeness * min(rare.bits("word", word), rare.bits("word", other.words[n]))
                matched += 1
                del free[n]
                break
    return bits, matched


def _alike(word: str, sound: str, other: str, other_sound: str) -> float:
    if word == other:
        return 1.0
    if sound == other_sound and len(sound) > 1:
        return ONLY_NEAR
    return ONLY_NEAR if _slipped(word, other) else 0.0


def _slipped(word: str, other: str) -> bool:
    limit = slips(min(word, other, key=len))
    return distance(word, other, limit) <= limit


def _phone(one: Features, other: Features, rare: Statistics) -> Weight | None:
    if not one.phones or not other.phones:
        return None
    if common := [phone for phone in one.phones if phone in other.phones]:
        return "phone", "same", min(MOST_PHONE, max(rare.bits("phone", phone) for phone in common))
    if any(distance(a, b, 1) <= 1 for a in one.phones for b in other.phones):
        return "phone", "slip", PHONE_SLIP
    return "phone", "other", OTHER_PHONE


def _email(one: Features, other: Features, rare: Statistics) -> Weight | None:
    if one.email and one.email == other.email:
        return "email", "same", min(MOST_EMAIL, rare.bits("email", one.email))
    return None


def _owner(one: Features, other: Features, rare: Statistics) -> Weight | None:
    if not one.owner or not other.owner:
        return None
    if one.owner == other.owner:
        return "owner", "same", min(MOST_OWNER, rare.bits("owner", one.owner))
    shorter, longer = sorted((one.owner, other.owner), key=len)
    if all(any(_slipped(word, other_word) for other_word in longer) for word in shorter):
        return "owner", "near", NEAR_OWNER
    return "owner", "other", OTHER_OWNER


def _place(one: Features, other: Features, rare: Statistics) -> Weight | None:
    if one.regency and other.regency:
        if one.regency == other.regency:
            return "place", "same", rare.bits("regency", one.regency)
        return ("place", "other", OTHER_REGENCY if one.province == other.province else OTHER_PROVINCE)
    if not one.province or not other.province:
        return None
    if one.province == other.province:
        return "place", "province", rare.bits("province", one.province)
    return "place", "other", OTHER_PROVINCE


def _address(one: Features, other: Features) -> Weight | None:
    if not one.address or not other.address:
        return None
    here, there = set(one.address), set(other.address)
    share = len(here & there) / len(here | there)
    if share == 1:
        return "address", "same", SAME_DOOR
    return ("address", "near", NEAR_DOOR) if share >= 0.5 else ("address", "other", OTHER_DOOR)


def is_told(found: list[Weight]) -> bool:
    """Whether something beyond name and region, which many share, says that it is one business.

    Where each name has words of its own, only the NIB does: an owner's second business shares all the rest.
    """
    codes = {(field, code) for field, code, _ in found}
    if ("nib", "same") in codes:
        return True
    others = any(bits > 0 for field, _, bits in found if field not in ("name", "place"))
    return others and ("name", "own words") not in codes
