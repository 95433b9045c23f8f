"""Saying that one has seen the newest agenda: what changed before is marked no more."""

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit
from ekspora.meetings.models import AgendaSeen, TimetableVersion
from ekspora.programmes.models import Participation

State = TimetableVersion.State


@transaction.atomic
def see_agenda(*, participation: Participation, person: Person, number: int) -> None:
    """Somebody says they have seen version ``number`` of their agenda; a newer one stays unseen."""
    version = participation.activity.versions.filter(
        number=number, state__in=(State.PUBLISHED, State.SUPERSEDED)
    ).first()
    if version is None:
        raise DomainError(_("There is no such version."))
    known = AgendaSeen.objects.filter(participation=participation, person=person).first()
    if known is not None and known.version_id == version.pk:
        return
    AgendaSeen.objects.update_or_create(
        participation=participation, person=person, defaults={"version": version, "seen_at": now()}
    )
    audit.record(
        agency=participation.activity.lead, actor=person, action="agenda.seen", target=participation,
        details={"number": number},
    )  # fmt: skip
