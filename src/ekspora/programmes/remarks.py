"""What an officer should notice about an agenda before people are invited. Remarks forbid nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.utils.translation import gettext as _

from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.public_holidays import holidays_between
from ekspora.programmes.slots import NAMED, slots_of
from ekspora.ui import formats

Kind = AgendaItem.Kind


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to notice; ``item`` is the id of the part of the agenda it is about, if it is about one."""

    code: str
    text: str
    item: int | None = None


def remarks(activity: Activity, agenda: Sequence[AgendaItem], now: datetime) -> list[Remark]:
    """All remarks on an activity's days and agenda, the weightiest first."""
    return [
        *_past(activity, agenda, now),
        *_outside(activity, agenda),
        *_overlaps(agenda),
        *_short_blocks(activity, agenda),
        *holiday_remarks(activity),
    ]


def holiday_remarks(activity: Activity) -> list[Remark]:
    """One remark for each public holiday or day of collective leave among the activity's days."""
    text = _("%(day)s is a public holiday or collective leave: %(name)s. Will people come?")
    found = holidays_between(activity.country, activity.starts_on, activity.ends_on)
    return [Remark("holiday", text % {"day": formats.day(day), "name": name}) for day, name in found]


def _past(activity: Activity, agenda: Sequence[AgendaItem], now: datetime) -> Iterator[Remark]:
    """A day that went by without anybody; where somebody came it was no mistake."""
    blocks = [item for item in agenda if item.kind == Kind.MEETINGS]
    is_past = bool(blocks) and max(item.ends_at for item in blocks) < now
    if is_past and not activity.participations.filter(came_at__isnull=False).exists():
        yield Remark("past", _("All meetings lie in the past. Is the date right?"), blocks[0].pk)


def _outside(activity: Activity, agenda: Sequence[AgendaItem]) -> Iterator[Remark]:
    for item in agenda:
        first = item.starts_at.astimezone(activity.tz).date()
        last = item.ends_at.astimezone(activity.tz).date()
        if first < activity.starts_on or last > activity.ends_on:
            text = _("“%(part)s” lies outside the days of the activity.") % {"part": item}
            yield Remark("outside", text, item.pk)


def _share_people(first: AgendaItem, second: AgendaItem) -> bool:
    """Whether somebody would have to be at both. Of named people's sides nothing is known here."""
    audiences = {first.audience, second.audience}
    if audiences == {NAMED}:
        return bool(first.attendee_ids & second.attendee_ids)
    return "all" in audiences or len(audiences) == 1


def _overlaps(agenda: Sequence[AgendaItem]) -> Iterator[Remark]:
    for first, second in combinations(agenda, 2):
        meanwhile = first.starts_at < second.ends_at and second.starts_at < first.ends_at
        blocks = (first.kind == Kind.MEETINGS) + (second.kind == Kind.MEETINGS)
        # A visit during a meeting block is a way to plan: it cuts the block.
        if meanwhile and (blocks == 2 or (blocks == 0 and _share_people(first, second))):
            text = _("“%(first)s” and “%(second)s” take place at the same time for the same people.")
            yield Remark("overlap", text % {"first": first, "second": second}, second.pk)


def _short_blocks(activity: Activity, agenda: Sequence[AgendaItem]) -> Iterator[Remark]:
    filled = {slot.block for slot in slots_of(activity, agenda)}
    for item in agenda:
        if item.kind == Kind.MEETINGS and item.pk not in filled:
            text = _("“%(part)s” is too short for a meeting of %(minutes)s minutes.")
            yield Remark("short", text % {"part": item, "minutes": activity.slot_minutes}, item.pk)
