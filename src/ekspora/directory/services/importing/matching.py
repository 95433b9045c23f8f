"""Which business that is known already a unit of rows speaks of."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ekspora.core.models import Agency
from ekspora.directory.models import Business, Import, ImportedRow
from ekspora.directory.services.importing.drafts import Draft
from ekspora.engines.registers import Issue
from ekspora.engines.registers.duplicates import name_key
from ekspora.engines.registers.errors import pair
from ekspora.engines.registers.wording import fold

_SEVERAL = pair(
    "Ada beberapa pelaku usaha dengan nama dan tempat ini. Isi NIB atau telepon yang tercatat.",
    "Several businesses have this name and place. Enter the NIB or the phone that is on record.",
)
_ELSEWHERE = pair(
    "NIB ini sudah terdaftar dan dirawat instansi lain: %s. Mintalah instansi itu membagikannya ke daftar Anda.",
    "This NIB is registered already and kept by another agency: %s. Ask that agency to share it with yours.",
)
_PART = 500


@dataclass(slots=True)
class Matches:
    """For each draft, in order, the id of the known business or None; ``unclear`` are rows that fit several, or
    one that only another agency keeps: a public number is no right to somebody's record."""

    known: list[int | None]
    unclear: list[Issue] = field(default_factory=list)


def match(drafts: Sequence[Draft], agency: Agency) -> Matches:
    """Find each draft's business: by NIB in the whole register; among the agency's own list by a row
    imported before with the same content, by name and place with the same phone, then by name and place
    alone.

    What a surer sign has claimed is not given to a weaker one. A few queries for each 500 drafts.
    """
    found = _Found(agency)
    for start in range(0, len(drafts), _PART):
        found.load(drafts[start : start + _PART])
    known: list[int | None] = [found.surely(draft) for draft in drafts]
    claimed = {pk for pk in known if pk is not None}
    result = Matches(known)
    for draft in drafts:
        result.unclear += found.kept_elsewhere(draft)
    for by_phone in (True, False):
        for i, draft in enumerate(drafts):
            if known[i] is not None:
                continue
            fitting = [b for b in found.named(draft) if b.pk not in claimed and _same_place(draft, b)]
            if by_phone:
                fitting = [b for b in fitting if b.phone and b.phone == draft.values["phone"]]
            if len(fitting) == 1:
                known[i] = fitting[0].pk
                claimed.add(fitting[0].pk)
            elif fitting and not by_phone:
                name = str(draft.values["name"])
                result.unclear += [
                    Issue(r.row, "name", name, "several_fit", _SEVERAL) for r in draft.unit.records
                ]
    return result


class _Found:
    """The businesses that can be meant, by each sign."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._by_nib: dict[str, int] = {}
        self._keepers: dict[str, str] = {}
        self._by_hash: dict[str, int] = {}
        self._by_name: dict[str, list[Business]] = defaultdict(list)

    def load(self, drafts: Sequence[Draft]) -> None:
        """Read what can be meant by some drafts: three queries."""
        nibs = {draft.values["nib"] for draft in drafts} - {""}
        if nibs:
            self._load_by_nib(nibs)
        rows = ImportedRow.objects.filter(
            hash__in={record.hash for draft in drafts for record in draft.unit.records},
            target_type=Business._meta.label_lower, source__agency=self._agency,
            source__state__in=(Import.State.WRITING, Import.State.DONE),
        )  # fmt: skip
        self._by_hash |= dict(rows.order_by("pk").values_list("hash", "target_id"))
        names = {name_key(str(draft.values["name"]))[:160] for draft in drafts} - set(self._by_name)
        wanted = Q(name_key__in=names, listings__agency=self._agency)
        columns = ("id", "name_key", "nib", "country", "province", "regency", "place", "phone")
        for business in Business.objects.filter(wanted).only(*columns):
            self._by_name[business.name_key].append(business)

    def _load_by_nib(self, nibs: set[str]) -> None:
        registered = Business.objects.filter(nib__in=nibs).prefetch_related("listed_by")
        for business in registered:
            self._by_nib[business.nib] = business.pk
            agencies = list(business.listed_by.all())
            if agencies and self._agency not in agencies:
                self._keepers[business.nib] = ", ".join(agency.short_name for agency in agencies)

    def kept_elsewhere(self, draft: Draft) -> Iterator[Issue]:
        """The rows of a draft whose NIB belongs to a business that is only on other agencies' lists."""
        nib = draft.values["nib"]
        if keepers := self._keepers.get(nib):
            remedy = {language: text % keepers for language, text in _ELSEWHERE.items()}
            yield from (Issue(r.row, "nib", nib, "kept_elsewhere", remedy) for r in draft.unit.records)

    def surely(self, draft: Draft) -> int | None:
        """By NIB, else by the content of a row imported before (of a record that still is on the list)."""
        nib = draft.values["nib"]
        if nib and nib in self._by_nib:
            return self._by_nib[nib]
        listed = {business.pk for business in self.named(draft)}
        met = (self._by_hash.get(record.hash, 0) for record in draft.unit.records)
        return next((pk for pk in met if pk in listed), None)

    def named(self, draft: Draft) -> Iterator[Business]:
        """Businesses of the agency's list with the draft's name, and no other NIB than the draft's."""
        nib = draft.values["nib"]
        for business in self._by_name[name_key(str(draft.values["name"]))[:160]]:
            if not (nib and business.nib and nib != business.nib):
                yield business


def _same_place(draft: Draft, business: Business) -> bool:
    """Whether both say the same place; where one says none, nothing else may speak against it."""
    values: dict[str, Any] = draft.values
    if values["country"] != business.country:
        return False
    for name in ("regency", "province", "place"):
        mine, theirs = fold(values[name]), fold(getattr(business, name))
        if mine and theirs:
            return mine == theirs
    return not (values["phone"] and business.phone and values["phone"] != business.phone)
