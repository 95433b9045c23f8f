"""Which business that is known already a unit of rows speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q

from ekspora.core.models import Agency
from ekspora.directory.models import Business, Import, ImportedRow
from ekspora.directory.services.importing.decisions import Decisions
from ekspora.directory.services.importing.units import Unit, Units
from ekspora.engines.registers import Issue
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.wording import fold

_SEVERAL = pair(
    "Ada beberapa pelaku usaha dengan nama dan tempat ini. Pilih yang mana pada halaman impor, atau isi NIB atau "
    "telepon yang tercatat.",
    "Several businesses have this name and place. Choose one on the page of the import, or enter the NIB or the phone "
    "that is on record.",
)
_ELSEWHERE = pair(
    "NIB ini sudah terdaftar dan dirawat instansi lain: %s. Mintalah instansi itu membagikannya ke daftar Anda.",
    "This NIB is registered already and kept by another agency: %s. Ask that agency to share it with yours.",
)
_PART = 500


@dataclass(slots=True)
class Matches:
    """For each unit, in order, the id of the known business or None; ``unclear`` are rows that fit several, or
    one that only another agency keeps: a public number is no right to somebody's record. ``by_name`` gives the
    ids that name and place alone speak for, by the number of the unit: the one taken, or the several."""

    known: list[int | None]
    unclear: list[Issue] = field(default_factory=list)
    by_name: dict[int, list[int]] = field(default_factory=dict)

    def unsure(self) -> list[int]:
        """The numbers of units that may yet be some business on the list."""
        return [n for n, pk in enumerate(self.known) if pk is None or n in self.by_name]


class _Subject(NamedTuple):
    """What of a unit is compared: of those only that some business on the list has the name of."""

    number: int
    key: str
    name: str
    nib: str
    phone: str
    country: str
    places: tuple[str, str, str]
    rows: tuple[int, ...]


class _Named(NamedTuple):
    """What of a business on the list is compared."""

    pk: int
    nib: str
    phone: str
    country: str
    places: tuple[str, str, str]


def match(units: Units, agency: Agency, decided: Decisions) -> Matches:
    """Find each unit's business: as somebody decided, by NIB in the whole register; among the agency's own list by a
    row imported before with the same content, by name and place with the same phone, then by name and place
    alone.

    What a surer sign has claimed is not given to a weaker one. A few queries for each 500 units.
    """
    found, result = _Found(agency), Matches([])
    open_ones: list[_Subject] = []
    for start in range(0, len(units), _PART):
        part = units[start : start + _PART]
        found.load(part)
        for number, unit in enumerate(part, start):
            pk = found.surely(unit) or decided.same.get(unit.first.row)
            result.known.append(pk)
            result.unclear += found.kept_elsewhere(unit)
            if pk is None and unit.first.row not in decided.new and found.has_name(unit):
                open_ones.append(_subject(number, unit))
    claimed = {pk for pk in result.known if pk is not None}
    for by_phone in (True, False):
        for one in open_ones:
            if result.known[one.number] is not None:
                continue
            fitting = [b for b in found.named(one) if b.pk not in claimed and _same_place(one, b)]
            if by_phone:
                fitting = [b for b in fitting if b.phone and b.phone == one.phone]
            if not by_phone and fitting:
                result.by_name[one.number] = [b.pk for b in fitting]
            if len(fitting) == 1:
                result.known[one.number] = fitting[0].pk
                claimed.add(fitting[0].pk)
            elif fitting and not by_phone:
                result.unclear += [Issue(row, "name", one.name, "several_fit", _SEVERAL) for row in one.rows]
    return result


def _subject(number: int, unit: Unit) -> _Subject:
    values = unit.values
    country, phones = values.get("country", "ID"), values.get("phone") or [{"number": ""}]
    at_home = country == "ID"
    place = ", ".join(filter(None, (values.get("village"), values.get("district"))))
    places = [values.get(name, "") if at_home else "" for name in ("regency", "province")]
    return _Subject(
        number, _key(unit), str(values["name"]), values.get("nib", ""), phones[0]["number"], country,
        (places[0], places[1], fold(place)), tuple(record.row for record in unit.records),
    )  # fmt: skip


def _key(unit: Unit) -> str:
    return name_key(str(unit.values["name"]))[:160]


class _Found:
    """The businesses that can be meant, by each sign."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._by_nib: dict[str, int] = {}
        self._keepers: dict[str, str] = {}
        self._by_hash: dict[str, int] = {}
        self._by_name: dict[str, list[_Named]] = defaultdict(list)

    def load(self, part: Iterable[Unit]) -> None:
        """Read what can be meant by some units: four queries. Only names are kept beyond the part."""
        self._by_nib, self._by_hash = {}, {}
        nibs = {unit.values.get("nib", "") for unit in part} - {""}
        if nibs:
            self._load_by_nib(nibs)
        rows = ImportedRow.objects.filter(
            hash__in={record.hash for unit in part for record in unit.records},
            target_type=Business._meta.label_lower, source__agency=self._agency,
            source__state__in=(Import.State.WRITING, Import.State.DONE),
        )  # fmt: skip
        self._by_hash = dict(rows.order_by("pk").values_list("hash", "target_id"))
        names = {_key(unit) for unit in part} - set(self._by_name)
        wanted = Q(name_key__in=names, listings__agency=self._agency)
        columns = ("name_key", "pk", "nib", "phone", "country", "regency", "province", "place")
        for key, pk, nib, phone, country, *places in Business.objects.filter(wanted).values_list(*columns):
            where = (places[0], places[1], fold(places[2]))
            self._by_name[key].append(_Named(pk, nib, phone, country, where))

    def _load_by_nib(self, nibs: set[str]) -> None:
        # Who registered themselves with a public number must not come to an agency's record by an import.
        registered = Business.objects.filter(nib__in=nibs).exclude(pk__in=Business.objects.undecided(nibs))
        registered = registered.only("nib").prefetch_related("listed_by")
        for business in registered:
            self._by_nib[business.nib] = business.pk
            agencies = list(business.listed_by.all())
            if agencies and self._agency not in agencies:
                self._keepers[business.nib] = ", ".join(agency.short_name for agency in agencies)

    def kept_elsewhere(self, unit: Unit) -> Iterator[Issue]:
        """The rows of a unit whose NIB belongs to a business that is only on other agencies' lists."""
        nib = unit.values.get("nib", "")
        if keepers := self._keepers.get(nib):
            remedy = {language: text % keepers for language, text in _ELSEWHERE.items()}
            yield from (Issue(r.row, "nib", nib, "kept_elsewhere", remedy) for r in unit.records)

    def surely(self, unit: Unit) -> int | None:
        """By NIB, else by the content of a row imported before (of a record that still is on the list)."""
        nib = unit.values.get("nib", "")
        if nib and nib in self._by_nib:
            return self._by_nib[nib]
        met = [pk for record in unit.records if (pk := self._by_hash.get(record.hash, 0))]
        if not met:
            return None
        listed = {b.pk for b in self._by_name[_key(unit)] if not (nib and b.nib and nib != b.nib)}
        return next((pk for pk in met if pk in listed), None)

    def has_name(self, unit: Unit) -> bool:
        """Whether any business of the agency's list has the unit's name."""
        return bool(self._by_name.get(_key(unit)))

    def named(self, one: _Subject) -> Iterator[_Named]:
        """Businesses of the agency's list with the subject's name, and no other NIB than its own."""
        for business in self._by_name[one.key]:
            if not (one.nib and business.nib and one.nib != business.nib):
                yield business


def _same_place(one: _Subject, business: _Named) -> bool:
    """Whether both say the same place; where one says none, nothing else may speak against it."""
    if one.country != business.country:
        return False
    for mine, theirs in zip(one.places, business.places, strict=True):
        if mine and theirs:
            return mine == theirs
    return not (one.phone and business.phone and one.phone != business.phone)
