"""The programme runs late: by how much today, from when a further delay would count, what can be taken back."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ekspora.core.clock import now, today
from ekspora.meetings.models import Delay
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.slots import slots_of


@dataclass(frozen=True, slots=True)
class Late:
    """Today's delays, the newest first; ``next``: when what can still be moved begins, None at the end of a day."""

    delays: tuple[Delay, ...]
    next: datetime | None

    @property
    def minutes(self) -> int:
        """How much later than planned what is still to come begins."""
        return sum(delay.minutes for delay in self.delays)

    @property
    def since(self) -> datetime | None:
        """From when on, by the plan, everything is later."""
        return min((delay.since for delay in self.delays), default=None)

    @property
    def undoable(self) -> Delay | None:
        """The newest one, while nothing that it moved has begun."""
        newest = next(iter(self.delays), None)
        return newest if newest is not None and newest.resumes_at > now() else None


def delays_of(activity: Activity) -> tuple[Delay, ...]:
    """Today's delays, the newest first. One query."""
    first = midnight(activity, now())
    rows = Delay.objects.filter(activity=activity, since__gte=first, since__lt=first + timedelta(days=1))
    return tuple(rows.select_related("noted_by"))


def late_today(activity: Activity) -> int:
    """By how many minutes the rest of today is later than planned. One query."""
    return sum(delay.minutes for delay in delays_of(activity))


def late_of(activity: Activity) -> Late:
    """What the officers' page of the day shows. A constant number of queries."""
    return Late(delays_of(activity), next_beginning(activity, programmes.agenda(activity)))


def next_beginning(activity: Activity, agenda: list[AgendaItem]) -> datetime | None:
    """When the next slot or part of today begins; inside a block only slots count, which a delay must not cut."""
    moment, day = now(), today(activity.zone)
    slots = {slot.starts_at for slot in slots_of(activity, agenda)}
    blocks = [item for item in agenda if item.kind == AgendaItem.Kind.MEETINGS]
    found = [
        start
        for start in sorted(slots | {item.starts_at for item in agenda})
        if start > moment and start.astimezone(activity.tz).date() == day
        and (start in slots or not any(block.starts_at < start < block.ends_at for block in blocks))
    ]  # fmt: skip
    return found[0] if found else None


def midnight(activity: Activity, moment: datetime) -> datetime:
    """The beginning of the day of ``moment`` at the place."""
    return datetime.combine(moment.astimezone(activity.tz).date(), time(), activity.tz)
