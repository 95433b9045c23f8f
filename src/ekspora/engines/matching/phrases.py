"""The reasons in words: short phrases that can stand beside each other, for the guest and for the maker."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from ekspora.engines.matching.model import Fair, Goods, Quantity, Reason, Text, Want
from ekspora.engines.matching.words import broader, label, meanings_of
from ekspora.engines.units import unit_name

SECTORS: dict[str, Text] = {
    "fashion": {"id": "fesyen", "en": "fashion"},
    "crafts": {"id": "kriya", "en": "crafts"},
    "agro": {"id": "agro", "en": "agro products"},
    "culinary": {"id": "kuliner", "en": "culinary"},
    "footwear": {"id": "alas kaki", "en": "footwear"},
    "it": {"id": "teknologi informasi", "en": "information technology"},
    "machinery": {"id": "permesinan", "en": "machinery"},
    "fishery": {"id": "perikanan", "en": "fishery"},
}
_LOCALES = {"id": Locale("id"), "en": Locale("en", "GB")}


def _reason(kind: str, points: int, *, guest: tuple[str, str], maker: tuple[str, str]) -> Reason:
    to_guest, to_maker = ({"id": pair[0], "en": pair[1]} for pair in (guest, maker))
    return Reason(kind, points, to_guest, to_maker)


def _name(text: Text) -> tuple[str, str]:
    """A name in both languages, the other one's where one is missing."""
    return text.get("id") or text.get("en", ""), text.get("en") or text.get("id", "")


def _inside(text: Text) -> tuple[str, str]:
    """A name inside a sentence: small, unless it has capitals of its own."""
    home, abroad = (name.lower() if name[1:].islower() else name for name in _name(text))
    return home, abroad


def _wanted(want: Want, goods: Goods) -> tuple[str, str]:
    """What is wanted: by the glossary's name where a meaning is shared, else as it was written."""
    asked = meanings_of(want.text.values())
    offered = broader(meanings_of((*goods.name.values(), *goods.about.values())))
    found = (asked & offered) or (broader(asked) & offered)
    shared = sorted(found, key=lambda code: (code.startswith("="), code))
    if not shared or (want.text.get("id") and want.text.get("en")):
        return _inside(want.text)
    named = label(shared[0])
    return named["id"], named["en"]


def words(points: int, want: Want, goods: Goods) -> Reason:
    """What is wanted and the goods that fit it."""
    (want_id, want_en), (sold_id, sold_en) = _wanted(want, goods), _inside(goods.name)
    return _reason(
        "words", points,
        guest=(f"Anda mencari {want_id}: ada {sold_id}", f"you look for {want_en}: sells {sold_en}"),
        maker=(f"mencari {want_id}; Anda menjual {sold_id}", f"wants {want_en}; you sell {sold_en}"),
    )  # fmt: skip


def hs(points: int, want: Want, goods: Goods) -> Reason:
    """The HS codes agree."""
    code = min(want.hs, goods.hs, key=len)
    both = f"kode HS cocok ({code})", f"the HS code fits ({code})"
    return _reason("hs", points, guest=both, maker=both)


def sector(points: int, code: str) -> Reason:
    """The sector is one of those looked for."""
    name_id, name_en = _name(SECTORS.get(code, {"id": code}))
    return _reason(
        "sector", points,
        guest=(f"bidang yang Anda minati: {name_id}", f"in a sector you look for: {name_en}"),
        maker=(f"berminat pada bidang Anda: {name_id}", f"looks for your sector: {name_en}"),
    )  # fmt: skip


def capacity(points: int, goods: Goods) -> Reason:
    """How much is free a month."""
    assert goods.free is not None
    free = amounts(goods.free)
    both = f"{free['id']} sebulan tersedia", f"{free['en']} a month free"
    return _reason("capacity", points, guest=both, maker=both)


def covers(points: int, want: Want) -> Reason:
    """The free capacity of a month covers what is wanted."""
    assert want.quantity is not None
    asked = amounts(want.quantity)
    return _reason(
        "covers", points,
        guest=(f"cukup untuk {asked['id']} yang Anda cari", f"enough for the {asked['en']} you look for"),
        maker=(f"cukup untuk {asked['id']} yang dicari", f"enough for the {asked['en']} wanted"),
    )  # fmt: skip


def export(points: int, code: str) -> Reason:
    """A country that was exported to; an empty code where it is not known."""
    home, abroad = (f" ke {country(code)['id']}", f" to {country(code)['en']}") if code else ("", "")
    return _reason(
        "export", points,
        guest=(f"pernah mengekspor{home}", f"has exported{abroad}"),
        maker=(f"Anda pernah mengekspor{home}", f"you have exported{abroad}"),
    )  # fmt: skip


def fair(points: int, shown: Fair) -> Reason:
    """A fair abroad that was shown at."""
    home, abroad = country(shown.country)["id"], country(shown.country)["en"]
    where_id, where_en = f"ikut pameran {shown.name} ({home})", f"shown at {shown.name} ({abroad})"
    return _reason(
        "fair", points,
        guest=(f"pernah {where_id}", f"has {where_en}"),
        maker=(f"Anda pernah {where_id}", f"you have {where_en}"),
    )  # fmt: skip


def certificate(points: int, goods: Goods) -> Reason:
    """A certificate of wanted goods."""
    both = f"bersertifikat: {goods.certificates}", f"certified: {goods.certificates}"
    return _reason("certificate", points, guest=both, maker=both)


def country(code: str) -> Text:
    """The name of a country in both languages (CLDR); the code where there is none."""
    return {language: str(place.territories.get(code, code)) for language, place in _LOCALES.items()}


def amounts(quantity: Quantity) -> Text:
    """An amount in both languages; a tonne or more of kilograms is told in tonnes."""
    amount, unit = quantity.amount, quantity.unit
    if unit.lower() == "kg" and amount >= 1000:
        amount, unit = amount / Decimal(1000), "t"
    return {
        language: f"{format_decimal(amount, locale=place)} {unit_name(unit, language, amount)}".strip()
        for language, place in _LOCALES.items()
    }
