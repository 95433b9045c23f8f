"""What is to be written of a file, in the order of the file; drafted part by part, so a long file stays small."""

from dataclasses import dataclass
from typing import Any

from ekspora.core.models import Agency
from ekspora.directory.services.importing import businesses, guests
from ekspora.directory.services.importing.batch import Batch
from ekspora.directory.services.importing.decisions import Decisions
from ekspora.directory.services.importing.drafts import draft
from ekspora.directory.services.importing.matching import match
from ekspora.directory.services.importing.units import Unit, Units, units
from ekspora.engines.registers import Understanding


@dataclass(frozen=True, slots=True)
class Work:
    """The units that go in by their ``numbers``; of businesses, ``known`` gives the id each is, or None."""

    agency: Agency
    units: Units
    numbers: list[int]
    known: list[int | None] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def part(self, start: int, stop: int) -> list[tuple[Unit, int | None]]:
        """Some of the units with the business each is known as."""
        numbers = self.numbers[start:stop]
        return [(self.units[n], self.known[n] if self.known else None) for n in numbers]

    def gather(self, part: list[tuple[Unit, int | None]]) -> tuple[Batch, list[Any]]:
        """What some units make and change; nothing is written."""
        if self.known is None:
            batch, people = guests.gather([unit for unit, _ in part], self.agency)
            return batch, list(people)
        found, made = businesses.gather([(draft(unit), pk) for unit, pk in part], self.agency)
        return found, list(made)


def work_of(understanding: Understanding, agency: Agency, decided: Decisions) -> Work:
    """The rows that go in; those that fit several businesses, or one of another agency, are held back."""
    if understanding.as_ == "representatives":
        people = units(understanding)
        return Work(agency, people, list(range(len(people))))
    grouped = units(understanding, decided.joined)
    matches = match(grouped, agency, decided)
    understanding.hold_back(matches.unclear)
    unclear = {issue.row for issue in matches.unclear}
    numbers = [n for n in range(len(grouped)) if not unclear or grouped[n].first.row not in unclear]
    return Work(agency, grouped, numbers, matches.known)
