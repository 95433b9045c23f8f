"""Reminding those who promised something: one message for each person, at most once a day, never unseen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.models import Message, Person
from ekspora.core.numbers import id_in
from ekspora.core.services import outbox
from ekspora.deals import kinds
from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import to_remind
from ekspora.demand.models import Side
from ekspora.meetings.queries.agendas import name_of
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations
from ekspora.programmes.services.activities import acting_agency
from ekspora.ui import formats

KIND = "commitment"
_OVER = (Message.State.SENT, Message.State.SENDING, Message.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many messages wait now, and what of those promises nobody can be reminded of."""

    messages: int
    unreachable: int


@transaction.atomic
def remind(*, activity: Activity, actor: Actor) -> Reminded:
    """Prepare a message for everybody with promises that are overdue or due within a week.

    It reaches who keeps a promise, else whoever else holds a link of that side. A reminder of an earlier day that
    was not sent gives way to today's; what was sent today stays the one of today.
    """
    by_person, unreachable = _due(activity, _sides(activity))
    agency = acting_agency(actor, activity)
    outbox.withdraw(agency=agency, topic=activity.scope, kind=KIND)
    drafts = [_draft(activity, person, rows) for person, rows in by_person.items()]
    count = outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)
    return Reminded(count, unreachable)


@transaction.atomic
def put_right(*, touched: Collection[Commitment], actor: Person | None) -> None:
    """Reminders that were not sent yet speak of no promise that is settled, put off or handed over: those to who kept
    the ``touched`` ones until now are written anew, to be released again, or go where nothing is left of them."""
    for scope in sorted({row.scope for row in touched}):
        _put_right(scope, [row for row in touched if row.scope == scope], actor)


def _put_right(scope: str, touched: Iterable[Commitment], actor: Person | None) -> None:
    waiting = Message.objects.filter(topic=scope, kind=KIND).exclude(state__in=_OVER)
    activity = Activity.objects.filter(pk=id_in(scope, "activity")).first() if waiting.exists() else None
    if activity is None:
        return
    sides = _sides(activity)
    told = {_reached(row, sides.get(_side(row))) for row in touched}
    by_person, _unreachable = _due(activity, sides)
    for message in waiting.filter(person__in=told - {None}).select_related("agency", "person"):
        if rows := by_person.get(message.person):
            drafts = [replace(_draft(activity, message.person, rows), key=message.key)]
            outbox.prepare(agency=message.agency, topic=scope, drafts=drafts, actor=actor)
        else:
            outbox.withdraw(agency=message.agency, topic=scope, kind=KIND, keys=[message.key])


def _due(
    activity: Activity, sides: Mapping[tuple[str, int | None], Participation]
) -> tuple[dict[Person, list[tuple[Commitment, Participation]]], int]:
    """What is overdue or due within a week by who is reminded of it, and of how many promises nobody can be."""
    by_person: dict[Person, list[tuple[Commitment, Participation]]] = {}
    unreachable = 0
    for row in to_remind(activity.scope):
        page = sides.get(_side(row))
        person = _reached(row, page)
        if page is None or person is None:
            unreachable += 1
        else:
            by_person.setdefault(person, []).append((row, page))
    return by_person, unreachable


def _sides(activity: Activity) -> dict[tuple[str, int | None], Participation]:
    rows = programmes.participations(activity)
    return {(row.side, row.business_id or row.representative_id): row for row in rows}


def _side(row: Commitment) -> tuple[str, int | None]:
    return row.side, row.business_id if row.side == Side.MAKER else row.representative_id


def _reached(row: Commitment, page: Participation | None) -> Person | None:
    if row.owner is not None and outbox.channel_for(row.owner) is not None:
        return row.owner
    return invitations.recipient(page) if page is not None else None


def _draft(
    activity: Activity, person: Person, rows: Iterable[tuple[Commitment, Participation]]
) -> outbox.Draft:
    with override("en" if person.language == "en" else "id"):
        found = list(rows)
        values = {
            "name": person.protocol_name,
            "activity": name_of(activity),
            "link": outbox.PLACE_OF_LINK,
            "promises": "\n".join(f"– {_line(row)}" for row, _page in found),
        }
        subject = _("What you promised at %(activity)s") % values
        body = _(
            "Dear %(name)s,\n\nat %(activity)s you promised:\n%(promises)s\n\nOpen your page, press Done for what is "
            "done and say in one line how. If something will not come about, tell us, so that nobody waits:\n"
            "%(link)s\n\nThe organisers"
        )
        return outbox.Draft(
            person=person, kind=KIND, key=f"commitment:{activity.pk}:{person.pk}:{now().date()}",
            subject=subject, body=body % values, link_scope=activity.scope,
            link_target=reverse("my_commitments", args=[found[0][1].pk]),
        )  # fmt: skip


def _line(row: Commitment) -> str:
    other = row.representative.mission.name if row.side == Side.MAKER else row.business.name
    what = row.text or kinds.wording(row.kind, is_mine=True)
    values = {"what": what, "other": other, "day": formats.day(row.due, weekday=False)}
    if row.is_overdue:
        return _("%(what)s (%(other)s): was due on %(day)s") % values
    return _("%(what)s (%(other)s): by %(day)s") % values
