"""The sectors a business can be in, as data, and how a register's categories are read as sectors."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ekspora.engines.registers.errors import Text, pair
from ekspora.engines.registers.values.outcome import Ask, Context, Outcome, Parsed
from ekspora.engines.registers.values.texts import several
from ekspora.engines.registers.wording import fold, nearest


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: stable code, label in both languages, words (folded, any order) by which registers call it."""

    code: str
    label: Text
    words: str


SECTORS = (
    Sector("fashion", pair("Fesyen", "Fashion"),
           "fashion fesyen fesen busana pakaian garmen garment batik bordir konveksi tenun sulam jahit penjahit kain tekstil "
           "textile apparel clothing hijab muslim sablon kaos aksesoris aksesori accessories sandang lurik songket ulos"),
    Sector("crafts", pair("Kriya", "Crafts"),
           "kriya kerajinan craft crafts handicraft handicrafts kerajian anyaman ukiran ukir keramik gerabah dekorasi decor "
           "mebel furnitur furniture meubel rotan bambu suvenir souvenir kayu perak wayang"),
    Sector("agro", pair("Agro", "Agro"),
           "agro agribisnis agribusiness pertanian perkebunan peternakan tani hortikultura agriculture farming kopi coffee kakao cocoa "
           "rempah spices teh tanaman agroindustri agrobisnis sayur sayuran buah beras kehutanan"),
    Sector("culinary", pair("Kuliner", "Culinary"),
           "kuliner culinary makanan minuman mamin food beverage foods beverages katering catering roti kue keripik kripik kerupuk "
           "krupuk snack camilan cemilan restoran restaurant warung kedai bakery pangan jajanan sambal bakso mamin olahan bumbu"),
    Sector("footwear", pair("Alas kaki", "Footwear"),
           "alas_kaki sepatu sandal sendal footwear shoes shoe kulit leather"),
    Sector("it", pair("Teknologi informasi", "Information technology"),
           "it ti teknologi_informasi information_technology software aplikasi digital komputer startup tik ict perangkat_lunak "
           "programming game gim"),
    Sector("machinery", pair("Permesinan", "Machinery"),
           "mesin permesinan machinery machine machines logam metal alsintan alat_mesin teknik bengkel_mesin otomotif komponen alat_pertanian"),
    Sector("fishery", pair("Perikanan", "Fishery"),
           "perikanan ikan fishery fisheries fish kelautan marine udang seafood nelayan rumput_laut hasil_laut tambak "
           "olahan_ikan pengolahan_ikan terasi bandeng"),
)  # fmt: skip

# Categories that registers use and that are none of the sectors: kept as the register's own words, nothing asked.
OTHER_CATEGORIES = (
    "jasa perdagangan dagang trade trading services service retail grosir industri lainnya lain other toko warungan sembako kelontong "
    "pulsa transportasi kesehatan kosmetik kecantikan obat farmasi herbal jamu percetakan laundry konstruksi pendidikan pariwisata "
    "properti produksi pengolahan manufaktur manufacturing usaha mikro kecil ekonomi kreatif fotokopi salon bengkel ritel eceran"
)

_CUT = re.compile(r"[,;/\n|&+]|\b(?:dan|and|serta)\b")
_STRONG = {"fishery"}
_IDLE = frozenset("aneka olahan industri usaha produk hasil produksi dan jasa bidang sektor kecil menengah ikm umkm basah kering lokal "
                  "pengolahan penjualan barang bidang jenis sector products processing processed khas rumahan".split())  # fmt: skip
LABELS = {sector.code: sector.label for sector in SECTORS}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words = {word.replace("_", " "): sector.code for sector in SECTORS for word in sector.words.split()}
    words |= {fold(text): s.code for s in SECTORS for text in (*s.label.values(), s.code)}
    return words


@lru_cache(maxsize=1)
def _others() -> frozenset[str]:
    return frozenset(OTHER_CATEGORIES.split())


@lru_cache(maxsize=4096)
def _part(text: str) -> tuple[set[str], bool, str | None]:
    """The sectors one part of a category names, whether it is understood at all, and the correction of a slip."""
    key = fold(text)
    words = _words()
    if key in words:
        return {words[key]}, True, None
    codes, known, reading = set[str](), False, None
    tokens = key.split()
    for i, token in enumerate(tokens):
        two = " ".join(tokens[i : i + 2])
        if two in words or token in words:
            codes.add(words[two] if two in words else words[token])
        elif token in _others() or token in _IDLE:
            known = True
        elif near := nearest(token, [*words, *_others()]):
            reading, known = near, True
            codes |= {words[near]} if near in words else set()
    return (codes & _STRONG or codes), known or bool(codes), reading


def sectors(text: str, context: Context) -> Outcome:
    """The sectors a category names, as a list of codes in the order of ``SECTORS``.

    ``ANEKA OLAHAN IKAN`` is fishery although processing food is culinary: fish decides. Categories known to be none of
    the sectors (trade, services) give an empty list; slips (``Kulener``) are read and said; a sentence or an unknown word
    is asked.
    """
    codes, understood, reading = set[str](), False, None
    if len(text.split()) <= 8:
        for part in _CUT.split(text.casefold()):
            found, known, corrected = _part(part)
            codes |= found
            understood |= known
            reading = reading or corrected
    if not understood:
        listed = {language: ", ".join(s.label[language] for s in SECTORS) for language in ("id", "en")}
        return Ask("unknown_sector", pair(f"Sektor tidak dikenal. Pilih: {listed['id']}.", f"Unknown sector. Choose: {listed['en']}."))
    return Parsed([s.code for s in SECTORS if s.code in codes], reading)


def interests(text: str, context: Context) -> Outcome:
    """``{sectors, words}``: the sectors an interest names and its own words. Words without a sector stay words."""
    found = sectors(text, context)
    listed = several(text, context)
    if not isinstance(listed, Parsed):
        return listed
    return Parsed({"sectors": found.value if isinstance(found, Parsed) else [], "words": listed.value})
