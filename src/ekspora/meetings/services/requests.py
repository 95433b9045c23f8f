"""What officers decide about a pair, on top of both sides' wishes; reminding who has not marked anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit, outbox
from ekspora.meetings.models import MeetingRequest
from ekspora.meetings.queries.requests import NO, SANCTIONS, open_starts, pair_of
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations
from ekspora.programmes.services.activities import acting_agency
from ekspora.ui import formats

KIND = "wishes"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer wants for a pair. ``weight`` None: as the wishes say; ``fixed_at`` None: any time."""

    weight: int | None = None
    required: bool = False
    fixed_at: datetime | None = None
    excluded: bool = False
    note: str = ""


@transaction.atomic
def decide(*, maker: Participation, guest: Participation, decision: Decision, actor: Actor) -> MeetingRequest:
    """Add a pair, weigh, require or fix it, or rule it out with a reason. The same again changes nothing.

    Raises DomainError where it could never take place: a side that does not come or does not want it, goods
    under sanctions, a time at which no meeting begins or somebody is away.
    """
    activity = maker.activity
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    _check(maker, guest, decision)
    known = MeetingRequest.objects.filter(maker=maker, guest=guest).first()
    values = {name: getattr(decision, name) for name in decision.__slots__}
    if known is not None and all(getattr(known, name) == value for name, value in values.items()):
        return known
    made, _created = MeetingRequest.objects.update_or_create(
        maker=maker, guest=guest,
        defaults={**values, "activity": activity, "decided_by": actor.person, "decided_at": now()},
    )  # fmt: skip
    audit.record(
        agency=acting_agency(actor, activity), actor=actor.person, action="request.decide", target=made,
        details={"maker": maker.pk, "guest": guest.pk, **values},
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(*, maker: Participation, guest: Participation, actor: Actor) -> None:
    """Take a decision back: the pair is again what the wishes say."""
    known = MeetingRequest.objects.select_for_update().filter(maker=maker, guest=guest).first()
    if known is None:
        return
    audit.record(
        agency=acting_agency(actor, maker.activity), actor=actor.person, action="request.withdraw",
        target=known, details={"maker": maker.pk, "guest": guest.pk},
    )  # fmt: skip
    known.delete()


def _check(maker: Participation, guest: Participation, decision: Decision) -> None:
    if (maker.side, guest.side) != (Participation.Side.MAKER, Participation.Side.GUEST):
        raise DomainError(_("A pair is a business and a representative."))
    if maker.activity_id != guest.activity_id:
        raise DomainError(_("Both take part in different activities."))
    if decision.excluded:
        if not decision.note.strip():
            raise DomainError(_("Say why this pair is not to be scheduled; only officers read it."))
        if decision.required or decision.fixed_at is not None:
            raise DomainError(_("A pair cannot be ruled out and required at once."))
        return
    _check_possible(maker, guest)
    if decision.fixed_at is not None and decision.fixed_at not in open_starts(maker, guest):
        raise DomainError(_("No meeting of both can begin at this time. Choose one of the times offered."))


def _check_possible(maker: Participation, guest: Participation) -> None:
    for side in (maker, guest):
        if side.answer != Participation.Answer.ACCEPTED:
            raise DomainError(_("%(who)s has not accepted the invitation.") % {"who": side.label})
    ruled_out = pair_of(maker, guest).ruled_out
    if NO in ruled_out:
        raise DomainError(_("One side does not want this meeting. It stays ruled out while the “no” stands."))
    if SANCTIONS in ruled_out:
        raise DomainError(_("Goods under United Nations sanctions: this meeting cannot be scheduled."))


@transaction.atomic
def remind(*, activity: Activity, silent: Iterable[Participation], actor: Actor) -> int:
    """Prepare a message for everybody who came to no mark yet; returns how many can be reached.

    Asked for again on a later day it is a new reminder; twice on a day it stays one.
    """
    drafts = [
        _reminder(activity, participation, person)
        for participation in silent
        if (person := invitations.recipient(participation)) is not None
    ]
    agency = acting_agency(actor, activity)
    return outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)


def _reminder(activity: Activity, participation: Participation, person: Person) -> outbox.Draft:
    with override(person.language if person.language == "en" else "id"):
        values = {
            "name": person.protocol_name, "activity": activity, "link": outbox.PLACE_OF_LINK,
            "until": _until(activity),
        }  # fmt: skip
        subject = _("Whom do you want to meet? %(activity)s") % values
        body = _(
            "Dear %(name)s,\n\nplease mark on your phone whom you want to meet at %(activity)s%(until)s. It "
            "takes five minutes and decides about your one-on-one meetings:\n%(link)s\n\nThe organisers"
        )
        return outbox.Draft(
            person=person, kind=KIND, key=f"wishes:{participation.pk}:{now().date()}", subject=subject,
            body=body % values, link_scope=activity.scope,
            link_target=reverse("my_wishes", args=[participation.pk]),
        )  # fmt: skip


def _until(activity: Activity) -> str:
    if activity.wishes_until is None:
        return ""
    return " " + _("(until %(moment)s)") % {
        "moment": formats.moment(formats.in_zone(activity.wishes_until, activity.tz))
    }
