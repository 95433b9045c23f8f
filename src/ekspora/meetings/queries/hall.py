"""Interpreters, delegations and pauses of an activity, as the timetable heeds them and as officers see them."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ekspora.engines.meetings import Delegation as Group
from ekspora.meetings.models import Delegation, Interpreters, MeetingTerms
from ekspora.meetings.queries.people import Who, people_of
from ekspora.meetings.speech import interpreter_for
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import language_name


@dataclass(frozen=True, slots=True)
class HallRules:
    """The optional keys of the engine's instance; ``faults`` say what contradicts itself."""

    interpreters: Mapping[str, int | tuple[int, ...]]
    delegations: tuple[Group, ...]
    pauses: frozenset[int]
    terms: Mapping[int, MeetingTerms]
    faults: tuple[str, ...] = ()

    def pause_after(self, p: Participation) -> int | None:
        """After how many meetings in a row somebody needs a pause."""
        terms = self.terms.get(p.pk)
        return terms.pause_after if terms else None

    def interpreter(self, maker: Participation, guest: Participation) -> str | None:
        """The language of the interpreter a pair needs."""
        if not self.interpreters:
            return None
        spoken = [self.terms[p.pk].languages if p.pk in self.terms else [] for p in (maker, guest)]
        return interpreter_for(spoken[0], spoken[1], self.interpreters.keys())


def rules_of(
    activity: Activity,
    people: Sequence[Participation],
    slots: Sequence[Slot],
    lost: Mapping[int, frozenset[int]],
) -> HallRules:
    """The rules for these people. Three queries. ``lost``: slots in which tables are out of service."""
    rows = MeetingTerms.objects.filter(participation__activity=activity)
    terms = {row.participation_id: row for row in rows}
    groups = list(_groups(activity, people, terms, slots, lost))
    interpreters = _interpreters(activity, slots)
    faults = tuple(_strangers(people, groups, lost)) if groups else ()
    resting = any(row.pause_after for row in terms.values())
    pauses = _pauses(activity, slots) if resting else frozenset[int]()
    return HallRules(interpreters, tuple(groups), pauses, terms, faults)


def _interpreters(activity: Activity, slots: Sequence[Slot]) -> Mapping[str, int | tuple[int, ...]]:
    """How many of each language are there from the beginning of a slot to its end."""
    there: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(slots))
    for row in activity.interpreters.all():
        numbers = there[row.language]
        for n, slot in enumerate(slots):
            start, end = (moment.astimezone(activity.tz).time() for moment in (slot.starts_at, slot.ends_at))
            numbers[n] += row.number if row.starts <= start and end <= row.ends else 0
    return {
        language: tuple(numbers) if len(set(numbers)) > 1 else max(numbers, default=0)
        for language, numbers in there.items()
    }


def _groups(
    activity: Activity,
    people: Sequence[Participation],
    terms: Mapping[int, MeetingTerms],
    slots: Sequence[Slot],
    lost: Mapping[int, frozenset[int]],
) -> list[Group]:
    """Delegations somebody of whom comes. One whose tables are all out of service at once sits where there is room."""
    coming: defaultdict[int, list[str]] = defaultdict(list)
    for p in people:
        row = terms.get(p.pk)
        if row is not None and row.delegation_id is not None:
            coming[row.delegation_id].append(str(p.pk))
    found = []
    for delegation in activity.delegations.all():
        tables = range(delegation.first_table, min(delegation.last_table, activity.tables) + 1)
        shut = [lost.get(table, frozenset()) for table in tables]
        if coming[delegation.pk] and shut and not frozenset.intersection(*shut):
            members = tuple(coming[delegation.pk])
            found.append(Group(delegation.name, members, tuple(str(table) for table in tables)))
    return found


def _strangers(
    people: Sequence[Participation], groups: Sequence[Group], lost: Mapping[int, frozenset[int]]
) -> list[str]:
    """Who stays at a table that contradicts a delegation."""
    home = {member: group for group in groups for member in group.members}
    owner = {table: group for group in groups for table in group.tables}
    texts = []
    for p in people:
        if p.table is None or lost.get(p.table):
            continue
        own, there = home.get(str(p.pk)), owner.get(str(p.table))
        if own is not there:
            text = (
                _("%(name)s stays at table %(table)s, away from the tables of the delegation %(delegation)s.")
                if own is not None
                else _("%(name)s stays at table %(table)s, which belongs to the delegation %(delegation)s.")
            )
            group = own or there
            said = {"name": p.label, "table": p.table, "delegation": group.id if group else ""}
            texts.append(text % said)
    return texts


def _pauses(activity: Activity, slots: Sequence[Slot]) -> frozenset[int]:
    """Slots after which there is more than the usual pause."""
    return frozenset(
        before.number
        for before, after in itertools.pairwise(slots)
        if (after.starts_at - before.ends_at).total_seconds() > activity.pause_minutes * 60
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with terms, in words."""

    who: Who
    languages: str
    delegation: str
    pause_after: int | None


@dataclass(frozen=True, slots=True)
class Hall:
    """What officers set, with names. ``coming``: everybody who has not declined."""

    interpreters: Sequence[tuple[Interpreters, str]]
    delegations: Sequence[tuple[Delegation, Sequence[Who]]]
    people: Sequence[Person]
    coming: Sequence[Who] = field(default_factory=list)


def hall_of(activity: Activity) -> Hall:
    """Everything on the page of interpreters, delegations and pauses. A constant number of queries."""
    people = people_of(activity)
    rows = MeetingTerms.objects.filter(participation__activity=activity).select_related("delegation")
    terms = {str(row.participation_id): row for row in rows}
    members: defaultdict[int, list[Who]] = defaultdict(list)
    for who in people.values():
        if who.id in terms and terms[who.id].delegation_id is not None:
            members[terms[who.id].delegation_id or 0].append(who)
    declined = activity.participations.filter(answer=Participation.Answer.DECLINED)
    gone = {str(pk) for pk in declined.values_list("pk", flat=True)}
    return Hall(
        interpreters=[(row, language_name(row.language)) for row in activity.interpreters.all()],
        delegations=[(row, members[row.pk]) for row in activity.delegations.all()],
        people=[_person(who, terms[who.id]) for who in people.values() if _is_said(terms.get(who.id))],
        coming=[who for who in people.values() if who.id not in gone],
    )


def _is_said(row: MeetingTerms | None) -> bool:
    return row is not None and bool(row.languages or row.pause_after)


def _person(who: Who, row: MeetingTerms) -> Person:
    spoken = ", ".join(language_name(code) for code in row.languages)
    return Person(who, spoken, row.delegation.name if row.delegation else "", row.pause_after)
