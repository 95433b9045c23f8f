"""Two versions side by side: what moved, what was added and what is gone, by meeting and by person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Plan
from ekspora.meetings.queries.changes import Change, Spot, changes, spots_in
from ekspora.meetings.queries.people import Who, name, pair
from ekspora.meetings.queries.proof import Proof, proof_of
from ekspora.meetings.queries.versions import plan_of, slots_of_version


@dataclass(frozen=True, slots=True)
class Move:
    """One meeting in both versions, by the name of the pair or of the other side."""

    name: str
    change: Change

    @property
    def before(self) -> Spot | None:
        """Where it was."""
        return self.change.before

    @property
    def after(self) -> Spot | None:
        """Where it is."""
        return self.change.after


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody whose day differs, with each of their meetings that does, by time."""

    who: Who
    moves: Sequence[Move]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions. Moved: another time; reseated: another table at the same time.

    ``given_up``: those removed whose two sides could still meet.
    """

    one: TimetableVersion
    two: TimetableVersion
    proof_one: Proof
    proof_two: Proof
    moved: Sequence[Move]
    reseated: Sequence[Move]
    added: Sequence[Move]
    removed: Sequence[Move]
    given_up: Sequence[Move]
    people: Sequence[Concerned]

    @property
    def is_same(self) -> bool:
        """Whether the meetings are the same at the same places."""
        return not self.people


def compare(one: TimetableVersion, two: TimetableVersion, people: Mapping[str, Who]) -> Comparison:
    """Compare two versions by pair. Times decide, not slot numbers: the agenda may have changed."""
    plans = [plan_of(one), plan_of(two)]
    found = changes(
        spots_in(plans[0].at, slots_of_version(one)), spots_in(plans[1].at, slots_of_version(two))
    )
    moves = sorted((Move(pair(people, c.key), c) for c in found), key=lambda move: move.name.casefold())
    by_kind = {
        kind: [move for move in moves if move.change.kind == kind]
        for kind in ("moved", "reseated", "added", "removed")
    }
    return Comparison(
        one, two, proof_of(one, plans[0]), proof_of(two, plans[1]), people=_concerned(found, people),
        given_up=[move for move in by_kind["removed"] if _could_meet(plans[1], move.change.key)], **by_kind,
    )  # fmt: skip


def _could_meet(plan: Plan, key: str) -> bool:
    request = plan.requests.get(key)
    if request is None:
        return False
    slots = range(1, plan.instance.slots + 1)
    away = plan.people[request.a].unavailable | plan.people[request.b].unavailable
    return any(slot not in away for slot in slots)


def _concerned(found: Sequence[Change], people: Mapping[str, Who]) -> list[Concerned]:
    """Everybody in the changes, in the order in which people are listed."""
    days: defaultdict[str, list[Move]] = defaultdict(list)
    for change in found:
        one, two = change.key.split("-")
        days[one].append(Move(name(people, two), change))
        days[two].append(Move(name(people, one), change))
    return [Concerned(who, days[who.id]) for who in people.values() if who.id in days]
