"""Lines that hold for the rows under them: ``KECAMATAN BAYAT``, ``II | KABUPATEN KLATEN``."""

import re
from collections.abc import Sequence

from ekspora.engines.registers.values.outcome import Context, Parsed
from ekspora.engines.registers.values.places import province, regency
from ekspora.engines.registers.wording import clean

LEVELS = ("province", "regency", "district", "village")
_NUMBER = re.compile(r"[IVXLC]{1,6}|[A-Za-z]", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})\s*[.)]\s*)?(?:wilayah\s+)?(?P<word>(?:"
    r"(?P<province>provinsi|propinsi|prov\.?|province)|(?P<regency>kabupaten|kab\.?|kotamadya|kota|regency|city of)|"
    r"(?P<district>kecamatan|kec\.?|kapanewon|kemantren|distrik|district)|"
    r"(?P<village>kelurahan|kel\.?|desa|kalurahan|nagari|gampong)))(?:\s*:\s*|\s+|(?<=\.))(?P<name>[^\W\d_][^\d:|]{1,40})",
    re.IGNORECASE,
)
# With these a business may well call itself, so alone they make no title.
_LIKE_A_NAME = re.compile(
    r"\W*(?:desa|kel\b|kelurahan|kalurahan|nagari|gampong|distrik|district)", re.IGNORECASE
)
_HERE = Context()


def title_of(row: Sequence[str], counters: set[int], numbered: bool) -> str | None:
    """The text of a line that names a group: alone in its line, beside at most a Roman number or a letter where
    the others have numbers. In the place of the running number any words will do, elsewhere only a place."""
    filled = [i for i, cell in enumerate(row) if cell.strip()]
    if not 0 < len(filled) < 3:
        return None
    text = row[filled[-1]].strip()
    if not any(map(str.isalpha, text)):
        return None
    if len(filled) == 1:
        return text if filled[0] in counters or (place_of(text) and not _LIKE_A_NAME.match(text)) else None
    mark = row[filled[0]].strip().rstrip(".)")
    is_mark = filled[0] in counters and numbered and bool(_NUMBER.fullmatch(mark))
    return text if is_mark and not any(map(str.isdigit, text)) else None


def place_of(title: str) -> tuple[str, str] | None:
    """The field and the text that a title says of the rows under it, ``None`` where it names no place.

    Regencies, cities and provinces are looked up, for a business can be called ``Kota Roti``; a village of three
    words or more is none."""
    found = _TITLE.fullmatch(clean(title))
    if not found:
        return None
    level = next(level for level in LEVELS if found[level])
    name = found["name"].strip(" .")
    if level == "province":
        return (level, name) if isinstance(province(name, _HERE), Parsed) else None
    if level == "regency":
        text = f"{found['word']} {name}"
        return (level, text) if isinstance(regency(text, _HERE), Parsed) else None
    return (level, name) if len(name.split()) < (4 if level == "district" else 3) else None


class Sections:
    """What the titles so far say of the next row."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def take(self, title: str) -> None:
        """A line was left out; where it names a place, that holds from here on, and smaller places end."""
        for part in reversed(title.split(" | ")):
            if found := place_of(part):
                level, text = found
                kept = LEVELS[: LEVELS.index(level)]
                self.told = {key: known for key, known in self.told.items() if key in kept} | {level: text}
                return
