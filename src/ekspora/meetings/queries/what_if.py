"""What one more slot, more tables or somebody who stays longer could bring: a proven upper bound, at once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.engines.meetings import Instance, Request, Table, weight_bound
from ekspora.meetings.queries.instance import asked_of
from ekspora.programmes.models import Activity
from ekspora.ui.formats import number


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different. ``stays``: a participation that is there from beginning to end; ``interpreters``:
    so many more of each language."""

    slots: int = 0
    tables: int = 0
    stays: int | None = None
    interpreters: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """How many more meetings a change could bring at most. 0 is a proof that it brings none."""

    more: int

    @property
    def text(self) -> str:
        """In words that promise nothing: a bound is no timetable."""
        if self.more == 0:
            return _("Proven: it brings no further meeting.")
        return ngettext(
            "At most %(n)s more meeting. This is a computed upper bound, not yet a timetable.",
            "At most %(n)s more meetings. This is a computed upper bound, not yet a timetable.",
            self.more,
        ) % {"n": number(self.more)}


def effect_of(activity: Activity, scheduled: int, change: Change) -> Effect:
    """The effect of a change against ``scheduled`` meetings. One flow: milliseconds at 40 × 22."""
    instance = asked_of(activity, whole_day=change.stays).instance
    return Effect(max(0, most_meetings(changed(instance, change)) - scheduled))


def changed(instance: Instance, change: Change) -> Instance:
    """The instance with more slots at the end, in which everybody is there, more tables and interpreters."""
    ids = {t.id for t in instance.tables}
    fresh = (str(n) for n in range(1, len(ids) + change.tables + 1) if str(n) not in ids)
    more = tuple(Table(identity) for identity, _n in zip(fresh, range(change.tables), strict=False))
    return replace(
        instance, slots=instance.slots + change.slots, tables=instance.tables + more,
        interpreters={language: tuple(_more(instance, language, change)) for language in instance.interpreters},
    )  # fmt: skip


def _more(instance: Instance, language: str, change: Change) -> Iterable[int]:
    numbers = [instance.interpreters_in(language, slot) for slot in range(1, instance.slots + 1)]
    return (n + change.interpreters for n in [*numbers, *[max(numbers, default=0)] * change.slots])


def most_meetings(instance: Instance) -> int:
    """A proven upper bound on the number of meetings, whatever they weigh."""
    if not instance.slots or not instance.tables or not instance.requests:
        return 0
    return weight_bound(replace(instance, requests=tuple(_alike(instance.requests))))


def _alike(requests: Iterable[Request]) -> Iterable[Request]:
    return (replace(r, weight=1, required=False) for r in requests)
