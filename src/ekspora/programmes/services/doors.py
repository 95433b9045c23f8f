"""The desk at the door: somebody nobody listed is registered and takes part, in one step."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ekspora.core.actors import Actor
from ekspora.core.models import Agency, Person
from ekspora.directory.models import Business, Mission, Representative
from ekspora.directory.services import businesses, guests, stewards
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.services.participants import walk_in


@transaction.atomic
def maker(*, activity: Activity, actor: Actor, values: Mapping[str, Any]) -> Participation:
    """Register a business (``name``, ``sector``) with its ``owner`` and ``phone``; a listed one is taken."""
    agency = acting_agency(actor, activity)
    name = values["name"].strip()
    known = Business.objects.filter(name__iexact=name, listings__agency=agency).first()
    if known is None:
        facts = {"name": name, "sector": values["sector"]}
        known = businesses.register(agency=agency, actor=actor.person, values=facts)
        owner = Person.objects.create(name=values["owner"].strip(), phone=values.get("phone", ""))
        stewards.name_owner(business=known, person=owner, actor=actor.person)
    return walk_in(activity=activity, who=known, actor=actor)


@transaction.atomic
def guest(*, activity: Activity, actor: Actor, values: Mapping[str, Any]) -> Participation:
    """Register a representative of a known ``mission`` or a ``new_mission`` with its ``country``."""
    agency = acting_agency(actor, activity)
    mission = values["mission"] or _mission(agency, actor, values["new_mission"].strip(), values["country"])
    name = values["name"].strip()
    known = Representative.objects.filter(
        mission=mission, person__name__iexact=name, listed_by=agency
    ).first()
    if known is None:
        person = {"title": values["title"], "name": name, "email": values["email"]}
        known = guests.register(
            agency=agency, actor=actor.person, person=person, mission=mission,
            values={"function": values["function"]},
        )  # fmt: skip
    return walk_in(activity=activity, who=known, actor=actor)


def _mission(agency: Agency, actor: Actor, name: str, country: str) -> Mission:
    known = Mission.objects.filter(name__iexact=name).first()
    facts = {"name": name, "country": country}
    return known or guests.enter_mission(agency=agency, actor=actor.person, values=facts)
