"""What officers note on the day: who is absent, late or gone, which table is lost; each can be undone.

Notes change no timetable by themselves: the next re-plan heeds them.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.services import audit
from ekspora.meetings.models import DayMark, LostTable
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services.activities import acting_agency

Kind = DayMark.Kind


@transaction.atomic
def mark(*, participation: Participation, kind: str, at: datetime | None, actor: Actor) -> DayMark:
    """Note that somebody is absent, comes late (``at``: when) or leaves early (``at``: when).

    The same again changes nothing; another time replaces the former. Absent and the other two exclude each
    other. Raises DomainError for a missing time, one outside the activity, or leaving before coming.
    """
    activity = participation.activity
    Activity.objects.select_for_update().get(pk=activity.pk)
    at = None if kind == Kind.ABSENT else at
    _check(participation, kind, at)
    marks = DayMark.objects.filter(participation=participation)
    known = marks.filter(kind=kind).first()
    if known is not None and known.at == at:
        return known
    (marks if kind == Kind.ABSENT else marks.filter(kind__in=(kind, Kind.ABSENT))).delete()
    made = DayMark.objects.create(participation=participation, kind=kind, at=at, noted_by=actor.person)
    _record(activity, actor, f"day.{kind}", participation, at=at)
    return made


def _check(participation: Participation, kind: str, at: datetime | None) -> None:
    if kind not in Kind.values:
        raise DomainError(_("Choose: absent, late, or left early."))
    if participation.answer != Participation.Answer.ACCEPTED:
        raise DomainError(_("Only somebody who said they come can be absent, late or gone."))
    if kind == Kind.ABSENT:
        return
    if at is None:
        raise DomainError(_("Choose a time."))
    _check_day(participation.activity, at)
    other = Kind.LEFT if kind == Kind.LATE else Kind.LATE
    limit = (
        DayMark.objects.filter(participation=participation, kind=other).values_list("at", flat=True).first()
    )
    if limit is not None and (at >= limit if kind == Kind.LATE else at <= limit):
        raise DomainError(_("They would leave before they come. Undo the other mark first."))


def _check_day(activity: Activity, at: datetime) -> None:
    if not activity.starts_on <= at.astimezone(activity.tz).date() <= activity.ends_on:
        raise DomainError(_("This time is not within the days of the activity."))


@transaction.atomic
def unmark(*, activity: Activity, pk: int, actor: Actor) -> None:
    """Take a mark of a person back. One that is gone already changes nothing."""
    found = DayMark.objects.select_related("participation").filter(participation__activity=activity, pk=pk)
    for row in found:
        row.delete()
        _record(activity, actor, "day.undo", row.participation, kind=row.kind, at=row.at)


@transaction.atomic
def lose_table(*, activity: Activity, table: int, until: datetime | None, actor: Actor) -> LostTable:
    """A table cannot be used from now on, until a time or to the end. The same again changes nothing."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    if not 1 <= table <= activity.tables:
        raise DomainError(_("There is no table %(table)s.") % {"table": table})
    known = activity.lost_tables.filter(table=table).first()
    if known is not None and known.until == until:
        return known
    since = known.since if known else now()
    if until is not None:
        _check_day(activity, until)
        if until <= since:
            raise DomainError(_("The table would be back before it was lost. Choose a later time."))
    made, _created = LostTable.objects.update_or_create(
        activity=activity, table=table, defaults={"until": until, "since": since, "noted_by": actor.person}
    )
    _record(activity, actor, "day.table_lost", activity, table=table, until=until)
    return made


@transaction.atomic
def return_table(*, activity: Activity, table: int, actor: Actor) -> None:
    """A table can be used again, as if it had never been lost. One in service changes nothing."""
    gone, _rows = activity.lost_tables.filter(table=table).delete()
    if gone:
        _record(activity, actor, "day.table_back", activity, table=table)


def _record(
    activity: Activity, actor: Actor, action: str, target: Participation | Activity, **details: object
) -> None:
    agency = acting_agency(actor, activity)
    audit.record(agency=agency, actor=actor.person, action=action, target=target, details=details)
