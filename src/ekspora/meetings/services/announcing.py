"""Telling everybody about a published timetable: drafts in the send queue, with the personal link."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.models import Person
from ekspora.core.services import outbox
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.meetings.services.timetable import lead_of
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity
from ekspora.programmes.services import invitations
from ekspora.ui import formats

KIND = "timetable"


@transaction.atomic
def announce(*, version: TimetableVersion, actor: Person) -> int:
    """Prepare a message for everybody who comes and can be reached; drafts about an older version go."""
    activity, agency = version.activity, lead_of(version.activity)
    assert agency is not None  # every activity has a lead
    outbox.withdraw(agency=agency, topic=activity.scope, kind=KIND)
    days = agendas.days(activity, programmes.coming(activity))
    reached = [(day, person) for day in days if (person := invitations.recipient(day.participation))]
    drafts = [_draft(version, day, person) for day, person in reached]
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor)


def _draft(version: TimetableVersion, day: agendas.Day, person: Person) -> outbox.Draft:
    who = day.participation
    with override(person.language):
        subject, body = _texts(version.activity, day, person)
    return outbox.Draft(
        person=person, kind=KIND, key=f"timetable:{version.pk}:{who.pk}", subject=subject, body=body,
        link_scope=version.activity.scope, link_target=reverse("my_agenda", args=[who.pk]),
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
