"""Answering an invitation: accept, come for a part, send a substitute, decline; until the activity begins."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit, links, outbox
from ekspora.programmes import queries, rules, wording
from ekspora.programmes.models import Participation
from ekspora.programmes.services.activities import acting_agency

Answer = Participation.Answer


@dataclass(frozen=True, slots=True)
class Name:
    """A substitute as protocol wants it, and how to reach them."""

    title: str
    name: str
    suffix: str = ""
    position: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def accept(
    *,
    participation: Participation,
    actor: Actor,
    arrives_at: datetime | None = None,
    leaves_at: datetime | None = None,
    substitute: Name | None = None,
) -> Participation:
    """Come: for all of it, for the part between two times, in person or by a substitute.

    Saying the same twice changes nothing. Raises DomainError when it is too late, or for times outside the
    activity.
    """
    row = _open(participation, actor)
    _check_times(row, arrives_at, leaves_at)
    same = (row.answer, row.arrives_at, row.leaves_at) == (Answer.ACCEPTED, arrives_at, leaves_at)
    if same and _is(row.substitute, substitute):
        return row
    row.arrives_at, row.leaves_at = arrives_at, leaves_at
    _replace(row, substitute, actor)
    name = asdict(substitute) if substitute else None
    details = {"arrives_at": arrives_at, "leaves_at": leaves_at, "substitute": name}
    return _answered(row, Answer.ACCEPTED, "", actor, details)


@transaction.atomic
def decline(*, participation: Participation, actor: Actor, reason: str = "") -> Participation:
    """Not come, with a reason if they care to give one. The personal link keeps working: minds change."""
    row = _open(participation, actor)
    reason = reason.strip()
    if (row.answer, row.answer_note) == (Answer.DECLINED, reason):
        return row
    row.arrives_at = row.leaves_at = None
    _replace(row, None, actor)
    return _answered(row, Answer.DECLINED, reason, actor, {"reason": reason})


def _open(participation: Participation, actor: Actor) -> Participation:
    """The participation locked for a new answer, if it may still be given. Officers may always note one."""
    row = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("activity", "substitute", "person", "business", "representative__person")
        .get(pk=participation.pk)
    )
    if row.answer == Answer.PLANNED and not rules.can_change(actor, row.activity):
        raise DomainError(_("There is no invitation yet."))
    if now() >= queries.answers_until(row.activity) and not rules.can_change(actor, row.activity):
        raise DomainError(_("The activity has begun. Please tell the organisers at the door."))
    return row


def _check_times(row: Participation, arrives_at: datetime | None, leaves_at: datetime | None) -> None:
    if arrives_at and leaves_at and leaves_at <= arrives_at:
        raise DomainError(_("You leave before you arrive. Please check the times."))
    for moment in filter(None, (arrives_at, leaves_at)):
        day = moment.astimezone(row.activity.tz).date()
        if not row.activity.starts_on <= day <= row.activity.ends_on:
            raise DomainError(_("This time is not within the days of the activity."))


def name_of(participation: Participation) -> Name | None:
    """The substitute as ``accept`` takes one; None when the invited come themselves."""
    person = participation.substitute
    return Name(**{field.name: getattr(person, field.name) for field in fields(Name)}) if person else None


def _is(person: Person | None, name: Name | None) -> bool:
    if person is None or name is None:
        return person is None and name is None
    return all(getattr(person, field) == value for field, value in asdict(name).items())


def _replace(row: Participation, name: Name | None, actor: Actor) -> None:
    """Set the substitute. One no longer sent loses their links; a corrected name stays the same person."""
    old = row.substitute
    if _is(old, name):
        return
    if old is not None and name is not None and old.name == name.name:
        for field, value in asdict(name).items():
            setattr(old, field, value)
        old.save()
        return
    if old is not None:
        agency = acting_agency(actor, row.activity)
        links.revoke(person=old, scope=row.activity.scope, revoked_by=actor.person, agency=agency)
    invited = row.representative.person if row.representative is not None else row.person
    language = invited.language if invited is not None else "id"
    row.substitute = Person.objects.create(**asdict(name), language=language) if name else None
    if row.substitute is not None:
        outbox.prepare(
            agency=acting_agency(actor, row.activity), topic=row.activity.scope,
            drafts=[wording.substitution(row, row.substitute)], actor=actor.person,
        )  # fmt: skip


def _answered(
    row: Participation, answer: Answer, note: str, actor: Actor, details: Mapping[str, object]
) -> Participation:
    row.answer, row.answer_note, row.answered_at = answer, note, now()
    row.save(update_fields=["answer", "answer_note", "answered_at", "arrives_at", "leaves_at", "substitute"])
    agency = acting_agency(actor, row.activity)
    audit.record(
        agency=agency, actor=actor.person, action=f"participation.{answer}", target=row, details=details
    )
    return row
