"""One person's day in a version: meetings, gaps, absence, and the wishes that were not met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ekspora.meetings.plan import Plan, gaps
from ekspora.meetings.queries.people import Who, name
from ekspora.meetings.queries.words import time_of
from ekspora.programmes.models import Activity
from ekspora.programmes.slots import Slot

State = Literal["meeting", "away", "gap", "unused"]


@dataclass(frozen=True, slots=True)
class Hour:
    """One slot of somebody's day."""

    time: str
    state: State
    key: str = ""
    other: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class PersonDay:
    """Somebody's slots in order; a gap is an idle slot between two meetings."""

    who: Who
    hours: Sequence[Hour]
    gaps: int
    unmet: Sequence["Unmet"]
    delegation: str = ""
    pause_after: int | None = None

    @property
    def meetings(self) -> int:
        """How many meetings."""
        return sum(hour.state == "meeting" for hour in self.hours)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A request that is not scheduled, by whom and with whom, and why."""

    key: str
    maker: str
    guest: str
    reason: str
    required: bool = False
    is_open: bool = True


def day_in(
    activity: Activity, plan: Plan, slots: Sequence[Slot], people: Mapping[str, Who], person: str,
    unmet: Sequence[Unmet],
) -> PersonDay:  # fmt: skip
    """The day of somebody who takes part in the plan's instance."""
    met = plan.days.get(person, [])
    away = plan.people[person].unavailable if person in plan.people else frozenset()
    hours = []
    for slot in slots:
        time, key = time_of(activity, slot), plan.seats.get((person, slot.number))
        if key is not None:
            request = plan.requests[key]
            other = request.b if request.a == person else request.a
            hours.append(Hour(time, "meeting", key, name(people, other), plan.at[key].table))
        elif slot.number in away:
            hours.append(Hour(time, "away"))
        else:
            between = bool(met) and met[0] < slot.number < met[-1]
            hours.append(Hour(time, "gap" if between else "unused"))
    own = [row for row in unmet if person in row.key.split("-")]
    home, resting = plan.hall.home.get(person), plan.hall.resting.get(person)
    return PersonDay(
        people[person], hours, gaps(met), own,
        home.id if home else "", resting.pause_after if resting else None,
    )  # fmt: skip
