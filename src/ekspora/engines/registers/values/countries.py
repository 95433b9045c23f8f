"""Countries from Indonesian and English names, codes, and the names people use for them."""

import re
from functools import lru_cache

from babel import Locale

from ekspora.engines.registers.data import listed, load
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold, nearest

_STATE_WORDS = re.compile(
    r"^(?:negara|republik|republic of|the republic of|kingdom of|kerajaan|state of|the)\s+"
)
_CUT = re.compile(r"[,;/\n|•]|\s[-–]\s|\b(?:dan|and|serta)\b|&|\d+[.)]\s")
_NONE = re.compile(
    r"^(?:belum|tidak|tdk|blm|none|not yet|no|never|nihil)\b"
    r"|^(?:pasar )?(?:lokal|domestik|dalam negeri|local|domestic)$"
)
_UNKNOWN = Bad(
    "unknown_country",
    pair(
        "Negara tidak dikenal. Tulis nama resmi dalam bahasa Indonesia atau Inggris, atau kode dua huruf.",
        "Unknown country. Write its official name in Indonesian or English, or its code of two letters.",
    ),
)
_UNKNOWN_OF_SEVERAL = Ask(_UNKNOWN.code, _UNKNOWN.remedy)


_WHICH_OF_REGION = Ask(
    "region_given",
    pair(
        "Ini wilayah, bukan negara. Tulis nama negaranya.",
        "This is a region and no country. Write the country.",
    ),
)


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    return frozenset(listed(load("countries")["regions"]["names"]))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded name → ISO 3166 alpha-2. CLDR's names first, then the aliases, which win."""
    names: dict[str, str] = {}
    for language in ("en", "id"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}:
                for form in (name, re.sub(r"\(.*?\)", "", name), re.sub(r"\s+(?:SAR|DAK).*", "", name)):
                    names.setdefault(fold(form), code)
                names.setdefault(code.lower(), code)
    aliases = load("countries")["names"]
    names |= {fold(alias): code for code, others in aliases.items() for alias in listed(others)}
    return names


@lru_cache(maxsize=1)
def _long_names() -> list[str]:
    return [name for name in _names() if len(name) > 4]


@lru_cache(maxsize=4096)
def country_of(text: str) -> tuple[str, bool] | tuple[str, ...] | None:
    """``(code, exact)``, or the several codes a name like ``Korea`` can mean, or ``None``."""
    key = fold(text)
    if options := load("countries")["ambiguous"].get(key):
        return tuple(options)
    for form in (key, _STATE_WORDS.sub("", key), key.replace(" ", "")):
        if form in _names() and (len(form) > 2 or text.strip().isupper() or form == key):
            return (_names()[form], True)
    near = nearest(key, _long_names())
    return (_names()[near], False) if near else None


def country(text: str, context: Context) -> Outcome:
    """One country as ISO 3166 alpha-2; a name of several countries (Korea, Kongo, Guinea) is asked."""
    found = country_of(text)
    if found is None and "(" in text:
        found = country_of(re.sub(r"\(.*?\)", "", text)) or country_of(
            " ".join(re.findall(r"\((.*?)\)", text))
        )
    if found is None and "/" in text:
        options = set(map(country_of, text.split("/")))
        found = options.pop() if len(options) == 1 else None
    if found is None:
        return _WHICH_OF_REGION if fold(text) in _regions() else _UNKNOWN
    if found[-1] is True or found[-1] is False:
        code = str(found[0])
        return Parsed(code, None if found[1] else str(Locale("id").territories[code]))
    options_text = " / ".join(str(code) for code in found)
    return Ask(
        "ambiguous_country",
        pair(
            f"Nama ini dipakai beberapa negara ({options_text}). Sebutkan yang mana.",
            f"Several countries have this name ({options_text}). Say which.",
        ),
    )


_MISSION = re.compile(
    r"^(?:(?:the|kedutaan besar|kedubes|kbri|embassy|high commission|consulate(?: general)?|konsulat(?: jenderal)?|"
    r"komisi tinggi|trade office|perwakilan)\s+)+(?:of\s+|for\s+)?(?:the\s+)?|\s+(?:embassy|high commission|consulate)$"
)


def represented(mission: str) -> str | None:
    """The country whose mission it is, where its name says so for certain: ``Embassy of the Republic of Fiji``."""
    bare = _MISSION.sub(
        "",
        re.sub(
            r"\b(?:in|di|to|untuk|for) (?:jakarta|indonesia|the republic of indonesia)$", "", fold(mission)
        ).strip(),
    )
    found = country_of(bare) if bare != fold(mission) else None
    return str(found[0]) if found and found[-1] is True else None


def countries(text: str, context: Context) -> Outcome:
    """Several countries in a cell as a list of codes; "belum" and the like give an empty list."""
    if _NONE.match(fold(text)):
        return Parsed([])
    whole = country(text, context)
    if isinstance(whole, Parsed):
        return Parsed([whole.value], whole.reading)
    codes: dict[object, None] = {}
    readings: list[str] = []
    for part in _CUT.split(text):
        if not fold(part):
            continue
        outcome = country(part, context)
        if not isinstance(outcome, Parsed):
            return _UNKNOWN_OF_SEVERAL if isinstance(outcome, Bad) else outcome
        codes[outcome.value] = None
        readings += [outcome.reading] if outcome.reading else []
    return Parsed(list(codes), ", ".join(readings) or None) if codes else _UNKNOWN_OF_SEVERAL


def residence(text: str, context: Context) -> Outcome:
    """``{country, city}`` where a mission sits, from a country, a capital, or ``Kuala Lumpur, Malaysia``."""
    parts = [part for part in re.split(r"[,/()]", text) if part.strip()]
    city: str | None = None
    code: object = None
    capitals = load("countries")["capitals"]
    for part in parts:
        key = fold(part)
        found = country(part, context)
        if key in capitals:
            city, code = part.strip(), code or capitals[key]
        elif isinstance(found, Parsed):
            code = found.value
        elif len(parts) == 1:
            return found
        else:
            city = part.strip()
    if code is None:
        return _UNKNOWN
    return Parsed(
        {"country": code, "city": city if fold(city or "") not in ("singapura", "singapore") else "Singapore"}
    )
