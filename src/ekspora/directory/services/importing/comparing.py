"""Comparing a file's rows with the businesses on the agency's list and with each other, before anything is written.

A row that a sure sign (NIB, same content as before) names a business of is not compared. What is almost certainly
one is proposed as the same; what is perhaps one is proposed as new and goes to the queue of doubles afterwards.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from django.db import transaction
from django.urls import reverse

from ekspora.core.clock import now
from ekspora.core.models import Agency, Job, Person
from ekspora.core.services import jobs
from ekspora.directory.models import Business, Double, Import, Resemblance
from ekspora.directory.services import doubles
from ekspora.directory.services.importing.decisions import Decisions
from ekspora.directory.services.importing.inserting import insert
from ekspora.directory.services.importing.matching import match
from ekspora.directory.services.importing.units import Unit, units
from ekspora.engines.duplicates import Entry, Likeness, Pair, Reason, find
from ekspora.engines.registers import Understanding

KIND = "directory.import_compare"
# Up to so many rows and businesses together it is done while the officer waits.
AT_ONCE = 3_000
_MOST = 3  # resemblances of one row that are shown
_Choice = Resemblance.Choice


def topic_of(source: Import) -> str:
    """The name under which jobs refer to the comparing of an import."""
    return f"compare:{source.pk}"


def is_small(understanding: Understanding, agency: Agency) -> bool:
    """Whether comparing takes a moment only."""
    return understanding.good + agency.listings.count() <= AT_ONCE


def start(source: Import, actor: Person | None) -> Job:
    """Compare in the background."""
    return jobs.start(
        kind=KIND, arguments={"import": source.pk}, agency=source.agency, person=actor, topic=topic_of(source),
        back_to=reverse("import_preview", args=[source.pk]),
    )  # fmt: skip


def resemblances(
    agency: Agency, understanding: Understanding, on_progress: Callable[[int], bool] = lambda compared: True
) -> list[Resemblance]:
    """What every row resembles, for ``keep``. To be asked before rows are held back."""
    return list(_noted(*_pairs(agency, understanding, on_progress)))


@transaction.atomic
def keep(source: Import, found: Iterable[Resemblance]) -> None:
    """Note what the rows of a file resemble; what was noted before goes."""
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=source.pk)
    fresh.resemblances.all().delete()
    kept = list(found)
    wanted = {one.business_id for one in kept if one.business_id}
    known = {None, *Business.objects.filter(pk__in=wanted).values_list("pk", flat=True)}
    for one in kept:
        one.source = fresh
    insert(Resemblance, [one for one in kept if one.business_id in known])
    source.compared_at = fresh.compared_at = now()
    fresh.save(update_fields=["compared_at"])


_Found = tuple[list[Pair], dict[int, Entry], dict[int, list[int]]]


def _pairs(agency: Agency, understanding: Understanding, on_progress: Callable[[int], bool]) -> _Found:
    """Pairs of entries (rows by their negative numbers), and of unsure rows the entry and what name and place
    alone speak for."""
    grouped = units(understanding)
    matches = match(grouped, agency, Decisions())
    rows: dict[int, Entry] = {}
    several: dict[int, list[int]] = {}
    elsewhere = {issue.row for issue in matches.unclear if issue.code != "several_fit"}
    for number in matches.unsure():
        unit = grouped[number]
        if unit.first.row in elsewhere:
            continue
        rows[unit.first.row] = _entry(unit)
        if number in matches.by_name:
            several[unit.first.row] = matches.by_name[number]
    if not rows:
        return [], {}, {}
    always = [(-row, pk) for row, known in several.items() for pk in known]
    entries = chain(rows.values(), doubles.entries_of(agency))
    pairs = find(entries, new={-row for row in rows}, always=always, on_progress=on_progress)
    return pairs, rows, several


def _entry(unit: Unit) -> Entry:
    values = unit.values
    return Entry(
        -unit.first.row, str(values["name"]), nib=values.get("nib", ""),
        phones=tuple(sorted(phone["number"] for phone in values.get("phone", ()))),
        email=(values.get("email") or [""])[0], owner=values.get("owner_name", ""),
        province=values.get("province", ""), regency=values.get("regency", ""), address=values.get("address", ""),
    )  # fmt: skip


def _noted(
    pairs: Iterable[Pair], rows: Mapping[int, Entry], several: Mapping[int, list[int]]
) -> Iterator[Resemblance]:
    of_row: dict[int, list[tuple[Pair, int]]] = defaultdict(list)
    for pair in pairs:  # the most probable first
        of_row[-pair.a].append(
            (pair, pair.b)
        )  # a is the smaller id: the later row, or a row beside a business
    for row, found in of_row.items():
        named = several.get(row, [])
        shown = sorted(found, key=lambda one: (one[1] not in named, -one[0].probability))[
            : max(_MOST, len(named))
        ]
        chosen = _proposed(shown, named)
        for pair, other in shown:
            choice = _Choice.OPEN if len(named) > 1 and other in named else _Choice.NEW
            yield Resemblance(
                row=row, name=rows[row].name[:200], told=_told(rows[row]), likeness=pair.likeness,
                business_id=other if other > 0 else None, other_row=-other if other < 0 else None,
                other_name=rows[-other].name[:200] if other < 0 else "", probability=pair.probability,
                reasons=doubles.reasons_of(pair), choice=_Choice.SAME if other == chosen else choice,
            )  # fmt: skip


def _told(entry: Entry) -> str:
    return " · ".join(filter(None, (entry.nib, entry.owner, *entry.phones, entry.email, entry.address)))[:300]


def _proposed(found: list[tuple[Pair, int]], named: list[int]) -> int | None:
    """Which of a row's resemblances is proposed as the same: the one of its name and place, else one almost certain
    that nothing speaks against."""
    if len(named) > 1:
        return None
    if named:
        return named[0]
    for pair, other in found:
        if pair.likeness == Likeness.SURE and not any(map(_speaks_against, pair.reasons)):
            return other
    return None


def _speaks_against(reason: Reason) -> bool:
    """Whether this alone calls for a person's eye: another NIB, owner or region, a telephone off by a digit."""
    if reason.field == "phone":
        return reason.code == "slip"
    return reason.weight < 0 and reason.field in ("nib", "owner", "place")


def note_doubles(source: Import) -> dict[str, int]:
    """After writing: what is perhaps one goes into the queue, what somebody called two is not asked again."""
    rows = source.rows.filter(target_type=Business._meta.label_lower).values_list("row", "target_id")
    made = dict(rows)
    found: dict[tuple[int, int], Double] = {}
    for one in source.resemblances.exclude(choice=_Choice.SAME):
        here, there = made.get(one.row), one.business_id or made.get(one.other_row or 0)
        if not here or not there or here == there:
            continue
        pair = (min(here, there), max(here, there))
        state = Double.State.APART if one.decided_by_id else Double.State.OPEN
        found[pair] = Double(
            one_id=pair[0], other_id=pair[1], likeness=one.likeness, probability=one.probability,
            reasons=one.reasons, state=state, decided_by_id=one.decided_by_id,
            decided_at=now() if one.decided_by_id else None,
        )  # fmt: skip
    Double.objects.bulk_create(found.values(), batch_size=500, ignore_conflicts=True)
    return {state: sum(one.state == state for one in found.values()) for state in ("open", "apart")}
