"""Inviting: letter and message for each, and the personal links that come with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Person
from ekspora.core.services import audit, links, outbox
from ekspora.programmes import queries, wording
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services.activities import acting_agency, change_activity

Answer = Participation.Answer


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of inviting: how many were invited now, how many messages wait, who cannot be reached."""

    invited: int
    messages: int
    unreachable: tuple[str, ...]


def recipient(participation: Participation) -> Person | None:
    """Whom a message reaches: who comes, else the owner, else a companion; None if nobody can be reached."""
    people = queries.holders(participation)
    return next((person for person in people if outbox.channel_for(person) is not None), None)


@transaction.atomic
def invite(*, activity: Activity, letter: Mapping[str, Any], side: str | None, actor: Actor) -> Prepared:
    """Prepare letters and messages for all planned people, or those of one side.

    ``letter`` are the activity's fields about the letter. Inviting again prepares anew what was not sent yet
    (the text may have changed) and leaves alone what was sent; nobody is told twice.
    """
    activity = change_activity(activity=activity, values=letter, actor=actor)
    waiting = queries.to_invite(activity)
    people = list(waiting.filter(side=side) if side else waiting)
    if not people:
        raise DomainError(_("There is nobody to invite. Add participants first."))
    agency = acting_agency(actor, activity)
    planned = [row.pk for row in people if row.answer == Answer.PLANNED]
    Participation.objects.filter(pk__in=planned).update(answer=Answer.INVITED, invited_at=now())
    reached = [(row, person) for row in people if (person := recipient(row)) is not None]
    drafts = [wording.invitation(row, person) for row, person in reached]
    messages = outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)
    found = {row.pk for row, _person in reached}
    unreachable = tuple(row.label for row in people if row.pk not in found)
    details = {"participations": planned, "messages": messages}
    audit.record(
        agency=agency, actor=actor.person, action="activity.invite", target=activity, details=details
    )
    return Prepared(len(planned), messages, unreachable)


@transaction.atomic
def tell(*, drafts: Iterable[outbox.Draft], activity: Activity, actor: Actor) -> int:
    """Put messages of an activity into the send queue of whoever acts."""
    agency = acting_agency(actor, activity)
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)


@transaction.atomic
def renew_link(*, participation: Participation, person: Person, actor: Actor) -> bool:
    """After a lost phone: close the person's links into the activity and prepare a message with a new one.

    False when there is no phone or address to send it to; then it is handed out on the spot.
    """
    revoke_links(participation=participation, person=person, actor=actor)
    number = AccessLink.objects.filter(person=person, scope=participation.activity.scope).count()
    draft = wording.new_link(participation, person, number)
    return tell(drafts=[draft], activity=participation.activity, actor=actor) > 0


@transaction.atomic
def revoke_links(*, participation: Participation, person: Person, actor: Actor) -> int:
    """Close the person's links into the activity; sessions begun by them end. Returns how many."""
    if person not in queries.holders(participation):
        raise DomainError(_("This person holds no link for this participation."))
    activity = participation.activity
    agency = acting_agency(actor, activity)
    return links.revoke(person=person, scope=activity.scope, revoked_by=actor.person, agency=agency)


@transaction.atomic
def hand_link(*, participation: Participation, person: Person, target: str, actor: Actor) -> str:
    """A new personal link to hand over at the desk, as its full address; it cannot be shown again.

    Earlier links keep working: this one goes to somebody who stands there, not to a lost phone.
    """
    if person not in queries.holders(participation):
        raise DomainError(_("This person holds no link for this participation."))
    activity = participation.activity
    token = links.issue(
        person=person, kind=AccessLink.Kind.PERSONAL, issued_by=actor.person,
        agency=acting_agency(actor, activity), scope=activity.scope, target=target,
    )  # fmt: skip
    return links.address_of(token)
