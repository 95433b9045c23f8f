"""What came of a meeting: told by each side, contacts shared, those who did not answer reminded."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import outbox
from ekspora.demand.models import Encounter, Outcome
from ekspora.demand.services import contacts, telling
from ekspora.meetings.queries.agendas import name_of as activity_name
from ekspora.meetings.queries.outcomes import Mine, card_of, contact_person, name_of
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations
from ekspora.programmes.services.activities import acting_agency

KIND = "outcome"


@dataclass(frozen=True, slots=True)
class Done:
    """The answer that was kept; ``contact_error`` says why the contact was not shared although it was asked."""

    outcome: Outcome
    contact_error: str = ""


@transaction.atomic
def tell(*, of: Mine, answer: telling.Answer, share: str, actor: Person) -> Done:
    """Keep what one side says of a meeting, and share its contact where ``share`` holds the seal of what it read.

    An answer that had arrived before changes nothing, not even a contact withdrawn since. Raises DomainError
    before the day of the meeting and for an answer that is none; a contact that cannot be shared loses no answer.
    """
    if not of.is_open:
        raise DomainError(_("This can be told from the day of the meeting on."))
    encounter = _encounter(of)
    side, agency = of.participation.side, of.participation.activity.lead
    told = telling.tell(encounter=encounter, side=side, answer=answer, agency=agency, actor=actor)
    error = ""
    if share and told.is_new:
        try:
            contacts.agree(
                encounter=encounter, side=side, about=contact_person(of.participation),
                card=card_of(of.participation), other=name_of(of.other), seen=share, agency=agency, actor=actor,
            )  # fmt: skip
        except DomainError as refused:
            error = str(refused)
    return Done(told.outcome, error)


@transaction.atomic
def withdraw_contact(*, of: Mine, actor: Person) -> None:
    """Take the shared contact back. Raises DomainError once contacts were exchanged."""
    if of.encounter is not None:
        agency = of.participation.activity.lead
        contacts.withdraw(encounter=of.encounter, side=of.participation.side, agency=agency, actor=actor)


def _encounter(of: Mine) -> Encounter:
    maker, guest = of.participation, of.other
    if maker.side == Participation.Side.GUEST:
        maker, guest = guest, maker
    assert maker.business is not None  # by constraint
    assert guest.representative is not None  # by constraint
    return telling.open_encounter(
        scope=maker.activity.scope, key=of.key, business=maker.business,
        representative=guest.representative, met_at=of.meeting.starts_at,
    )  # fmt: skip


@transaction.atomic
def remind(*, activity: Activity, silent: Iterable[tuple[Participation, int]], actor: Actor) -> int:
    """Prepare a message for everybody who still has meetings to tell of; returns how many can be reached.

    Asked for again on a later day it is a new reminder; twice on a day it stays one.
    """
    drafts = [
        _reminder(activity, participation, count, person)
        for participation, count in silent
        if (person := invitations.recipient(participation)) is not None
    ]
    agency = acting_agency(actor, activity)
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)


def _reminder(activity: Activity, who: Participation, count: int, person: Person) -> outbox.Draft:
    with override(person.language if person.language == "en" else "id"):
        values = {
            "name": person.protocol_name,
            "activity": activity_name(activity),
            "link": outbox.PLACE_OF_LINK,
            "count": ngettext("%(n)d meeting waits", "%(n)d meetings wait", count) % {"n": count},
        }
        subject = _("How did your meetings go? %(activity)s") % values
        body = _(
            "Dear %(name)s,\n\nthank you for coming to %(activity)s. %(count)s for one tap each: how did it go, and "
            "what comes next?\n%(link)s\n\nThe organisers"
        )
        return outbox.Draft(
            person=person, kind=KIND, key=f"outcome:{who.pk}:{now().date()}", subject=subject,
            body=body % values, link_scope=activity.scope, link_target=reverse("my_agenda", args=[who.pk]),
        )  # fmt: skip
