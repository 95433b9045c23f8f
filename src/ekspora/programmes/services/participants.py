"""Who is in an activity: taking people in, at the door too, taking them out, and what sets one apart."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Message, Person
from ekspora.core.services import audit, outbox
from ekspora.directory.models import Business, Representative, Stewardship
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.rules import WORKING
from ekspora.programmes.services.activities import acting_agency

Answer = Participation.Answer
Side = Participation.Side


@transaction.atomic
def enrol(
    *,
    activity: Activity,
    agency: Agency,
    actor: Person | None,
    businesses: Iterable[Business] = (),
    representatives: Iterable[Representative] = (),
) -> list[Participation]:
    """Plan businesses and representatives for an activity, in the name of a working organiser.

    Who is in already stays as they are. Returns the new participations.
    """
    if not activity.organiser_rows.filter(agency=agency, role__in=WORKING).exists():
        raise DomainError(_("%(agency)s does not organise this activity.") % {"agency": agency})
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
        audit.record(agency=agency, actor=actor, action="activity.enrol", target=activity, details=details)
    return made


def _owners(businesses: Iterable[int]) -> dict[int, int]:
    rows = Stewardship.objects.filter(business__in=businesses, role=Stewardship.Role.OWNER).order_by("-id")
    return dict(rows.values_list("business_id", "person_id"))


def enrol_imported(scope: str, agency: Agency, actor: Person | None, records: Iterable[object]) -> None:
    """What an import with the scope ``activity:7`` does besides the directory: its rows take part."""
    activity = Activity.objects.filter(pk=int(scope.removeprefix("activity:"))).first()
    if activity is None:
        raise DomainError(_("This activity no longer exists."))
    found = list(records)
    enrol(
        activity=activity, agency=agency, actor=actor,
        businesses=[record for record in found if isinstance(record, Business)],
        representatives=[record for record in found if isinstance(record, Representative)],
    )  # fmt: skip


@transaction.atomic
def walk_in(*, activity: Activity, who: Business | Representative, actor: Actor) -> Participation:
    """Somebody stands at the door: they take part from now on, whatever they answered before."""
    agency = acting_agency(actor, activity)
    businesses = [who] if isinstance(who, Business) else []
    guests = [who] if isinstance(who, Representative) else []
    enrol(activity=activity, agency=agency, actor=actor.person, businesses=businesses, representatives=guests)
    key = {"business": who} if isinstance(who, Business) else {"representative": who}
    row = Participation.objects.select_for_update().get(activity=activity, **key)
    if row.answer == Answer.ACCEPTED:
        return row
    row.answer, row.answered_at, row.is_walk_in = Answer.ACCEPTED, now(), True
    row.save(update_fields=["answer", "answered_at", "is_walk_in"])
    audit.record(agency=agency, actor=actor.person, action="participation.walk_in", target=row)
    return row


@transaction.atomic
def remove(*, participation: Participation, actor: Actor) -> None:
    """Take somebody out who was added by mistake. Raises DomainError once anything depends on them."""
    row = Participation.objects.select_for_update().get(pk=participation.pk)
    told = Message.objects.filter(key__in=message_keys(row))
    if told.filter(state=Message.State.SENT).exists():
        raise DomainError(_("%(who)s has been invited. Note that they decline instead.") % {"who": row.label})
    if _has_dependents(row):
        raise DomainError(
            _("%(who)s has wishes or meetings. Note that they decline instead.") % {"who": row.label}
        )
    for message in told.exclude(state=Message.State.CANCELLED):
        outbox.cancel(message=message, officer=actor.person)
    agency = acting_agency(actor, row.activity)
    details = {"business": row.business_id, "representative": row.representative_id}
    audit.record(
        agency=agency, actor=actor.person, action="participation.remove", target=row, details=details
    )
    row.delete()


def message_keys(participation: Participation) -> list[str]:
    """Keys under which the send queue holds what this person is told of their invitation."""
    return [f"invitation:{participation.pk}"]


def _has_dependents(row: Participation) -> bool:
    """Whether any record of any room points here; rooms to the right are known by their relations only."""
    relations = (field for field in Participation._meta.get_fields() if field.one_to_many)
    return any(
        relation.related_model.objects.filter(**{relation.field.name: row}).exists()  # type: ignore[union-attr]
        for relation in relations
    )


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
