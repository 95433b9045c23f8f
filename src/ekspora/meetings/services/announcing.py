"""Telling people about a published timetable: drafts in the send queue, with the personal link.

The first publication is told to everybody who comes. A later one is told only to those whose day differs from
what they were told: what was sent to them counts, not what still waited in the queue.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.models import Message, Person
from ekspora.core.services import outbox
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.meetings.queries.changes import Change, changes, labels_of, sentence, spots_of
from ekspora.meetings.services.timetable import lead_of
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations
from ekspora.ui import formats

KIND = "timetable"
State = TimetableVersion.State


@transaction.atomic
def announce(*, version: TimetableVersion, actor: Person) -> int:
    """Prepare messages for those who have something new to learn; drafts that are no longer true go."""
    activity, agency = version.activity, lead_of(version.activity)
    assert agency is not None  # every activity has a lead
    people = list(programmes.coming(activity))
    news = _news(version, people)
    outbox.withdraw(agency=agency, topic=activity.scope, kind=KIND, keys=news.outdated)
    labels = labels_of(change for found in news.changed.values() for change in found)
    days = agendas.days(activity, [who for who in people if who.pk in news.everything])
    reached = [(day, person) for day in days if (person := invitations.recipient(day.participation))]
    drafts = [
        _draft(version, day.participation, person, _texts(activity, day, person)) for day, person in reached
    ]
    for who in people:
        person = invitations.recipient(who) if who.pk in news.changed else None
        if person is not None:
            texts = _texts_of_change(activity, who, person, news.changed[who.pk], labels)
            drafts.append(_draft(version, who, person, texts))
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor)


@dataclass(slots=True)
class _News:
    """Who is told the whole day, who what has changed (by participation), and which drafts are outdated."""

    everything: set[int] = field(default_factory=set)
    changed: dict[int, list[Change]] = field(default_factory=dict)
    outdated: list[str] = field(default_factory=list)


def _news(version: TimetableVersion, people: Sequence[Participation]) -> _News:
    told, waiting = _told(version.activity)
    published = version.activity.versions.filter(state__in=(State.PUBLISHED, State.SUPERSEDED))
    is_first = not published.exclude(pk=version.pk).exists()
    versions = {version.pk, *told.values(), *(v for found in waiting.values() for v in found)}
    days = spots_of(versions)
    news = _News(outdated=_keys(waiting, waiting.keys() - {who.pk for who in people}))
    for pk in (who.pk for who in people):
        present = days[version.pk][pk]
        if pk in told:
            found = changes(days[told[pk]][pk], present)
            news.outdated += _keys(waiting, [pk])
            news.changed |= {pk: found} if found else {}
        elif is_first or (changes(days[max(waiting[pk])][pk], present) if waiting[pk] else present):
            news.outdated += _keys(waiting, [pk])
            news.everything.add(pk)
    return news


def _told(activity: Activity) -> tuple[dict[int, int], defaultdict[int, list[int]]]:
    """By participation: the newest version they were told of, and those of which a message still waits.

    A message an officer took out of the queue counts as told: the officer did not want it sent.
    """
    told: dict[int, int] = {}
    waiting: defaultdict[int, list[int]] = defaultdict(list)
    rows = Message.objects.filter(topic=activity.scope, kind=KIND).values_list("key", "state")
    settled = (Message.State.SENT, Message.State.SENDING, Message.State.CANCELLED)
    for key, state in rows:
        version, who = (int(part) for part in key.split(":")[1:])
        if state in settled:
            told[who] = max(version, told.get(who, 0))
        else:
            waiting[who].append(version)
    return told, waiting


def _keys(waiting: defaultdict[int, list[int]], people: Iterable[int]) -> list[str]:
    return [_key(version, who) for who in people for version in waiting[who]]


def _key(version: int, who: int) -> str:
    return f"timetable:{version}:{who}"


def _draft(
    version: TimetableVersion, who: Participation, person: Person, texts: tuple[str, str]
) -> outbox.Draft:
    subject, body = texts
    return outbox.Draft(
        person=person, kind=KIND, key=_key(version.pk, who.pk), subject=subject, body=body,
        link_scope=version.activity.scope, link_target=reverse("my_agenda", args=[who.pk]),
    )  # fmt: skip


def _texts(activity: Activity, day: agendas.Day, person: Person) -> tuple[str, str]:
    with override(person.language):
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


def _texts_of_change(
    activity: Activity, who: Participation, person: Person, found: Sequence[Change], labels: dict[int, str]
) -> tuple[str, str]:
    with override(person.language):
        values = {
            "name": person.protocol_name,
            "activity": agendas.name_of(activity),
            "changes": sentence(found, who.pk, labels, activity.tz),
            "link": outbox.PLACE_OF_LINK,
        }
        subject = _("Your agenda has changed: %(activity)s") % values
        body = _(
            "Dear %(name)s,\n\nyour agenda has changed: %(changes)s.\n\n"
            "The newest agenda is always here:\n%(link)s\n\nThe organisers"
        )
        return subject, body % values
