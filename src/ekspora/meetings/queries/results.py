"""What came of all meetings of an activity, for its officers: both sides beside each other, counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Q
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.demand.encounters import Said, differ, encounters_in, said_by
from ekspora.demand.models import Encounter, Outcome, Side
from ekspora.demand.product_groups import ProductGroup
from ekspora.demand.services.telling import POSSIBLE
from ekspora.directory.sectors import Sector
from ekspora.meetings.models import Meeting
from ekspora.meetings.queries.agendas import meetings_of, published_version
from ekspora.meetings.queries.outcomes import TOLD, newest
from ekspora.programmes.models import Activity, Participation
from ekspora.ui import formats

# Cooperation is possible, but nobody said over which product.
UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting with what each side says of it. ``is_published``: it stands in the timetable that counts."""

    key: str
    starts_at: datetime
    ends_at: datetime
    table: str
    maker: Participation
    guest: Participation
    encounter: Encounter | None
    is_published: bool

    @property
    def maker_says(self) -> Outcome | None:
        """What the business said last."""
        return said_by(self.encounter, Side.MAKER)

    @property
    def guest_says(self) -> Outcome | None:
        """What the representative said last."""
        return said_by(self.encounter, Side.GUEST)

    @property
    def said(self) -> list[Outcome]:
        """What was said, by whichever side."""
        return [outcome for outcome in (self.maker_says, self.guest_says) if outcome is not None]

    @property
    def is_over(self) -> bool:
        """Whether an answer can be expected."""
        return self.ends_at <= now()

    @property
    def differs(self) -> bool:
        """Whether the sides see it differently."""
        return differ(self.maker_says, self.guest_says)

    @property
    def is_possible(self) -> bool:
        """Whether at least one side sees cooperation."""
        return any(outcome.verdict == POSSIBLE for outcome in self.said)

    @property
    def is_exchanged(self) -> bool:
        """Whether both have each other's contact."""
        return self.encounter is not None and self.encounter.exchanged_at is not None

    @property
    def sector(self) -> str:
        """The sector of the business."""
        assert self.maker.business is not None  # by constraint
        return self.maker.business.sector

    @property
    def groups(self) -> frozenset[str]:
        """The product groups over which cooperation is possible."""
        if not self.is_possible:
            return frozenset()
        named = {wanted.group.value for outcome in self.said for wanted in outcome.products.all()}
        return frozenset(named or {UNNAMED})

    @property
    def text(self) -> str:
        """What searching looks at."""
        assert self.guest.representative is not None  # by constraint
        country = formats.country(self.guest.representative.mission.country)
        return f"{self.maker.label} {self.guest.label} {country} {self.guest.attendee or ''}".casefold()


def rows(activity: Activity) -> list[Row]:
    """All meetings of the published timetable and those told of that it has no more, by time. Constant queries."""
    known = {encounter.key: encounter for encounter in encounters_in(activity.scope)}
    version = published_version(activity)
    current = list(meetings_of(version)) if version else []
    shown = {meeting.request for meeting in current}
    gone = _gone(activity, known.keys() - shown)
    found = [_row(meeting, known, is_published=True) for meeting in current]
    found += [_row(meeting, known, is_published=False) for meeting in gone]
    return sorted(found, key=lambda row: (row.starts_at, len(row.table), row.table))


def row_of(activity: Activity, key: str) -> Row | None:
    """One of them."""
    return next((row for row in rows(activity) if row.key == key), None)


def _gone(activity: Activity, keys: Iterable[str]) -> list[Meeting]:
    sides = [
        f"{side}__{rest}"
        for side in ("maker", "guest")
        for rest in ("business", "person", "substitute", "representative__person", "representative__mission")
    ]
    told = Q(version__activity=activity, version__state__in=TOLD, request__in=list(keys))
    return newest(Meeting.objects.filter(told).select_related(*sides))


def _row(meeting: Meeting, known: dict[str, Encounter], *, is_published: bool) -> Row:
    return Row(
        meeting.request, meeting.starts_at, meeting.ends_at, meeting.table, meeting.maker, meeting.guest,
        known.get(meeting.request), is_published,
    )  # fmt: skip


class Told(Protocol):
    """A meeting as far as counting needs it: a ``Row``, or the bare facts of one that a report counts."""

    @property
    def is_published(self) -> bool: ...
    @property
    def is_over(self) -> bool: ...
    @property
    def said(self) -> Sequence[Said]: ...
    @property
    def differs(self) -> bool: ...
    @property
    def is_possible(self) -> bool: ...
    @property
    def is_exchanged(self) -> bool: ...


def _says_held(row: Told) -> bool:
    return any(said.verdict != Outcome.Verdict.NOT_HELD for said in row.said)


def _says_not_held(row: Told) -> bool:
    return any(said.verdict == Outcome.Verdict.NOT_HELD for said in row.said)


SHOW: dict[str, Callable[[Told], bool]] = {
    "planned": lambda row: row.is_published,
    # Every meeting that somebody told of is one of these three.
    "held": lambda row: _says_held(row) and not _says_not_held(row),
    "not_held": lambda row: _says_not_held(row) and not _says_held(row),
    "disputed": lambda row: _says_held(row) and _says_not_held(row),
    "waiting": lambda row: row.is_published and row.is_over and len(row.said) < 2,
    "none": lambda row: not row.said,
    "one": lambda row: len(row.said) == 1,
    "told": lambda row: bool(row.said),
    "both": lambda row: len(row.said) == 2,
    "differ": lambda row: row.differs,
    "possible": lambda row: row.is_possible,
    "exchanged": lambda row: row.is_exchanged,
    "gone": lambda row: not row.is_published,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the list is narrowed; empty means not at all. ``silent``: a side that has not answered."""

    show: str = ""
    maker: str = ""
    guest: str = ""
    sector: str = ""
    group: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return any((self.show, self.maker, self.guest, self.sector, self.group, self.words))


def narrowed(found: Iterable[Row], wanted: Wanted) -> list[Row]:
    """The rows that fit all that is asked for."""
    keep, parts = SHOW.get(wanted.show), wanted.words.casefold().split()
    return [
        row
        for row in found
        if (keep is None or keep(row))
        and (not wanted.maker or _verdict(row.maker_says) == wanted.maker)
        and (not wanted.guest or _verdict(row.guest_says) == wanted.guest)
        and (not wanted.sector or row.sector == wanted.sector)
        and (not wanted.group or wanted.group in row.groups)
        and all(part in row.text for part in parts)
    ]


def _verdict(outcome: Outcome | None) -> str:
    return outcome.verdict if outcome else "silent"


def verdicts(found: Iterable[Row]) -> list[tuple[str, str, int, int]]:
    """How often each side said what: code, words, businesses, representatives; last who said nothing."""
    rows_ = list(found)
    maker = Counter(_verdict(row.maker_says) for row in rows_)
    guest = Counter(_verdict(row.guest_says) for row in rows_)
    words = [*((code, str(label)) for code, label in Outcome.Verdict.choices), ("silent", _("no answer yet"))]
    return [(code, label, maker[code], guest[code]) for code, label in words]


def sectors(found: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Meetings after which a side sees cooperation, by sector of the business: code, words, how many."""
    counts = Counter(row.sector for row in found if row.is_possible)
    return [(code, str(label), counts[code]) for code, label in Sector.choices if counts[code]]


def groups(found: Iterable[Row]) -> list[tuple[str, str, int]]:
    """The same by product group; a meeting over products of two groups counts in both."""
    counts = Counter(group for row in found for group in row.groups)
    names = [*((code, str(label)) for code, label in ProductGroup.choices), (UNNAMED, _("product not named"))]
    return [(code, label, counts[code]) for code, label in names if counts[code]]
