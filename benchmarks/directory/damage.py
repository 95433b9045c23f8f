"""Made-up registers in which some businesses stand twice, the second time as another office wrote them.

Damage follows what registers beside each other show: numbers missing or with a digit wrong, legal forms added
and left out, typing faults, old spelling, words left out or added, a second telephone, titles before the
owner's name, places missing. Beside them stand businesses that are not one although they look it: stalls of
one name in one market, second businesses of one owner, common names everywhere.
"""

import random
from dataclasses import replace
from itertools import count
from pathlib import Path

from ekspora.engines.duplicates import Entry

_LINES = (Path(__file__).parent / "damage_words.txt").read_text().splitlines()
_GOODS, _LUCK, _FIRST, _LAST, _SYLLABLES, _STREETS = (line.split() for line in _LINES)


def register(
    businesses: int, doubles: float = 0.1, seed: int = 1
) -> tuple[list[Entry], set[tuple[int, int]]]:
    """Entries in random order, and the pairs of ids that are one business."""
    draw, ids = random.Random(seed), count(1)
    entries: list[Entry] = []
    truth: set[tuple[int, int]] = set()
    while len(entries) < businesses:
        one = business(draw, next(ids))
        entries.append(one)
        chance = draw.random()
        if chance < doubles and (one.nib or one.phones or one.owner):
            other = damaged(one, draw, next(ids))
            entries.append(other)
            truth.add((one.id, other.id))
        elif chance < doubles + 0.05:
            entries.append(lookalike(one, draw, next(ids)))
    draw.shuffle(entries)
    return entries, truth


def business(draw: random.Random, number: int) -> Entry:
    """One business as its own office wrote it; registers know more of some than of others."""
    regency = f"{draw.randint(11, 94)}.{draw.randint(1, 30):02d}"

    def known(share: float) -> bool:
        return draw.random() < share

    return Entry(
        number, _name(draw),
        nib="".join(draw.choices("0123456789", k=13)) if known(0.6) else "",
        phones=(_phone(draw),) if known(0.8) else (),
        email=f"{draw.choice(_FIRST)}{draw.randint(1, 9999)}@example.com".lower() if known(0.2) else "",
        owner=f"{draw.choice(_FIRST)} {draw.choice(_LAST)}" if known(0.85) else "",
        province=regency[:2], regency=regency if known(0.95) else "",
        address=f"Jl. {draw.choice(_STREETS)} No. {draw.randint(1, 250)} RT {draw.randint(1, 9)}" if known(0.6) else "",
    )  # fmt: skip


def lookalike(one: Entry, draw: random.Random, number: int) -> Entry:
    """Another business that shares much with one: a stall of the same name, or the owner's second business."""
    other = replace(business(draw, number), province=one.province, regency=one.regency)
    if draw.random() < 0.5:
        owner = other.owner or f"{draw.choice(_FIRST)} {draw.choice(_LAST)}"
        return replace(other, name=one.name, owner=owner, phones=other.phones or (_phone(draw),))
    return replace(other, owner=one.owner, phones=one.phones, address=one.address)


def damaged(one: Entry, draw: random.Random, number: int) -> Entry:
    """The same business as another office wrote it; something that tells it from others is left."""
    while True:
        other = replace(
            one, id=number, name=_name_again(one.name, draw), nib=_digits(one.nib, draw, 0.5, 0.02),
            phones=_phones_again(one.phones, draw), email=one.email if draw.random() < 0.7 else "",
            owner=_owner_again(one.owner, draw), regency=one.regency if draw.random() < 0.9 else "",
            address=one.address if draw.random() < 0.5 else "",
        )  # fmt: skip
        shared = (
            one.nib and one.nib == other.nib,
            set(one.phones) & set(other.phones),
            one.owner and other.owner,
        )
        if any(shared):
            return other


def _name(draw: random.Random) -> str:
    own = "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).capitalize()
    kinds = (
        [draw.choice(_GOODS), own], [draw.choice(_GOODS), draw.choice(_LUCK), own], [own], [own, draw.choice(_LUCK)],
        [draw.choice(_LUCK), draw.choice(_LUCK)], [draw.choice(_GOODS), draw.choice(_LUCK)],
        [draw.choice(_GOODS), draw.choice(_FIRST)],
    )  # fmt: skip
    return " ".join(draw.choices(kinds, weights=(4, 4, 2, 3, 1, 1, 3))[0])


def _phone(draw: random.Random) -> str:
    return "+628" + draw.choice("125789") + "".join(draw.choices("0123456789", k=9))


def _typo(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word) - 1) if len(word) > 3 else 0
    return draw.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :],
         word[:at] + draw.choice("aiueonrst") + word[at + 1 :], word[: at + 1] + word[at:])
    ) if len(word) > 3 else word  # fmt: skip


def _name_again(name: str, draw: random.Random) -> str:
    words = name.split()
    if draw.random() < 0.3:
        at = draw.randrange(len(words))
        words[at] = _typo(words[at], draw)
    if draw.random() < 0.1:
        words = [word.replace("u", "oe").replace("j", "dj") for word in words]
    if len(words) > 2 and draw.random() < 0.1:
        words.pop(draw.randrange(len(words)))
    if draw.random() < 0.1:
        words.append(draw.choice(_GOODS))
    if draw.random() < 0.1:
        draw.shuffle(words)
    if draw.random() < 0.3:
        words.insert(0, draw.choice(("UD", "CV", "PT", "Toko", "UMKM", "Koperasi")))
    text = " ".join(words)
    return text.upper() if draw.random() < 0.2 else text


def _digits(number: str, draw: random.Random, missing: float, wrong: float) -> str:
    chance = draw.random()
    if not number or chance < missing:
        return ""
    if chance > 1 - wrong:
        at = draw.randrange(len(number))
        return number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    return number


def _phones_again(phones: tuple[str, ...], draw: random.Random) -> tuple[str, ...]:
    chance = draw.random()
    if not phones or chance < 0.2:
        return ()
    if chance < 0.3:
        return (_phone(draw),)
    if chance < 0.4:
        return (*phones, _phone(draw))
    return ("+" + _digits(phones[0][1:], draw, 0, 1),) if chance < 0.43 else phones


def _owner_again(owner: str, draw: random.Random) -> str:
    chance = draw.random()
    if not owner or chance < 0.15:
        return ""
    if chance < 0.3:
        return draw.choice(("H. ", "Hj. ", "Bapak ", "Ibu ")) + owner
    if chance < 0.4:
        return " ".join(_typo(word, draw) for word in owner.split())
    return owner.split(maxsplit=1)[0] if chance < 0.45 else owner
