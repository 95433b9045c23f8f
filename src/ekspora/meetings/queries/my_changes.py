"""What changed in somebody's agenda since they said they had seen it, or since they came for the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from ekspora.core.models import Person
from ekspora.meetings.models import AgendaSeen, TimetableVersion
from ekspora.meetings.queries.changes import Change, changes, labels_of, other_of, spot_in_words, spots_of
from ekspora.programmes.models import Participation

State = TimetableVersion.State


@dataclass(frozen=True, slots=True)
class MyChange:
    """One meeting that differs: with whom, where it was and where it is; empty where it does not take place."""

    key: str
    kind: str
    other: str
    before: str
    after: str

    @property
    def stop(self) -> str:
        """The key of the stop it belongs to in the agenda (``agendas.Stop.key``)."""
        return f"meeting-{self.key}"


@dataclass(frozen=True, slots=True)
class MyChanges:
    """What differs from the version before; ``seen``: when they said they had seen that one."""

    rows: Sequence[MyChange]
    seen: datetime | None


def my_changes(who: Participation, person: Person, version: TimetableVersion | None) -> MyChanges:
    """What changed for one participation up to ``version``; a constant number of queries."""
    seen = AgendaSeen.objects.select_related("version").filter(participation=who, person=person).first()
    base = seen.version if seen is not None else _former(version) if version is not None else None
    if version is None or base is None or base.pk == version.pk:
        return MyChanges((), None)
    days = spots_of((base.pk, version.pk), [who.pk])
    found = changes(days[base.pk][who.pk], days[version.pk][who.pk])
    labels = labels_of(found)
    rows = tuple(_row(change, who, labels.get(other_of(change.key, who.pk), "–")) for change in found)
    return MyChanges(rows, seen.seen_at if seen is not None else None)


def _row(change: Change, who: Participation, other: str) -> MyChange:
    before, after = (spot_in_words(s, who.activity.tz) if s else "" for s in (change.before, change.after))
    return MyChange(change.key, change.kind, other, before, after)


def _former(version: TimetableVersion) -> TimetableVersion | None:
    """What people came with: the last version published before the day; before the day, the one before."""
    rows = version.activity.versions.filter(state=State.SUPERSEDED).exclude(pk=version.pk)
    former = list(rows.order_by("published_at", "number").only("number", "published_at", "activity_id"))
    activity = version.activity
    morning = datetime.combine(activity.starts_on, time(), tzinfo=activity.tz)
    earlier = [v for v in former if v.published_at is not None and v.published_at < morning]
    if version.published_at is None or version.published_at < morning or not former:
        return former[-1] if former else None
    return earlier[-1] if earlier else former[0]
