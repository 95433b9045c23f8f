"""Which goods the United Nations Security Council keeps from a country, as far as it was noted here.

The facts are data (``knowledge/un_sanctions.yaml``) with their source and a date by which they are to be
reviewed. No answer of this module means "nothing is required": it says what is known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ekspora.core.clock import now

Text = Mapping[str, str]
KNOWLEDGE = Path(__file__).with_name("knowledge") / "un_sanctions.yaml"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why goods are stopped, or what to mind, in both languages; ``source`` names resolution and paragraph.

    ``check``: the HS codes or a value limit are our reading of the resolution. ``stale``: older than its
    review date, so it is shown with "periksa ulang".
    """

    text: Text
    source: str
    check: bool = False
    stale: bool = False

    @property
    def full(self) -> Text:
        """The text with its source, and with the word that asks to look again where that is due."""
        again = {"id": " Periksa ulang.", "en": " Check again."} if self.check or self.stale else {}
        where = {"id": _in_indonesian(self.source), "en": self.source}
        return {code: f"{text} ({where[code]}).{again.get(code, '')}" for code, text in self.text.items()}


_WORDS = {
    "paragraphs": "paragraf", "paragraph": "paragraf", "annex": "lampiran", "and": "dan",
    "(yearly limits)": "(batas tahunan)",
}  # fmt: skip


def _in_indonesian(source: str) -> str:
    for english, indonesian in _WORDS.items():
        source = source.replace(f" {english}", f" {indonesian}")
    return source


@dataclass(frozen=True, slots=True)
class _Measure:
    hs: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Country:
    measures: tuple[_Measure, ...]
    sectors: frozenset[str]
    unknown: Reason | None
    notes: tuple[tuple[Reason, bool], ...]


def stopped(country: str, hs: str, sector: str, is_service: bool) -> Reason | None:
    """Why a product may not go to ``country`` (ISO code); None when no measure noted here names it.

    ``hs`` is empty where it is not known: then a sector most of whose goods are named stays stopped until the
    code is known. A service is never named here; ``notes`` says what is known about services.
    """
    known = _knowledge().get(country)
    if known is None or is_service:
        return None
    if not hs:
        return _aged(known.unknown) if sector in known.sectors and known.unknown else None
    matching = (m.reason for m in known.measures if any(_meets(hs, start) for start in m.hs))
    return _aged(next(matching, None))


def all_stopped(country: str, goods: Iterable[tuple[str, bool]], sector: str) -> Reason | None:
    """Why everything a business makes may not go to ``country``: the first reason, None if something may.

    ``goods``: HS code and whether it is a service, one pair for each product; without products the sector
    alone decides.
    """
    first: Reason | None = None
    for hs, is_service in tuple(goods) or (("", False),):
        reason = stopped(country, hs, sector, is_service)
        if reason is None:
            return None
        first = first or reason
    return first


def notes(country: str, *, services: bool = False) -> list[Reason]:
    """What else to mind with a country; those on services only when ``services`` are talked about."""
    known = _knowledge().get(country)
    found = (_aged(reason) for reason, only in (known.notes if known else ()) if services or not only)
    return [reason for reason in found if reason is not None]


def measures(country: str) -> list[Reason]:
    """All measures noted for a country, for a page about it; none is no permission."""
    known = _knowledge().get(country)
    found = (_aged(measure.reason) for measure in (known.measures if known else ()))
    return [reason for reason in found if reason is not None]


def countries() -> frozenset[str]:
    """The countries that were looked at; about every other one nothing was noted."""
    return frozenset(_knowledge())


def _meets(hs: str, start: str) -> bool:
    # A code shorter than the measure's may hold named goods: it is stopped until it is known better.
    return hs.startswith(start) or start.startswith(hs)


def _aged(reason: Reason | None) -> Reason | None:
    if reason is None or now().date() <= _review_by():
        return reason
    return Reason(reason.text, reason.source, reason.check, stale=True)


@lru_cache(maxsize=1)
def _data() -> Any:
    return yaml.safe_load(KNOWLEDGE.read_text("utf-8"))


def _review_by() -> date:
    due: date = _data()["review_by"]
    return due


@lru_cache(maxsize=1)
def _knowledge() -> dict[str, _Country]:
    return {code: _country(entry) for code, entry in _data()["countries"].items()}


def _country(entry: Any) -> _Country:
    needed = entry.get("hs_needed")
    return _Country(
        measures=tuple(_Measure(tuple(m["hs"]), _reason(m)) for m in entry["stopped"]),
        sectors=frozenset(needed["sectors"] if needed else ()),
        unknown=_unknown(needed["source"]) if needed else None,
        notes=tuple((Reason(n["text"], n["source"]), n.get("services", False)) for n in entry["notes"]),
    )


def _reason(measure: Any) -> Reason:
    limit = measure.get("value", {"id": "", "en": ""})
    text = {
        "id": f"Sanksi PBB: {measure['what']['id']} {limit['id']}".rstrip()
        + " tidak boleh dikirim ke negara ini",
        "en": f"UN sanctions: {measure['what']['en']} {limit['en']}".rstrip() + " may not go to this country",
    }
    return Reason(text, measure["source"], check=bool(measure.get("check")) or "value" in measure)


def _unknown(source: str) -> Reason:
    text = {
        "id": "Sanksi PBB: ditahan sampai kode HS diketahui, karena barang sektor ini umumnya dilarang",
        "en": "UN sanctions: stopped until the HS code is known, for goods of this sector mostly may not go",
    }
    return Reason(text, source, check=True)
