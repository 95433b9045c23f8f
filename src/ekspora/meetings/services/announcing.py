"""Telling everybody about a published timetable: drafts in the send queue, with the personal link."""

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.models import Person
from ekspora.core.services import outbox
from ekspora.directory.models import Stewardship
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.ui import formats

KIND = "timetable"


@transaction.atomic
def announce(*, version: TimetableVersion, actor: Person | None) -> int:
    """Prepare one message for each person who comes; what waits about an older version is dropped."""
    activity = version.activity
    agency = activity.programme.agency
    outbox.withdraw(agency=agency, topic=activity.scope, kind=KIND)
    days = agendas.days(activity, programmes.coming(activity))
    drafts = [draft for day in days for draft in _drafts(version, day)]
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor)


def recipients(participation: Participation) -> list[Person]:
    """Who is told: the substitute or the guest, else whoever comes for the business, else its owners and companions."""
    if participation.attendee is not None:
        return [participation.attendee]
    assert participation.business is not None  # by constraint
    stewards = participation.business.stewards.all()
    owners = [s.person for s in stewards if s.role == Stewardship.Role.OWNER]
    return owners or [s.person for s in stewards]


def _drafts(version: TimetableVersion, day: agendas.Day) -> Iterator[outbox.Draft]:
    who = day.participation
    for person in recipients(who):
        with override(person.language):
            subject, body = _texts(version.activity, day, person)
        yield outbox.Draft(
            person=person, kind=KIND, key=f"timetable:{version.pk}:{who.pk}:{person.pk}", subject=subject,
            body=body, link_scope=version.activity.scope, link_target=reverse("my_agenda", args=[who.pk]),
        )  # fmt: skip


def _texts(activity: Activity, day: agendas.Day, person: Person) -> tuple[str, str]:
    count = ngettext("%(n)d meeting", "%(n)d meetings", day.meetings) % {"n": day.meetings}
    values = {
        "name": person.protocol_name,
        "activity": agendas.name_of(activity),
        "day": formats.day(activity.starts_on),
        "place": agendas.place_of(activity),
        "count": count,
        "link": outbox.PLACE_OF_LINK,
    }
    subject = _("Your agenda: %(activity)s") % values
    body = _(
        "Dear %(name)s,\n\nyour agenda for %(activity)s (%(day)s, %(place)s) is ready: %(count)s.\n\n"
        "Open it here, it always shows the newest times and tables:\n%(link)s\n\nThe organisers"
    )
    return subject, body % values
