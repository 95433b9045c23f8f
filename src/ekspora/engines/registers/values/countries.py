"""Countries from Indonesian and English names, codes, and the names people use for them."""

import re
from functools import lru_cache

from babel import Locale

from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.values.outcome import Ask, Bad, Context, Outcome, Parsed
from ekspora.engines.registers.wording import fold, nearest

_ALIASES = {
    "CN": "rrt, rrc, china, cina, tiongkok, republik rakyat tiongkok, republik rakyat china, peoples republic of china, prc, pr china, mainland china",
    "KP": "dprk, korut, dpr korea, rrdk, republik rakyat demokratik korea, democratic peoples republic of korea, korea dpr",
    "KR": "rok, korsel, republic of korea, republik korea, south korea, korea republic of, korea rep",
    "TL": "timor leste, timor timur, east timor, rdtl, republik demokratik timor leste",
    "PG": "papua nugini, papua new guinea, png, papua niugini, papua nuginea",
    "ZA": "afrika selatan, afsel, rsa, south africa, republic of south africa",
    "MM": "myanmar, burma, birma",
    "LA": "laos, lao pdr, lao, rdr laos, lao peoples democratic republic",
    "VN": "viet nam, vietnam", "KH": "kampuchea, kamboja, cambodia",
    "US": "usa, u s a, u s, as, amerika, amerika serikat, united states of america, america",
    "GB": "uk, u k, inggris, great britain, britania raya, england, britain, united kingdom of great britain and northern ireland",
    "AE": "uae, uea, emirat arab, uni emirat arab, persatuan emirat arab, emirates, dubai, abu dhabi",
    "SA": "arab saudi, saudi, ksa, saudi arabia, kingdom of saudi arabia", "NL": "belanda, holland, nederland, the netherlands",
    "RU": "rusia, federasi rusia, russian federation", "DE": "jerman, germany", "JP": "jepang, japan, jpn",
    "BN": "brunei, brunei darussalam, negara brunei darussalam", "CI": "pantai gading, ivory coast, cote d ivoire, cote divoire",
    "CD": "republik demokratik kongo, kongo kinshasa, democratic republic of the congo, dr congo, drc, rd kongo, zaire",
    "CG": "republik kongo, kongo brazzaville, republic of the congo, congo brazzaville", "CZ": "republik ceko, czech republic, ceko",
    "SZ": "swaziland, swazi, eswatini, eswatini kingdom of", "MK": "makedonia, macedonia", "CV": "cabo verde, cape verde, tanjung verde",
    "HK": "hong kong, hongkong", "MO": "makau, macau, macao", "TW": "taiwan, chinese taipei, taipei", "PS": "palestina, palestine, state of palestine",
    "TR": "turki, turkey, turkiye", "LK": "sri lanka, srilangka, srilanka", "PH": "filipina, pilipina, philippines, the philippines, philipina",
    "SG": "singapura, singapore, s pore, spore", "MY": "malaysia, mys", "TH": "thailand, muangthai, muang thai", "IN": "india",
    "FJ": "fiji, fiji islands", "EG": "mesir, egypt", "MA": "maroko, morocco", "DZ": "aljazair, algeria", "JO": "yordania, jordan",
    "SD": "sudan, republic of the sudan", "SY": "suriah, syria", "LB": "libanon, lebanon", "ES": "spanyol, spain", "IT": "italia, italy",
    "FR": "perancis, prancis, france", "CH": "swiss, switzerland", "BE": "belgia, belgium", "AT": "austria", "SE": "swedia, sweden",
    "NZ": "selandia baru, new zealand, nz", "AU": "australia", "IR": "iran, republik islam iran, islamic republic of iran",
    "TZ": "tanzania, united republic of tanzania", "GM": "gambia, the gambia", "BS": "bahama, bahamas, the bahamas", "MV": "maladewa, maldives",
    "BO": "bolivia, plurinational state of bolivia", "VE": "venezuela, bolivarian republic of venezuela", "MD": "moldova, moldavia, republic of moldova",
    "BA": "bosnia, bosnia herzegovina", "ST": "sao tome, sao tome and principe, sao tome dan principe", "UZ": "uzbekistan", "KG": "kirgizstan, kyrgyzstan, kirgistan",
    "KZ": "kazakhstan, kazakstan", "ID": "indonesia, ri, nkri, republik indonesia, dalam negeri", "VA": "vatikan, takhta suci, holy see, vatican",
}  # fmt: skip
_AMBIGUOUS = {
    "korea": ("KR", "KP"), "kongo": ("CG", "CD"), "congo": ("CG", "CD"), "guinea": ("GN", "GQ", "GW", "PG"),
    "virgin islands": ("VG", "VI"), "samoa": ("WS", "AS"), "sudan selatan utara": ("SD", "SS"),
}  # fmt: skip
_STATE_WORDS = re.compile(r"^(?:negara|republik|republic of|the republic of|kingdom of|kerajaan|state of|the)\s+")
_CUT = re.compile(r"[,;/\n|•]|\s[-–]\s|\b(?:dan|and|serta)\b|&|\d+[.)]\s")
_NONE = re.compile(r"^(?:belum|tidak|tdk|blm|none|not yet|no|never|nihil)\b")
_UNKNOWN = Bad(
    "unknown_country",
    pair("Negara tidak dikenal. Tulis nama resmi dalam bahasa Indonesia atau Inggris, atau kode dua huruf.",
         "Unknown country. Write its official name in Indonesian or English, or its code of two letters."),
)  # fmt: skip


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
    names |= {fold(alias): code for code, aliases in _ALIASES.items() for alias in aliases.split(",")}
    return names


@lru_cache(maxsize=1)
def _long_names() -> list[str]:
    return [name for name in _names() if len(name) > 4]


@lru_cache(maxsize=4096)
def country_of(text: str) -> tuple[str, bool] | tuple[str, ...] | None:
    """``(code, exact)``, or the several codes a name like ``Korea`` can mean, or ``None``."""
    key = fold(text)
    if key in _AMBIGUOUS:
        return _AMBIGUOUS[key]
    for form in (key, _STATE_WORDS.sub("", key), key.replace(" ", "")):
        if form in _names() and (len(form) > 2 or text.strip().isupper() or form == key):
            return (_names()[form], True)
    near = nearest(key, _long_names())
    return (_names()[near], False) if near else None


def country(text: str, context: Context) -> Outcome:
    """One country as ISO 3166 alpha-2; a name of several countries (Korea, Kongo, Guinea) is asked."""
    found = country_of(text)
    if found is None and "(" in text:
        found = country_of(re.sub(r"\(.*?\)", "", text)) or country_of(" ".join(re.findall(r"\((.*?)\)", text)))
    if found is None and "/" in text:
        options = {option for option in map(country_of, text.split("/"))}
        found = options.pop() if len(options) == 1 else None
    if found is None:
        return _UNKNOWN
    if found[-1] is True or found[-1] is False:
        code = str(found[0])
        return Parsed(code, None if found[1] else str(Locale("id").territories[code]))
    options_text = " / ".join(str(code) for code in found)
    return Ask("ambiguous_country", pair(f"Nama ini dipakai beberapa negara ({options_text}). Sebutkan yang mana.",
                                         f"Several countries have this name ({options_text}). Say which."))  # fmt: skip


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
            return outcome
        codes[outcome.value] = None
        readings += [outcome.reading] if outcome.reading else []
    return Parsed(list(codes), ", ".join(readings) or None) if codes else _UNKNOWN


_CAPITALS = {
    "kuala lumpur": "MY", "kl": "MY", "singapore": "SG", "singapura": "SG", "jakarta": "ID", "new delhi": "IN", "canberra": "AU", "beijing": "CN",
    "tokyo": "JP", "manila": "PH", "bangkok": "TH", "hanoi": "VN", "port moresby": "PG", "dili": "TL", "suva": "FJ", "wellington": "NZ", "seoul": "KR",
    "kuala lumpur malaysia": "MY", "jakarta indonesia": "ID",
}  # fmt: skip


def residence(text: str, context: Context) -> Outcome:
    """``{country, city}`` where a mission sits, from a country, a capital, or ``Kuala Lumpur, Malaysia``."""
    parts = [part for part in re.split(r"[,/()]", text) if part.strip()]
    city: str | None = None
    code: object = None
    for part in parts:
        key = fold(part)
        found = country(part, context)
        if key in _CAPITALS:
            city, code = part.strip(), code or _CAPITALS[key]
        elif isinstance(found, Parsed):
            code = found.value
        elif len(parts) == 1:
            return found
        else:
            city = part.strip()
    if code is None:
        return _UNKNOWN
    return Parsed({"country": code, "city": city if fold(city or "") not in ("singapura", "singapore") else "Singapore"})
