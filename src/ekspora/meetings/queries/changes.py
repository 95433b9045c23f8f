"""What differs between two timetables for the people in them: moved, at another table, added, cancelled."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from ekspora.meetings.models import Meeting
from ekspora.meetings.plan import Place
from ekspora.programmes.models import Participation
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import clock, in_zone

Kind = Literal["moved", "reseated", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Spot:
    """When a meeting begins and at which table."""

    starts_at: datetime
    table: str


# By version and participation: the meetings by request.
Days = defaultdict[int, defaultdict[int, dict[str, Spot]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting of somebody; ``before`` or ``after`` is empty where it does not take place."""

    key: str
    before: Spot | None
    after: Spot | None

    @property
    def kind(self) -> Kind:
        """Moved: another time; reseated: another table at the same time."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "moved" if self.before.starts_at != self.after.starts_at else "reseated"

    @property
    def order(self) -> tuple[datetime, str]:
        """By the time at which one has to be somewhere, or would have had to be."""
        spot = self.after or self.before
        assert spot is not None  # one of them is given
        return spot.starts_at, self.key


def spots_in(at: Mapping[str, Place], slots: Iterable[Slot]) -> dict[str, Spot]:
    """The meetings of a plan by request, with clock times in place of slot numbers."""
    starts = {slot.number: slot.starts_at for slot in slots}
    return {key: Spot(starts[place.slot], place.table) for key, place in at.items()}


def changes(before: Mapping[str, Spot], after: Mapping[str, Spot]) -> list[Change]:
    """What differs, by time. Both hold the meetings by request."""
    keys = before.keys() | after.keys()
    found = [Change(key, before.get(key), after.get(key)) for key in keys]
    return sorted((c for c in found if c.before != c.after), key=lambda change: change.order)


def spots_of(versions: Iterable[int], people: Iterable[int] | None = None) -> Days:
    """The meetings of everybody (or of ``people``) in some versions: one query."""
    rows = Meeting.objects.filter(version__in=list(versions))
    if people is not None:
        wanted = list(people)
        rows = rows.filter(Q(maker__in=wanted) | Q(guest__in=wanted))
    found: Days = defaultdict(lambda: defaultdict(dict))
    for version, key, maker, guest, start, table in rows.values_list(
        "version", "request", "maker", "guest", "starts_at", "table"
    ):
        found[version][maker][key] = found[version][guest][key] = Spot(start, table)
    return found


def other_of(key: str, participation: int) -> int:
    """The other side of a request, by the id of a participation."""
    maker, guest = (int(part) for part in key.split("-"))
    return guest if maker == participation else maker


def labels_of(found: Iterable[Change]) -> dict[int, str]:
    """The names of everybody in some changes: one query."""
    ids = {int(part) for change in found for part in change.key.split("-")}
    rows = Participation.objects.filter(pk__in=ids).select_related("business", "representative__mission")
    return {row.pk: row.label for row in rows}


def spot_in_words(spot: Spot, zone: tzinfo) -> str:
    """``09.25 table 3``."""
    time = clock(in_zone(spot.starts_at, zone))
    return _("%(time)s table %(table)s") % {"time": time, "table": spot.table}


def in_words(change: Change, other: str, zone: tzinfo) -> str:
    """One change in the active language: ``Kopi Puntang 09.25 table 3 → 10.10 table 7``."""
    values = {
        "other": other,
        "before": spot_in_words(change.before, zone) if change.before else "",
        "after": spot_in_words(change.after, zone) if change.after else "",
    }
    words = {
        "added": _("%(other)s new at %(after)s"),
        "removed": _("%(other)s %(before)s cancelled"),
        "moved": _("%(other)s %(before)s → %(after)s"),
        "reseated": _("%(other)s %(before)s → %(after)s"),
    }
    return words[change.kind] % values


def sentence(found: Sequence[Change], who: int, labels: Mapping[int, str], zone: tzinfo) -> str:
    """All changes of one person in one sentence without its full stop."""
    return "; ".join(in_words(c, labels.get(other_of(c.key, who), "–"), zone) for c in found)
