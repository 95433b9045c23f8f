"""The messages of the evening: everybody who came gets the link to their own page, once."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.core.services import outbox
from ekspora.deals.queries.sending import KIND, key_of
from ekspora.meetings.queries.agendas import name_of
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations
from ekspora.programmes.services.activities import acting_agency


@transaction.atomic
def send(*, activity: Activity, people: Iterable[Participation], actor: Actor) -> int:
    """Prepare the message of the evening for each of ``people``; returns how many drafts wait now.

    Prepared again it replaces what was not sent yet and leaves alone what was: nobody gets it twice.
    """
    drafts = [
        _draft(activity, who, person) for who in people if (person := invitations.recipient(who)) is not None
    ]
    agency = acting_agency(actor, activity)
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)


def _draft(activity: Activity, who: Participation, person: Person) -> outbox.Draft:
    with override(person.language if person.language == "en" else "id"):
        subject, body = _for_guest() if who.side == Participation.Side.GUEST else _for_maker()
        values = {
            "name": person.protocol_name,
            "who": who.label,
            "activity": name_of(activity),
            "link": outbox.PLACE_OF_LINK,
        }
        return outbox.Draft(
            person=person, kind=KIND, key=key_of(who), subject=subject % values, body=body % values,
            link_scope=activity.scope, link_target=reverse("my_evening", args=[who.pk]),
        )  # fmt: skip


def _for_guest() -> tuple[str, str]:
    body = _(
        "Dear %(name)s,\n\nthank you for coming to %(activity)s. One page holds the makers you met, the contacts you "
        "exchanged, what was promised both ways and what is known of your country's rules. It prints as a report "
        "to your capital, and it can be passed on to importers:\n%(link)s\n\nThe organisers"
    )
    return _("Whom you met: %(activity)s"), body


def _for_maker() -> tuple[str, str]:
    body = _(
        "Dear %(name)s,\n\nthank you for coming to %(activity)s with %(who)s. Here is whom you met, what you promised "
        "by when, and your next step:\n%(link)s\n\nThe organisers"
    )
    return _("Your next step: %(activity)s"), body
