"""The programme runs late: one tap moves the rest of the day, and one takes it back. Nobody is told unasked.

The agenda and the clock times of all versions move together, so that every page, file and board shows the new
times, no version differs from another by them, and a re-plan goes on from what is.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job, Person
from ekspora.core.services import audit, outbox
from ekspora.meetings.models import Delay, Meeting, MeetingRequest, TimetableVersion
from ekspora.meetings.queries.agendas import name_of
from ekspora.meetings.queries.delays import late_of, midnight
from ekspora.meetings.queries.versions import REPLAN, SOLVE, slots_json, slots_of_version
from ekspora.meetings.services.solving import WORKING
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import agenda, invitations
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.slots import Slot
from ekspora.ui import formats

KIND = "delay"
CHOICES = (5, 10, 15, 20, 30)


@transaction.atomic
def run_late(*, activity: Activity, minutes: int, seen: int, actor: Actor) -> Delay:
    """Whatever of today has not begun begins ``minutes`` later (one of ``CHOICES``).

    ``seen``: the delay of today that the officer saw; where another one is by now (a second officer, the same
    tap twice), Conflict is raised. DomainError where nothing of today is still to come or it would end tomorrow.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    late = late_of(activity)
    if late.minutes != seen:
        raise Conflict(_("The programme was moved meanwhile. Look at the times before you move it again."))
    if minutes not in CHOICES:
        raise DomainError(_("Choose by how many minutes the programme runs late."))
    if late.next is None:
        raise DomainError(_("Nothing of today is still to come."))
    _refuse_while_computing(activity)
    since, by = late.next, timedelta(minutes=minutes)
    until = midnight(activity, since) + timedelta(days=1)
    if activity.agenda.filter(starts_at__lt=until, ends_at__gt=until - by, ends_at__lte=until).exists():
        raise DomainError(_("The programme would end after midnight. Change the agenda instead."))
    pause = agenda.postpone(activity=activity, since=since, until=until, by=by)
    _move(activity, since, until, by)
    made = Delay.objects.create(
        activity=activity, since=since, minutes=minutes, pause=pause, noted_by=actor.person
    )
    _record(activity, actor, "day.late", made)
    return made


@transaction.atomic
def catch_up(*, activity: Activity, pk: int, actor: Actor) -> None:
    """Take the newest delay back. One that is gone already changes nothing; DomainError once it has taken effect."""
    Activity.objects.select_for_update().get(pk=activity.pk)
    found = Delay.objects.filter(activity=activity, pk=pk).first()
    if found is None:
        return
    if found != late_of(activity).undoable:
        raise DomainError(_("What was moved has begun. Change the agenda instead."))
    _refuse_while_computing(activity)
    by = timedelta(minutes=found.minutes)
    until = midnight(activity, found.since) + timedelta(days=1)
    agenda.bring_forward(activity=activity, since=found.since, until=until, by=by, pause=found.pause)
    _move(activity, found.resumes_at, until + by, -by)
    _withdraw(found)
    _record(activity, actor, "day.late_undo", found)
    found.delete()


def _refuse_while_computing(activity: Activity) -> None:
    """A timetable that is being computed would be stored with the times from before."""
    if Job.objects.filter(kind__in=(SOLVE, REPLAN), topic=activity.scope, state__in=WORKING).exists():
        raise Conflict(_("A timetable is being computed. Wait for it or stop it first."))


def _move(activity: Activity, since: datetime, until: datetime, by: timedelta) -> None:
    """The clock times of every version, and of requests that are fixed to one."""
    rest = Q(starts_at__gte=since, starts_at__lt=until)
    meetings = Meeting.objects.filter(rest, version__activity=activity)
    meetings.update(starts_at=F("starts_at") + by, ends_at=F("ends_at") + by)
    fixed = MeetingRequest.objects.filter(activity=activity, fixed_at__gte=since, fixed_at__lt=until)
    fixed.update(fixed_at=F("fixed_at") + by)
    for version in TimetableVersion.objects.filter(activity=activity).only("slots"):
        version.slots = slots_json(_later(slot, since, until, by) for slot in slots_of_version(version))
        version.save(update_fields=["slots"])


def _later(slot: Slot, since: datetime, until: datetime, by: timedelta) -> Slot:
    if not since <= slot.starts_at < until:
        return slot
    return Slot(slot.number, slot.starts_at + by, slot.ends_at + by, slot.block)


@transaction.atomic
def tell(*, activity: Activity, actor: Actor) -> int:
    """Prepare a message for everybody who still has meetings today; returns how many are reached.

    Asked for twice it stays one message each, with the newest times. DomainError where nothing runs late.
    """
    late = late_of(activity)
    if not late.delays:
        raise DomainError(_("The programme does not run late."))
    waiting = _still_to_meet(activity)
    drafts = [
        _draft(activity, late.delays[0], late.minutes, who, waiting[who.pk], person)
        for who in programmes.coming(activity)
        if who.pk in waiting and (person := invitations.recipient(who)) is not None
    ]
    for earlier in late.delays[1:]:
        _withdraw(earlier)
    _record(activity, actor, "day.late_tell", late.delays[0])
    return outbox.prepare(
        agency=acting_agency(actor, activity), topic=activity.scope, drafts=drafts, actor=actor.person
    )


def _still_to_meet(activity: Activity) -> dict[int, datetime]:
    """By participation: when their next meeting of today begins."""
    moment = now()
    until = midnight(activity, moment) + timedelta(days=1)
    found: dict[int, datetime] = {}
    rows = Meeting.objects.filter(
        version__activity=activity, version__state=TimetableVersion.State.PUBLISHED, starts_at__gt=moment,
        starts_at__lt=until,
    )  # fmt: skip
    for meeting in rows.order_by("-starts_at"):
        found[meeting.maker_id] = found[meeting.guest_id] = meeting.starts_at
    return found


def _draft(
    activity: Activity, delay: Delay, minutes: int, who: Participation, at: datetime, person: Person
) -> outbox.Draft:
    with override(person.language):
        values = {
            "name": person.protocol_name,
            "activity": name_of(activity),
            "minutes": ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes},
            "time": formats.clock(formats.in_zone(at, activity.zone)),
            "link": outbox.PLACE_OF_LINK,
        }
        subject = _("Running late: %(activity)s") % values
        body = _(
            "Dear %(name)s,\n\nthe programme runs %(minutes)s late. Your next meeting begins at %(time)s.\n\n"
            "All new times are here:\n%(link)s\n\nThe organisers"
        )
        return outbox.Draft(
            person=person, kind=KIND, key=f"delay:{delay.pk}:{who.pk}", subject=subject, body=body % values,
            link_scope=activity.scope, link_target=reverse("my_agenda", args=[who.pk]),
        )  # fmt: skip


def _withdraw(delay: Delay) -> None:
    """Messages about a delay that nobody released yet go."""
    activity = delay.activity
    keys = [f"delay:{delay.pk}:{pk}" for pk in activity.participations.values_list("pk", flat=True)]
    for agency in activity.organisers.all():
        outbox.withdraw(agency=agency, topic=activity.scope, kind=KIND, keys=keys)


def _record(activity: Activity, actor: Actor, action: str, delay: Delay) -> None:
    details = {"since": delay.since, "minutes": delay.minutes}
    agency = acting_agency(actor, activity)
    audit.record(agency=agency, actor=actor.person, action=action, target=delay, details=details)
