"""Who is in an activity: taking people in, at the door too, taking them out, and what sets one apart."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now, today
from ekspora.core.errors import DomainError
from ekspora.core.models import Message
from ekspora.core.numbers import id_in
from ekspora.core.services import audit, outbox
from ekspora.directory.models import Business, Representative, Stewardship
from ekspora.directory.services.importing.hooks import Records
from ekspora.programmes import rules
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import attendance
from ekspora.programmes.services.activities import acting_agency

Answer = Participation.Answer
Side = Participation.Side
_UNSENT = (Message.State.DRAFT, Message.State.RELEASED, Message.State.FAILED)


@transaction.atomic
def enrol(
    *,
    activity: Activity,
    actor: Actor,
    businesses: Iterable[Business] = (),
    representatives: Iterable[Representative] = (),
) -> list[Participation]:
    """Plan businesses and representatives for an activity; who is in already stays as they are.

    Returns the new participations. Raises DomainError unless an agency of the actor works on the activity.
    """
    if not rules.can_change(actor, activity):
        raise DomainError(_("Only officers of the lead and of co-organisers add participants."))
    Activity.objects.select_for_update().get(pk=activity.pk)
    taken = {(row.business_id, row.representative_id) for row in activity.participations.all()}
    makers = {b.pk: b for b in businesses if (b.pk, None) not in taken}
    guests = {r.pk: r for r in representatives if (None, r.pk) not in taken}
    owners = _owners(makers)
    rows = [
        Participation(activity=activity, side=Side.MAKER, business=b, person_id=owners.get(b.pk))
        for b in makers.values()
    ]
    rows += [
        Participation(activity=activity, side=Side.GUEST, representative=guest) for guest in guests.values()
    ]
    made = Participation.objects.bulk_create(rows)
    if made:
        details = {"businesses": sorted(makers), "representatives": sorted(guests)}
        agency = acting_agency(actor, activity)
        audit.record(
            agency=agency, actor=actor.person, action="activity.enrol", target=activity, details=details
        )
    return made


def _owners(businesses: Iterable[int]) -> dict[int, int]:
    rows = Stewardship.objects.filter(business__in=businesses, role=Stewardship.Role.OWNER).order_by("-id")
    return dict(rows.values_list("business_id", "person_id"))


def enrol_imported(scope: str, _kind: str, records: Records, actor: Actor) -> None:
    """What an import with the scope ``activity:7`` does besides the directory: its rows take part."""
    enrol(activity=_activity_of(scope), actor=actor, **_by_side(records))


@transaction.atomic
def release_imported(scope: str, _kind: str, records: Records, actor: Actor) -> None:
    """Before an import is undone: take its rows out of the activity while nothing depends on them."""
    sides = _by_side(records)
    rows = Participation.objects.filter(activity=_activity_of(scope)).filter(
        Q(business__in=sides["businesses"]) | Q(representative__in=sides["representatives"])
    )
    for row in rows:
        if why_kept(row) is None:
            remove(participation=row, actor=actor)


def _activity_of(scope: str) -> Activity:
    activity = Activity.objects.filter(pk=id_in(scope, "activity")).first()
    if activity is None:
        raise DomainError(_("This activity does not exist."))
    return activity


class _Sides(TypedDict):
    businesses: list[Business]
    representatives: list[Representative]


def _by_side(records: Iterable[Business | Representative]) -> _Sides:
    found = list(records)
    return {
        "businesses": [record for record in found if isinstance(record, Business)],
        "representatives": [record for record in found if isinstance(record, Representative)],
    }


@transaction.atomic
def walk_in(*, activity: Activity, who: Business | Representative, actor: Actor) -> Participation:
    """Somebody stands at the door: they take part from now on, whatever they answered before.

    On a day of the activity they are checked in as well.
    """
    agency = acting_agency(actor, activity)
    enrol(activity=activity, actor=actor, **_by_side([who]))
    key = {"business": who} if isinstance(who, Business) else {"representative": who}
    row = Participation.objects.select_for_update().get(activity=activity, **key)
    if row.answer != Answer.ACCEPTED:
        row.answer, row.answered_at, row.is_walk_in = Answer.ACCEPTED, now(), True
        row.save(update_fields=["answer", "answered_at", "is_walk_in"])
        audit.record(agency=agency, actor=actor.person, action="participation.walk_in", target=row)
    if activity.starts_on <= today(activity.zone) <= activity.ends_on and not row.is_there:
        tap = attendance.Tap(row.pk, attendance.Kind.CAME)
        return attendance.mark(activity=activity, actor=actor, tap=tap)
    return row


@transaction.atomic
def remove(*, participation: Participation, actor: Actor) -> None:
    """Take somebody out who was added by mistake. Raises DomainError once anything depends on them."""
    row = Participation.objects.select_for_update().get(pk=participation.pk)
    why = why_kept(row)
    if why is not None:
        raise DomainError(why)
    told = Message.objects.filter(key__in=_message_keys(row), state__in=_UNSENT)
    for message in told:
        outbox.cancel(message=message, officer=actor.person)
    agency = acting_agency(actor, row.activity)
    details = {"business": row.business_id, "representative": row.representative_id}
    audit.record(
        agency=agency, actor=actor.person, action="participation.remove", target=row, details=details
    )
    row.delete()


def why_kept(participation: Participation) -> str | None:
    """Why somebody can no longer be taken out, in words; None while nothing depends on them."""
    sent = Message.objects.filter(key__in=_message_keys(participation), state=Message.State.SENT)
    if sent.exists():
        return _("%(who)s has been invited. Note that they decline instead.") % {"who": participation.label}
    relations = (field for field in Participation._meta.get_fields() if field.one_to_many)
    if any(_rows(relation, participation).exists() for relation in relations):
        text = _("%(who)s has wishes or meetings. Note that they decline instead.")
        return text % {"who": participation.label}
    return None


def _rows(relation: Any, participation: Participation) -> QuerySet[Any]:
    """Records of any room that point here; rooms to the right are known by their relations only."""
    rows: QuerySet[Any] = relation.related_model._default_manager.all()
    return rows.filter(**{relation.field.name: participation})


def _message_keys(participation: Participation) -> list[str]:
    return [f"invitation:{participation.pk}"]


@transaction.atomic
def set_terms(
    *,
    participation: Participation,
    is_featured: bool,
    most_meetings: int | None,
    table: int | None,
    actor: Actor,
) -> Participation:
    """What the timetable heeds of one participation: a table to stay at, the most meetings; and promotion."""
    row = Participation.objects.select_for_update().select_related("activity").get(pk=participation.pk)
    if table is not None and not 1 <= table <= row.activity.tables:
        text = _("There are tables 1 to %(last)s; there is no table %(table)s.")
        raise DomainError(text % {"last": row.activity.tables, "table": table})
    row.is_featured, row.most_meetings, row.table = is_featured, most_meetings, table
    row.save(update_fields=["is_featured", "most_meetings", "table"])
    details = {"is_featured": is_featured, "most_meetings": most_meetings, "table": table}
    agency = acting_agency(actor, row.activity)
    audit.record(agency=agency, actor=actor.person, action="participation.terms", target=row, details=details)
    return row
