"""Two versions side by side: who moved, what was added and what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Place
from ekspora.meetings.queries.people import Who, pair
from ekspora.meetings.queries.proof import Proof, proof_of
from ekspora.meetings.queries.versions import plan_of, slots_of_version


@dataclass(frozen=True, slots=True)
class Spot:
    """When a meeting begins and at which table."""

    starts_at: datetime
    table: str


@dataclass(frozen=True, slots=True)
class Move:
    """One meeting in both versions; ``before`` or ``after`` is empty where it does not take place."""

    name: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions. Moved: another time; reseated: another table at the same time."""

    one: TimetableVersion
    two: TimetableVersion
    proof_one: Proof
    proof_two: Proof
    moved: Sequence[Move]
    reseated: Sequence[Move]
    added: Sequence[Move]
    removed: Sequence[Move]

    @property
    def is_same(self) -> bool:
        """Whether the meetings are the same at the same places."""
        return not (self.moved or self.reseated or self.added or self.removed)


def compare(one: TimetableVersion, two: TimetableVersion, people: Mapping[str, Who]) -> Comparison:
    """Compare two versions by pair. Times decide, not slot numbers: the agenda may have changed."""
    plans = [plan_of(one), plan_of(two)]
    spots = [_spots(version, plan.at) for version, plan in zip((one, two), plans, strict=True)]
    moves = [
        Move(pair(people, key), spots[0].get(key), spots[1].get(key))
        for key in sorted(spots[0].keys() | spots[1].keys(), key=lambda key: pair(people, key).casefold())
    ]
    both = [move for move in moves if move.before and move.after and move.before != move.after]
    return Comparison(
        one, two, proof_of(one, plans[0]), proof_of(two, plans[1]),
        moved=[m for m in both if m.before and m.after and m.before.starts_at != m.after.starts_at],
        reseated=[m for m in both if m.before and m.after and m.before.starts_at == m.after.starts_at],
        added=[m for m in moves if m.before is None],
        removed=[m for m in moves if m.after is None],
    )  # fmt: skip


def _spots(version: TimetableVersion, at: Mapping[str, Place]) -> dict[str, Spot]:
    starts = {slot.number: slot.starts_at for slot in slots_of_version(version)}
    return {key: Spot(starts[place.slot], place.table) for key, place in at.items()}
