"""How the timetable names people: businesses by name, guests by the country they stand for."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ekspora.meetings.judging import mark
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.queries import WHO
from ekspora.ui.formats import country

_MARK = re.compile(re.escape(mark("@")).replace("@", "([^{}]+)"))

# A board asks for this every few seconds; of a thousand people only what their names are made of is read.
_PEOPLE = ("person", "substitute", "representative__person")
_READ = (
    "activity", "side", "business__name", "representative__function", "representative__mission__name",
    "representative__mission__country", *(f"{who}__{part}" for who in _PEOPLE for part in ("title", "name", "suffix")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Who:
    """A participant as the timetable shows it; ``detail`` says who comes."""

    id: str
    side: str
    name: str
    detail: str


def people_of(activity: Activity) -> dict[str, Who]:
    """Everybody who ever took part, by id as in the instance, makers and guests by name. One query."""
    rows = list(activity.participations.select_related(*WHO).only(*_READ))
    shared = Counter(_country(p) for p in rows)
    titled = Counter((_country(p), _function(p)) for p in rows)
    named = [_who(p, shared, titled) for p in rows]
    return {who.id: who for who in sorted(named, key=lambda who: (who.side, who.name.casefold()))}


def _who(p: Participation, shared: Mapping[str, int], titled: Mapping[tuple[str, str], int]) -> Who:
    person = str(p.attendee or "")
    if p.representative is None:
        return Who(str(p.pk), p.side, p.label, person)
    parts = [country(_country(p))]
    if shared[_country(p)] > 1:
        same = titled[_country(p), _function(p)] > 1 or not _function(p)
        parts.append(person if same else _function(p))
    return Who(str(p.pk), p.side, " · ".join(parts), person)


def _country(p: Participation) -> str:
    return p.representative.mission.country if p.representative is not None else ""


def _function(p: Participation) -> str:
    return p.representative.function if p.representative is not None else ""


def pair(people: Mapping[str, Who], key: str) -> str:
    """``Kopi Puntang × Maroko`` for a request's key."""
    return " × ".join(name(people, identity) for identity in key.split("-"))


def name(people: Mapping[str, Who], identity: str) -> str:
    """The name of a participant; a deleted one is shown as a dash."""
    return people[identity].name if identity in people else "–"


def with_names(text: str, people: Mapping[str, Who]) -> str:
    """A stored reason with names in place of marks."""
    return _MARK.sub(lambda found: name(people, found[1]), text)
