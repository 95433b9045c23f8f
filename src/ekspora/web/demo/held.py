"""Fourth stage: the day took place. Two guests do not come, one sent a substitute, somebody walks in; a re-plan is
accepted in the morning, and after each meeting the sides say how it went."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core import clock
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Message
from ekspora.core.services import jobs, outbox
from ekspora.directory.services import businesses
from ekspora.meetings.models import DayMark
from ekspora.meetings.queries.versions import published_number
from ekspora.meetings.services import on_the_day, publishing, replanning
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import AttendanceMark, Participation
from ekspora.programmes.services import attendance, doors
from ekspora.web.demo import told
from ekspora.web.demo.stage import ZONE, Stage

Kind = AttendanceMark.Kind
# By country or name: who never comes, who comes late and when, who leaves early and when.
ABSENT = ("LA", "SD")
LATE = {"Keramik Plered Sejati": time(9, 40), "PG": time(9, 25)}
LEFT = {"FJ": time(14, 0), "KH": time(17, 35)}
WALKS_IN = {
    "name": "Kerupuk Kulit Sukaregang",
    "sector": "culinary",
    "owner": "Oom Komariah",
    "phone": "+628120000777",
}


def refuse_if_ahead(stage: Stage) -> None:
    """Raise DomainError when the day of a demonstration that is there is not over."""
    if stage.activity.ends_on >= clock.today(ZONE):
        raise DomainError(
            _(
                "The day of this demonstration lies ahead (%(day)s). Build this stage in an empty EKSPORA_HOME."
            )
            % {"day": stage.activity.starts_on}
        )


def hold(stage: Stage) -> None:
    """All of the day that is not there yet."""
    marks = AttendanceMark.objects.filter(participation__activity=stage.activity)
    if not marks.exists():
        _open_doors(stage)
    if stage.activity.versions.filter(published_at__isnull=False).count() < 2:
        _replan(stage)
    if not marks.filter(kind=Kind.LEFT).exists():
        _come_and_go(stage)
    told.tell(stage)


def moment(stage: Stage, at: time) -> datetime:
    """A time of the day at the place of the activity."""
    return datetime.combine(stage.activity.starts_on, at, stage.activity.tz)


def _name(row: Participation) -> str:
    """What the lists above call somebody."""
    return row.representative.mission.country if row.representative else row.label


@transaction.atomic
def _open_doors(stage: Stage) -> None:
    """Agendas have been sent; people arrive between eight and half past, one of them listed by nobody."""
    with clock.at(moment(stage, time(7, 0)) - timedelta(days=1)):
        let_go(stage)
    rows = [row for row in programmes.coming(stage.activity) if _name(row) not in (*ABSENT, *LATE)]
    opens = moment(stage, time(8, 0))
    for number, row in enumerate(rows):
        kind = Kind.SUBSTITUTE if row.substitute else Kind.CAME
        _tap(stage, row, kind, opens + timedelta(seconds=28 * number))
    with clock.at(moment(stage, time(8, 40))):
        made = doors.maker(activity=stage.activity, actor=stage.actor("office"), values=WALKS_IN)
        assert made.business is not None  # a maker
        businesses.edit(business=made.business, actor=None, values={"is_fictitious": True, "size": "small"})


def let_go(stage: Stage) -> None:
    """Release what waits in the send queue, as an officer would, and count it as sent."""
    topic, officer = stage.activity.scope, stage.officers["lead"]
    outbox.release(agency=stage.lead, topic=topic, message_ids=None, officer=officer)
    waiting = Message.objects.filter(topic=topic, state=Message.State.RELEASED)
    waiting.update(state=Message.State.SENT, sent_at=now())


@transaction.atomic
def _come_and_go(stage: Stage) -> None:
    for row in programmes.coming(stage.activity):
        name = _name(row)
        if name in LATE:
            _tap(stage, row, Kind.LATE, moment(stage, LATE[name]))
        if name in LEFT:
            _tap(stage, row, Kind.LEFT, moment(stage, LEFT[name]))


def _tap(stage: Stage, row: Participation, kind: str, at: datetime) -> None:
    with clock.at(at):
        tap = attendance.Tap(row.pk, kind)
        attendance.mark(activity=stage.activity, actor=stage.actor("office"), tap=tap)


def _replan(stage: Stage) -> None:
    """Ten past nine: two chairs are empty. Noted, re-planned, accepted, and those concerned are told."""
    officer = stage.officers["lead"]
    with clock.at(moment(stage, time(9, 10))):
        for row in programmes.coming(stage.activity):
            if _name(row) in ABSENT:
                on_the_day.mark(
                    participation=row, kind=DayMark.Kind.ABSENT, at=None, actor=stage.actor("lead")
                )
        number = published_number(stage.activity)
        job = replanning.start(activity=stage.activity, actor=officer, back_to="/")
        jobs.run_job.call(job.pk)
        job.refresh_from_db()
        if "version" not in job.result:
            raise DomainError(job.error or str(job.result))
        version = stage.activity.versions.get(number=job.result["version"])
        publishing.publish(version=version, actor=officer, seen=number)
        let_go(stage)
