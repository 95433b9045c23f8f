"""Representatives with their missions out of a register, a run of them at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from babel import Locale

from ekspora.core.models import Agency, Person
from ekspora.directory.models import Mission, Representative
from ekspora.directory.sectors import Sector
from ekspora.directory.services.importing.batch import Batch, Kept
from ekspora.directory.services.importing.units import Unit
from ekspora.engines.registers.wording import fold


def gather(units: Sequence[Unit], agency: Agency) -> tuple[Batch, list[Representative]]:
    """What a run of units makes and changes; nothing is written. Three queries however many.

    A person is known by email, else by name and country, among the representatives on the agency's
    list; a mission by its name, else as the only one of its country.
    """
    run = _Run(agency)
    return run.batch, [run.take(unit) for unit in units]


class _Run:
    def __init__(self, agency: Agency) -> None:
        self.batch = Batch()
        self._agency = agency
        listed = Representative.objects.filter(listed_by=agency).select_related("person", "mission")
        self._by_email: dict[str, Representative] = {}
        self._by_name: dict[tuple[str, str], Representative] = {}
        for representative in listed:
            self._remember(representative)
        self._missions: dict[str, Mission] = {}
        self._of_country: dict[str, list[Mission]] = defaultdict(list)
        for mission in Mission.objects.all():
            self._missions[fold(mission.name)] = mission
            self._of_country[mission.country].append(mission)

    def _remember(self, representative: Representative) -> None:
        person = representative.person
        self._by_name[fold(person.name), representative.mission.country] = representative
        if person.email:
            self._by_email[person.email.lower()] = representative

    def take(self, unit: Unit) -> Representative:
        """The representative of a unit, with person and mission put into the batch."""
        values, first = unit.values, unit.first
        email = (values.get("email") or [""])[0]
        known = self._by_email.get(email.lower()) if email else None
        known = known or self._by_name.get((fold(values["name"]), values["country"]))
        mission = self._mission(unit)
        if known is None:
            person = Person(language="en")
            _fill(person, _person(values))
            known = Representative(person=person, mission=mission)
            _fill(known, _role(values))
            self.batch.create(person, first)
            self.batch.create(known, first)
            self.batch.create(Kept(representative=known, agency=self._agency), first, traced=False)
            self._remember(known)
        else:
            self.batch.meet(known.person, first, _person(values))
            self.batch.meet(known, first, _role(values) | {"mission": mission})
        for record in unit.records[1:]:
            self.batch.meet(known, record, {})
        return known

    def _mission(self, unit: Unit) -> Mission:
        values, country = unit.values, unit.values["country"]
        name = values.get("mission", "")
        mission = self._missions.get(fold(name)) if name else None
        if mission is not None and mission.country != country:
            mission, name = None, f"{name} ({country})"
            mission = self._missions.get(fold(name))
        if mission is None and not name:
            of_country = self._of_country[country]
            mission = of_country[0] if len(of_country) == 1 else None
            name = f"Mission of {Locale('en').territories[country]}"
            mission = mission or self._missions.get(fold(name))
        if mission is None:
            mission = Mission(name=name, country=country)
            _fill(mission, _residence(values))
            self.batch.create(mission, unit.first)
            self._missions[fold(name)] = mission
            self._of_country[country].append(mission)
        else:
            self.batch.meet(mission, unit.first, _residence(values))
        return mission


def _fill(target: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value not in (None, "", []):
            setattr(target, name, value)


def _person(values: dict[str, Any]) -> dict[str, Any]:
    phone = (values.get("phone") or [{"number": ""}])[0]
    languages = values.get("language") or []
    return {
        "title": values.get("title", ""),
        "name": values["name"],
        "suffix": values.get("name_suffix", ""),
        "position": values.get("function", ""),
        "email": (values.get("email") or [""])[0],
        "phone": phone["number"],
        "language": "id" if languages == ["id"] else "en" if languages else "",
    }


def _role(values: dict[str, Any]) -> dict[str, Any]:
    wanted = values.get("interests") or {}
    sectors = [code for code in wanted.get("sectors", ()) if code in Sector.values]
    return {
        "function": values.get("function", ""),
        "sectors": sectors,
        "interests": "; ".join(wanted.get("words", ())),
    }


def _residence(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "residence_country": values.get("residence_country") or "",
        "residence_city": values.get("residence_city") or "",
    }
