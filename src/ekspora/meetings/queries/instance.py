"""What the timetable engine is asked for an activity: slots, tables, who is there when, who wants whom."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.engines.meetings import Instance, Participant, Request, Table
from ekspora.meetings.gone import closed, missed, with_door
from ekspora.meetings.models import DayMark
from ekspora.meetings.queries.hall import HallRules, rules_of
from ekspora.meetings.queries.requests import Pair, pairs
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.queries import agenda as agenda_of
from ekspora.programmes.slots import Slot, morning_slots, slots_of, unavailable


@dataclass(frozen=True, slots=True)
class Asked:
    """An instance with the clock times of its slots; ``faults`` say why nothing can be computed yet.

    ``pairs``: every pair with a wish, a decision or a measure, also those that are no request.
    """

    instance: Instance
    slots: tuple[Slot, ...]
    pairs: tuple[Pair, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def now(self) -> int:
        """The first slot that has not begun (from 1; one more than there are when all have)."""
        return first_open_slot(self.slots)


def first_open_slot(slots: Sequence[Slot]) -> int:
    """The first slot that has not begun; one more than there are when all have."""
    moment = now()
    return 1 + sum(slot.starts_at <= moment for slot in slots)


def instance_of(activity: Activity) -> Instance:
    """The instance in format 1; ``reference`` carries the keys of the pairs that somebody marked "must"."""
    return asked_of(activity).instance


def asked_of(activity: Activity, *, whole_day: int | None = None) -> Asked:
    """The present instance of an activity, in a constant number of queries.

    What officers marked on the day counts: people absent, late or gone, tables out of service.
    ``whole_day``: a participation that is supposed to stay from beginning to end, for "what if".
    """
    agenda = agenda_of(activity)
    slots = tuple(slots_of(activity, agenda))
    accepted = activity.participations.filter(answer=Participation.Answer.ACCEPTED)
    rows = accepted.select_related("business", "representative__mission")
    people = [_stays(p) if p.pk == whole_day else p for p in rows]
    found = pairs(activity)
    wanted = [pair for pair in found if pair.is_request]
    starts = {slot.starts_at: slot.number for slot in slots}
    away, lost = _missed(activity, people, slots, whole_day), _closed(activity, slots)
    hall = rules_of(activity, people, slots, lost)
    instance = Instance(
        slots=len(slots),
        tables=tuple(Table(str(n), lost.get(n, frozenset())) for n in range(1, activity.tables + 1)),
        participants=tuple(
            _participant(
                p, unavailable(p, slots, agenda) | away.get(p.pk, frozenset()), _seat(p, activity, lost), hall
            )
            for p in people
        ),
        requests=tuple(_request(r, starts, hall) for r in wanted),
        morning_slots=morning_slots(slots, activity.tz),
        fairness=activity.fairness,
        name=activity.name,
        reference={"activity": activity.pk, "must": [r.key for r in wanted if r.is_must]},
        interpreters=hall.interpreters,
        delegations=hall.delegations,
        pauses=hall.pauses,
    )
    faults = [*_faults(activity, slots, people, wanted, starts), *hall.faults]
    return Asked(instance, slots, tuple(found), tuple(faults))


def _stays(participation: Participation) -> Participation:
    whole = copy.copy(participation)
    whole.arrives_at = whole.leaves_at = None
    return whole


def _missed(
    activity: Activity, people: Iterable[Participation], slots: Sequence[Slot], whole_day: int | None
) -> Mapping[int, frozenset[int]]:
    """Slots that people miss by what was marked on the day or at the door, by participation."""
    noted: defaultdict[int, list[DayMark]] = defaultdict(list)
    for mark in DayMark.objects.filter(participation__activity=activity):
        noted[mark.participation_id].append(mark)
    return {
        p.pk: missed(with_door(noted[p.pk], p.came_at, p.left_at), slots) for p in people if p.pk != whole_day
    }


def _closed(activity: Activity, slots: Sequence[Slot]) -> Mapping[int, frozenset[int]]:
    """Slots in which tables are out of service, by table."""
    return {loss.table: closed(loss, slots) for loss in activity.lost_tables.all()}


def _seat(p: Participation, activity: Activity, lost: Mapping[int, frozenset[int]]) -> str | None:
    """The table somebody stays at; whose table is out of service sits where there is room."""
    stays = p.table is not None and 1 <= p.table <= activity.tables and not lost.get(p.table)
    return str(p.table) if stays else None


def _participant(p: Participation, away: frozenset[int], table: str | None, hall: HallRules) -> Participant:
    return Participant(str(p.pk), p.side, away, p.most_meetings, table, hall.pause_after(p))


def _request(r: Pair, starts: dict[datetime, int], hall: HallRules) -> Request:
    return Request(
        r.key, str(r.maker.pk), str(r.guest.pk), r.weight, r.required,
        slot=starts.get(r.fixed_at) if r.fixed_at is not None else None,
        interpreter=hall.interpreter(r.maker, r.guest),
    )  # fmt: skip


def _faults(
    activity: Activity,
    slots: Sequence[Slot],
    people: Sequence[Participation],
    wanted: Sequence[Pair],
    starts: dict[datetime, int],
) -> Iterable[str]:
    if not activity.tables:
        yield _("There are no tables. Say in the activity how many there are.")
    if not slots:
        yield _("The agenda has no time for meetings. Add a block of one-on-one meetings to the agenda.")
    elif first_open_slot(slots) > len(slots):
        yield _("All meeting times are over. Add a block of meetings that is still to come.")
    if not wanted:
        yield _("Nobody has asked for a meeting yet. Collect wishes or add requests first.")
    for r in wanted:
        if r.fixed_at is not None and r.fixed_at not in starts:
            yield _(
                "%(maker)s × %(guest)s is fixed to a time at which no meeting begins. Choose another time."
            ) % {"maker": r.maker.label, "guest": r.guest.label}
    for p in people:
        if p.table is not None and p.table > activity.tables:
            yield _("%(name)s stays at table %(table)s, which does not exist.") % {
                "name": p.label, "table": p.table
            }  # fmt: skip
