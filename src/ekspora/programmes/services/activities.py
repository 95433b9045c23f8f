"""Planning an activity: the programme it belongs to, its place and days, who organises it in which role."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.core.services import audit
from ekspora.programmes.models import Activity, Organiser, Programme

Role = Organiser.Role


def acting_agency(actor: Actor, activity: Activity) -> Agency:
    """In whose name the actor acts on an activity: an organiser of theirs, the lead first, else the lead."""
    rows = sorted(activity.organiser_rows.select_related("agency"), key=lambda row: row.role != Role.LEAD)
    agencies = actor.agencies()
    return next((row.agency for row in rows if row.agency_id in agencies), rows[0].agency)


def _check(record: Programme | Activity) -> None:
    """What a form would refuse, a call from elsewhere is refused too."""
    try:
        record.full_clean(validate_constraints=True)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


@transaction.atomic
def create_programme(*, agency: Agency, name: str, name_en: str = "", actor: Actor) -> Programme:
    """The agency's programme of this name, made if missing."""
    programme, created = Programme.objects.get_or_create(
        agency=agency, name=name.strip(), defaults={"name_en": name_en.strip()}
    )
    if created:
        audit.record(agency=agency, actor=actor.person, action="programme.create", target=programme)
    return programme


@transaction.atomic
def create_activity(*, programme: Programme, values: Mapping[str, Any], actor: Actor) -> Activity:
    """A new activity led by the programme's agency; ``values`` are fields of the model.

    One of the same name and first day in the programme is taken as it is: the form was sent twice.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    activity = Activity(programme=programme, **values)
    _check(activity)
    same = programme.activities.filter(name=activity.name, starts_on=activity.starts_on).first()
    if same is not None:
        return same
    activity.save()
    Organiser.objects.create(activity=activity, agency=programme.agency, role=Role.LEAD)
    details = {"name": activity.name, "starts_on": activity.starts_on}
    audit.record(
        agency=programme.agency, actor=actor.person, action="activity.create", target=activity,
        details=details,
    )  # fmt: skip
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, values: Mapping[str, Any], actor: Actor) -> Activity:
    """Change fields of an activity; the trail keeps what each was before."""
    fresh = Activity.objects.select_for_update().get(pk=activity.pk)
    changed = {name: value for name, value in values.items() if getattr(fresh, name) != value}
    if not changed:
        return fresh
    before = {name: getattr(fresh, name) for name in changed}
    for name, value in changed.items():
        setattr(fresh, name, value)
    _check(fresh)
    fresh.save()
    details = {name: [_plain(before[name]), _plain(changed[name])] for name in changed}
    agency = acting_agency(actor, fresh)
    audit.record(agency=agency, actor=actor.person, action="activity.change", target=fresh, details=details)
    return fresh


def _plain(value: object) -> object:
    return value.pk if isinstance(value, Programme) else value


@transaction.atomic
def set_organiser(*, activity: Activity, agency: Agency, role: Role, actor: Actor) -> Organiser:
    """Let an agency take part in running the activity, or change its role.

    There is exactly one lead: naming another one hands the lead over, and the old lead becomes co-organiser.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    lead = Organiser.objects.select_related("agency").get(activity=activity, role=Role.LEAD)
    if agency == lead.agency and role != Role.LEAD:
        raise DomainError(_("An activity needs a lead. Name another lead first."))
    in_whose_name = acting_agency(actor, activity)
    if role == Role.LEAD and agency != lead.agency:
        if lead.agency_id not in actor.agencies():
            raise DomainError(_("Only an officer of the lead hands the lead over."))
        Organiser.objects.filter(pk=lead.pk).update(role=Role.CO)
    row, _made = Organiser.objects.update_or_create(activity=activity, agency=agency, defaults={"role": role})
    details = {"agency": agency.pk, "role": role}
    audit.record(
        agency=in_whose_name, actor=actor.person, action="organiser.set", target=activity, details=details
    )
    return row


@transaction.atomic
def remove_organiser(*, activity: Activity, agency: Agency, actor: Actor) -> None:
    """An agency no longer takes part in running the activity; the lead cannot leave."""
    row = Organiser.objects.filter(activity=activity, agency=agency).first()
    if row is None:
        return
    if row.role == Role.LEAD:
        raise DomainError(_("An activity needs a lead. Name another lead first."))
    in_whose_name = acting_agency(actor, activity)
    row.delete()
    details = {"agency": agency.pk}
    audit.record(
        agency=in_whose_name, actor=actor.person, action="organiser.remove", target=activity, details=details
    )


@transaction.atomic
def register_agency(*, name: str, short_name: str, kind: Agency.Kind, actor: Actor) -> Agency:
    """An agency that takes part for the first time; one of the same name is taken as it is."""
    known = Agency.objects.filter(name__iexact=name.strip()).first()
    if known is not None:
        return known
    agency = Agency.objects.create(name=name.strip(), short_name=short_name.strip(), kind=kind)
    audit.record(agency=agency, actor=actor.person, action="agency.register", target=agency)
    return agency
