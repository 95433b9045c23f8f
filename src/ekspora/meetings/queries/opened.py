"""A version opened for looking at and working on: plan, names, what the present does to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ekspora.meetings.carrying import Carried, Loss
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.plan import Place, Plan
from ekspora.meetings.queries.day import PersonDay, Unmet, day_in
from ekspora.meetings.queries.instance import asked_of
from ekspora.meetings.queries.people import Who, pair, people_of
from ekspora.meetings.queries.proof import Proof, proof_of
from ekspora.meetings.queries.requests import Pair
from ekspora.meetings.queries.unmet import ruled_out_of, unmet_of
from ekspora.meetings.queries.versions import plan_of, present_of, slots_of_version
from ekspora.meetings.queries.words import loss_in_words
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.queries import agenda as agenda_of
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import in_zone, zone_name


@dataclass(frozen=True)
class Opened:
    """See the module. Building it costs a constant number of queries, using it none."""

    activity: Activity
    version: TimetableVersion
    plan: Plan
    slots: Sequence[Slot]
    agenda: Sequence[AgendaItem]
    people: Mapping[str, Who]
    carried: Carried
    before: Mapping[str, Place]
    pairs: Sequence[Pair]

    @cached_property
    def proof(self) -> Proof:
        """Figures and what is proven."""
        return proof_of(self.version, self.plan)

    @cached_property
    def unmet(self) -> list[Unmet]:
        """Requests that are not scheduled, with reasons."""
        return unmet_of(self.version.result, self.plan, self.people)

    @cached_property
    def ruled_out(self) -> list[Unmet]:
        """What an officer or sanctions rule out."""
        return ruled_out_of(self.pairs, self.people)

    @property
    def zone(self) -> str:
        """The zone of the clock times, e.g. WIB."""
        return zone_name(in_zone(self.slots[0].starts_at, self.activity.tz)) if self.slots else ""

    @property
    def lost(self) -> dict[str, Loss]:
        """Meetings that can no longer take place."""
        return {loss.request: loss for loss in self.carried.lost}

    @property
    def losses(self) -> list[tuple[str, str]]:
        """Those meetings by name, each with the reason in words."""
        return [
            (
                pair(self.people, loss.request),
                loss_in_words(loss, self.people, self.plan.at[loss.request].table),
            )
            for loss in self.carried.lost
        ]

    @property
    def changed(self) -> int:
        """How many requests came, went or weigh something else since it was computed."""
        old, present = (
            {(key, r.weight, r.required) for key, r in plan.requests.items()}
            for plan in (self.plan, self.carried.plan)
        )
        return len({key for key, *_rest in old ^ present})

    @property
    def moved(self) -> frozenset[str]:
        """Meetings at another time than in the published version."""
        at, before = self.plan.at, self.before
        return frozenset(key for key in at if key in before and before[key].slot != at[key].slot)

    @property
    def taking_part(self) -> list[Who]:
        """Everybody in the instance, makers and guests by name."""
        return [who for who in self.people.values() if who.id in self.plan.people]

    @property
    def idle(self) -> list[Who]:
        """Who takes part without a single meeting."""
        return [who for who in self.taking_part if who.id not in self.plan.days]

    def day(self, person: str) -> PersonDay:
        """The day of one person."""
        return day_in(self.activity, self.plan, self.slots, self.people, person, self.unmet)


def open_version(activity: Activity, version: TimetableVersion) -> Opened:
    """Open a version of an activity."""
    plan, asked = plan_of(version), asked_of(activity)
    published = activity.versions.filter(state=TimetableVersion.State.PUBLISHED).exclude(pk=version.pk)
    rows = published.values_list("meetings__request", "meetings__slot", "meetings__table")
    return Opened(
        activity, version, plan, slots_of_version(version), agenda_of(activity), people_of(activity),
        present_of(version, plan, asked).carried,
        {key: Place(slot, table) for key, slot, table in rows if key is not None}, asked.pairs,
    )  # fmt: skip
