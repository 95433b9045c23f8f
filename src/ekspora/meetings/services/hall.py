"""What officers say of hall and people: interpreters, delegations with their tables, languages and pauses."""

from collections.abc import Iterable, Sequence
from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.services import audit
from ekspora.meetings.models import ALL_DAY, Delegation, Interpreters, MeetingTerms
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services.activities import acting_agency


@transaction.atomic
def set_interpreters(
    *,
    activity: Activity,
    language: str,
    number: int,
    actor: Actor,
    starts: time | None = None,
    ends: time | None = None,
) -> None:
    """How many interpreters of a language there are in these hours of each day; 0 takes them off the list.

    Those of other hours stay beside them and add up. Without hours they are there all day.
    """
    agency = acting_agency(actor, activity)
    starts, ends = starts or ALL_DAY[0], ends or ALL_DAY[1]
    if number:
        Interpreters.objects.update_or_create(
            activity=activity, language=language, starts=starts, ends=ends, defaults={"number": number}
        )
    else:
        Interpreters.objects.filter(activity=activity, language=language, starts=starts, ends=ends).delete()
    details = {"language": language, "number": number, "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    audit.record(
        agency=agency, actor=actor.person, action="hall.interpreters", target=activity, details=details
    )


@transaction.atomic
def set_delegation(
    *,
    activity: Activity,
    name: str,
    first_table: int,
    last_table: int,
    members: Iterable[Participation],
    actor: Actor,
    delegation: Delegation | None = None,
) -> Delegation:
    """A new delegation, or other tables and members for one; who was in another one is now in this.

    Raises DomainError for a name used twice, tables that do not exist, or tables of another delegation.
    """
    agency = acting_agency(actor, activity)
    Activity.objects.select_for_update().get(pk=activity.pk)
    _check(activity, name, first_table, last_table, delegation)
    row = delegation or Delegation(activity=activity)
    row.name, row.first_table, row.last_table = name, first_table, last_table
    row.save()
    wanted = [p for p in members if p.activity_id == activity.pk]
    MeetingTerms.objects.filter(delegation=row).exclude(participation__in=wanted).update(delegation=None)
    for p in wanted:
        MeetingTerms.objects.update_or_create(participation=p, defaults={"delegation": row})
    details = {"name": name, "tables": [first_table, last_table], "members": sorted(p.pk for p in wanted)}
    audit.record(agency=agency, actor=actor.person, action="hall.delegation", target=row, details=details)
    return row


def _check(activity: Activity, name: str, first: int, last: int, delegation: Delegation | None) -> None:
    if not 1 <= first <= last <= activity.tables:
        text = _(
            "There are tables 1 to %(last)s. Give the first and the last table of the delegation in this order."
        )
        raise DomainError(text % {"last": activity.tables})
    for other in activity.delegations.all():
        if delegation is not None and other.pk == delegation.pk:
            continue
        if other.name.casefold() == name.casefold():
            raise DomainError(_("There is a delegation of this name already."))
        if other.first_table <= last and first <= other.last_table:
            text = _("Tables %(first)s to %(last)s belong to the delegation %(name)s.")
            raise DomainError(
                text % {"first": other.first_table, "last": other.last_table, "name": other.name}
            )


@transaction.atomic
def remove_delegation(*, delegation: Delegation, actor: Actor) -> None:
    """Its tables are everybody's again."""
    agency = acting_agency(actor, delegation.activity)
    details = {"name": delegation.name}
    audit.record(
        agency=agency, actor=actor.person, action="hall.delegation_gone", target=delegation, details=details
    )
    delegation.delete()


@transaction.atomic
def set_people(
    *,
    activity: Activity,
    people: Sequence[Participation],
    languages: Sequence[str],
    pause_after: int | None,
    actor: Actor,
) -> None:
    """What these people speak and when they need a pause; nothing said is nothing known."""
    agency = acting_agency(actor, activity)
    for p in people:
        MeetingTerms.objects.update_or_create(
            participation=p, defaults={"languages": list(languages), "pause_after": pause_after}
        )
    details = {
        "people": sorted(p.pk for p in people), "languages": list(languages), "pause_after": pause_after
    }  # fmt: skip
    audit.record(agency=agency, actor=actor.person, action="hall.person", target=activity, details=details)
