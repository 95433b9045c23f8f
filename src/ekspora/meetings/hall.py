"""What hall and people ask of a meeting's place: an interpreter, the delegation's tables, a pause. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ekspora.engines.meetings import Delegation, Instance, Participant, Request

Code = Literal["interpreter", "delegation", "reserved", "pause"]
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Against:
    """What stands against a place. ``who`` is a participant; ``what`` a language or a delegation's name."""

    code: Code
    who: str = ""
    what: str = ""


@dataclass(frozen=True)
class Hall:
    """The rules of an instance, ready to be asked."""

    instance: Instance
    home: Mapping[str, Delegation]
    owner: Mapping[str, Delegation]
    resting: Mapping[str, Participant]

    @classmethod
    def of(cls, instance: Instance) -> "Hall":
        """The rules of an instance."""
        return cls(
            instance,
            home={member: d for d in instance.delegations for member in d.members},
            owner={table: d for d in instance.delegations for table in d.tables},
            resting={p.id: p for p in instance.participants if p.pause_after is not None},
        )

    def at_table(self, request: Request, table: str) -> Iterator[Against]:
        """Delegations: whose tables these are, and who sits elsewhere."""
        there = self.owner.get(table)
        homes = {who: self.home[who] for who in (request.a, request.b) if who in self.home}
        for who, home in homes.items():
            if home is not there:
                yield Against("delegation", who, home.id)
        if there is not None and not homes:
            yield Against("reserved", what=there.id)

    def tables_for(self, request: Request) -> frozenset[str] | None:
        """The tables at which a request could take place; None where no delegation has a say in it."""
        if not self.owner:
            return None
        homes = [set(self.home[who].tables) for who in (request.a, request.b) if who in self.home]
        if not homes:
            return frozenset(t.id for t in self.instance.tables if t.id not in self.owner)
        return frozenset(set.intersection(*homes))


@dataclass
class Tally:
    """Who meets when, and which meetings keep interpreters busy."""

    hall: Hall
    busy: defaultdict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    days: defaultdict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, request: Request, slot: int) -> None:
        """Count one more meeting."""
        if request.interpreter is not None:
            self.busy[request.interpreter, slot].add(request.id)
        for who in (request.a, request.b):
            if who in self.hall.resting:
                self.days[who][slot] = request.id

    def against(self, request: Request, slot: int, leaving: Collection[str] = NOBODY) -> Iterator[Against]:
        """Whether an interpreter is free and nobody is due a pause; ``leaving`` meetings are thought away."""
        language = request.interpreter
        if language is not None:
            others = sum(
                key not in leaving for key in self.busy.get((language, slot), ()) if key != request.id
            )
            if others >= self.hall.instance.interpreters_in(language, slot):
                yield Against("interpreter", what=language)
        for who in (request.a, request.b):
            if who in self.hall.resting:
                slots = {s for s, key in self.days.get(who, {}).items() if key not in leaving}
                if longest_row(slots | {slot}, self.hall.instance.pauses) > _most(self.hall.resting[who]):
                    yield Against("pause", who)


def longest_row(slots: Collection[int], pauses: Collection[int]) -> int:
    """How many meetings follow each other at most without a free slot or a pause for everybody."""
    longest = row = 0
    for slot in range(min(slots, default=1), max(slots, default=0) + 1):
        row = row + 1 if slot in slots else 0
        longest = max(longest, row)
        if slot in pauses:
            row = 0
    return longest


def waived(instance: Instance, at: Iterable[tuple[Request, int, str]], now: int) -> Instance:
    """The instance without what meetings already held (before slot ``now``) do not keep: they are facts.

    ``at``: request, slot and table of every meeting.
    """
    hall, held = Hall.of(instance), [row for row in at if row[1] < now]
    if not held or not (hall.home or hall.resting or instance.interpreters):
        return instance
    busy = Counter((request.interpreter, slot) for request, slot, _table in held)
    days: defaultdict[str, set[int]] = defaultdict(set)
    for request, slot, _table in held:
        days[request.a].add(slot)
        days[request.b].add(slot)
    tired = {who for who, p in hall.resting.items() if longest_row(days[who], instance.pauses) > _most(p)}
    mixed = {a.what for request, _slot, table in held for a in hall.at_table(request, table)}
    return replace(
        instance,
        interpreters={
            language: tuple(
                max(instance.interpreters_in(language, slot), busy[language, slot])
                for slot in range(1, instance.slots + 1)
            )
            for language in instance.interpreters
        },
        participants=tuple(
            replace(p, pause_after=None) if p.id in tired else p for p in instance.participants
        ),
        delegations=tuple(d for d in instance.delegations if d.id not in mixed),
    )


def _most(person: Participant) -> int:
    return person.pause_after or 0
