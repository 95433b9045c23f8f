"""The agenda of an activity: adding, changing and taking out its parts."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.services import audit
from ekspora.programmes.models import Activity, AgendaItem, Participation
from ekspora.programmes.services.activities import acting_agency

# The pause in a block of meetings while the programme runs late, in both languages of the agenda.
PAUSE = {"id": "Jeda", "en": "Pause"}


@transaction.atomic
def set_part(
    *,
    activity: Activity,
    item: AgendaItem | None,
    values: Mapping[str, Any],
    attendees: Collection[Participation],
    actor: Actor,
) -> AgendaItem:
    """Add a part (``item`` None) or change one. ``values`` are fields of the model.

    ``attendees`` are bound by name; they belong to this activity. Adding the same part twice adds it once.
    Raises DomainError for a part that ends before it starts or binds people of another activity.
    """
    if any(who.activity_id != activity.pk for who in attendees):
        raise DomainError(_("Only people of this activity can be on its agenda."))
    part = item or AgendaItem(activity=activity)
    for name, value in values.items():
        setattr(part, name, value)
    if part.ends_at <= part.starts_at:
        raise DomainError(_("It ends before it starts."))
    twin = activity.agenda.filter(kind=part.kind, title=part.title, starts_at=part.starts_at).first()
    if item is None and twin is not None:
        return twin  # the form was sent twice
    try:
        part.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    part.save()
    part.attendees.set(attendees)
    details = {
        "title": part.title, "kind": part.kind, "starts_at": part.starts_at, "ends_at": part.ends_at,
        "attendees": sorted(who.pk for who in attendees),
    }  # fmt: skip
    action = "agenda.change" if item else "agenda.add"
    audit.record(
        agency=acting_agency(actor, activity), actor=actor.person, action=action, target=part, details=details
    )
    return part


@transaction.atomic
def remove_part(*, item: AgendaItem, actor: Actor) -> None:
    """Take a part out of the agenda. The trail keeps what it was."""
    details = {
        "title": item.title, "kind": item.kind, "starts_at": item.starts_at, "ends_at": item.ends_at,
    }  # fmt: skip
    agency = acting_agency(actor, item.activity)
    audit.record(agency=agency, actor=actor.person, action="agenda.remove", target=item, details=details)
    item.delete()


@transaction.atomic
def postpone(*, activity: Activity, since: datetime, until: datetime, by: timedelta) -> AgendaItem | None:
    """What begins between ``since`` and ``until`` begins later by ``by``, what runs at ``since`` ends later.

    A block of meetings that runs then is cut by a pause, returned to be given to ``bring_forward``: the meetings
    before it stay where they are, those after it are as many as before. The caller writes the trail.
    """
    pause = None
    for item in activity.agenda.filter(ends_at__gt=since, starts_at__lt=until):
        if item.starts_at < since and item.kind == AgendaItem.Kind.MEETINGS:
            pause = AgendaItem(
                activity=activity, kind=AgendaItem.Kind.BREAK, title=PAUSE["id"], title_en=PAUSE["en"],
                place=item.place, starts_at=since, ends_at=since + by,
            )  # fmt: skip
        _shift(item, since, by)
    if pause is not None:
        pause.save()
    return pause


@transaction.atomic
def bring_forward(
    *, activity: Activity, since: datetime, until: datetime, by: timedelta, pause: AgendaItem | None
) -> None:
    """Take ``postpone`` with the same values back."""
    if pause is not None:
        pause.delete()
    for item in activity.agenda.filter(ends_at__gt=since + by, starts_at__lt=until + by):
        _shift(item, since + by, -by)


def _shift(item: AgendaItem, since: datetime, by: timedelta) -> None:
    item.starts_at += by if item.starts_at >= since else timedelta()
    item.ends_at += by
    item.save(update_fields=["starts_at", "ends_at"])
