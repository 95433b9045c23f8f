"""Missions and their representatives."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ekspora.core.models import Agency, Person
from ekspora.core.services import audit
from ekspora.directory.models import Mission, Representative
from ekspora.directory.services import changes


@transaction.atomic
def enter_mission(*, agency: Agency | None, actor: Person | None, values: Mapping[str, Any]) -> Mission:
    """Enter a foreign mission; its residence may be unknown."""
    mission = Mission()
    changes.apply(mission, values)
    mission.save()
    audit.record(agency=agency, actor=actor, action="mission.enter", target=mission)
    return mission


@transaction.atomic
def register(
    *,
    agency: Agency,
    actor: Person | None,
    person: Mapping[str, Any],
    mission: Mission,
    values: Mapping[str, Any],
) -> Representative:
    """Enter a representative of a mission and keep them on the agency's list.

    ``person`` are fields of Person (English unless it says otherwise), ``values`` fields of
    Representative.
    """
    who = Person(language="en")
    changes.apply(who, person)
    who.save()
    representative = Representative(person=who, mission=mission)
    changes.apply(representative, values)
    representative.save()
    representative.listed_by.add(agency)
    audit.record(agency=agency, actor=actor, action="representative.register", target=representative)
    return representative


@transaction.atomic
def edit(
    *,
    representative: Representative,
    agency: Agency | None,
    actor: Person | None,
    person: Mapping[str, Any],
    mission: Mission,
    values: Mapping[str, Any],
) -> list[str]:
    """Change a representative and the person behind it. Returns what changed."""
    who = Person.objects.select_for_update().get(pk=representative.person_id)
    representative = Representative.objects.select_for_update().get(pk=representative.pk)
    of_person = changes.apply(who, person)
    of_role = changes.apply(representative, {**values, "mission": mission})
    if of_person:
        who.save()
    if of_role:
        representative.save()
    details = changes.plain(of_person | of_role)
    if details:
        audit.record(
            agency=agency, actor=actor, action="representative.edit", target=representative, details=details
        )
    return list(details)


@transaction.atomic
def list_with(*, representative: Representative, agency: Agency, actor: Person | None) -> None:
    """Keep a representative on an agency's list too; twice changes nothing."""
    if not representative.listed_by.filter(pk=agency.pk).exists():
        representative.listed_by.add(agency)
        audit.record(agency=agency, actor=actor, action="representative.list", target=representative)
