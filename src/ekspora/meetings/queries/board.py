"""The timetable as a grid: slots with clock times and named pauses across, tables or people down."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from ekspora.meetings.carrying import Loss
from ekspora.meetings.plan import Place, Plan
from ekspora.meetings.queries.agendas import title_of
from ekspora.meetings.queries.people import Who, name
from ekspora.meetings.queries.words import loss_in_words, speech_in_words, time_of
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.slots import Slot
from ekspora.ui.formats import day, in_zone
from ekspora.ui.timetable import Card, Cell, Column, Free, Grid, Row


@dataclass(frozen=True)
class Scene:
    """All that the grids draw: a version's plan with names, states and addresses.

    ``follow``: people who are marked; ``chosen``: the meeting in hand; ``kept``: what of the address stays.
    """

    activity: Activity
    plan: Plan
    slots: Sequence[Slot]
    agenda: Sequence[AgendaItem]
    people: Mapping[str, Who]
    musts: frozenset[str]
    lost: Mapping[str, Loss]
    moved: frozenset[str]
    address: Callable[[str], str]
    follow: frozenset[str] = frozenset()
    chosen: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    can_change: bool = False

    @cached_property
    def columns(self) -> list[tuple[Column, Slot | None]]:
        """A column for each slot, and one for what lies between two blocks of them."""
        found: list[tuple[Column, Slot | None]] = []
        before: Slot | None = None
        for slot in self.slots:
            pause = self._pause(before, slot) if before else ""
            found += [(Column("", pause=pause), None)] if pause else []
            note = _("slot %(n)s") % {"n": slot.number}
            if self._several_days and (before is None or self._day(before) != self._day(slot)):
                note = f"{self._day(slot)} · {note}"
            found.append((Column(time_of(self.activity, slot), note=note, key=str(slot.number)), slot))
            before = slot
        return found

    @cached_property
    def _several_days(self) -> bool:
        return len({self._day(slot) for slot in self.slots}) > 1

    def _day(self, slot: Slot) -> str:
        return day(in_zone(slot.starts_at, self.activity.tz))

    def _pause(self, before: Slot, slot: Slot) -> str:
        """What is between two slots: nothing in the ordinary pause, else the names of what happens then."""
        minutes = (slot.starts_at - before.ends_at).total_seconds() / 60
        if minutes <= self.activity.pause_minutes:
            return ""
        names = [
            title_of(item)
            for item in self.agenda
            if item.kind != AgendaItem.Kind.MEETINGS
            and item.audience != AgendaItem.Audience.NAMED
            and item.starts_at < slot.starts_at
            and item.ends_at > before.ends_at
        ]
        return " · ".join(dict.fromkeys(names)) or _("pause")

    def card(self, key: str, title: str, subtitle: str) -> Card:
        """One meeting as a card."""
        request, loss = self.plan.requests[key], self.lost.get(key)
        people = (f"p{request.a}", f"p{request.b}")
        return Card(
            title, subtitle, self.address(key), people,
            must=key in self.musts, locked=key in self.plan.locked, moved=key in self.moved,
            conflict=loss_in_words(loss, self.people, self.plan.at[key].table) if loss else "",
            held=self.plan.at[key].slot < self.plan.now,
            me=bool(self.follow & {request.a, request.b}), chosen=key == self.chosen,
            note=speech_in_words(request.interpreter),
        )  # fmt: skip

    def grid(self, rows: list[Row], caption: str, *, movable: bool = False) -> Grid:
        """A grid with these rows; marked people stay marked while the pointer is elsewhere."""
        columns = [column for column, _slot in self.columns]
        follow = " ".join(f"p{who}" for who in sorted(self.follow))
        return Grid(columns, rows, caption, follow, movable)


def by_table(scene: Scene, tables: Sequence[str], free: Mapping[Place, str]) -> Grid:
    """Tables down. ``free``: places the chosen meeting could take, with the address that chooses them."""
    slots = [slot for _column, slot in scene.columns]
    owner = scene.plan.hall.owner
    rows = [
        Row(
            table,
            [_at_table(scene, table, slot, free) for slot in slots],
            owner[table].id if table in owner else "",
        )
        for table in tables
    ]
    return scene.grid(rows, _("Timetable by table"), movable=scene.can_change)


def _at_table(scene: Scene, table: str, slot: Slot | None, free: Mapping[Place, str]) -> Cell:
    if slot is None:
        return None
    key = scene.plan.tables.get((table, slot.number))
    if key is not None:
        request = scene.plan.requests[key]
        return scene.card(key, name(scene.people, request.a), name(scene.people, request.b))
    address = free.get(Place(slot.number, table))
    time = time_of(scene.activity, slot)
    return (
        Free(address, _("Put it here: %(time)s, table %(table)s") % {"time": time, "table": table})
        if address
        else None
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One person's row: for each column the card, and whether the person is not available then."""

    who: Who
    cells: Sequence[tuple[Column, Card | None, bool]]


def by_person(scene: Scene, people: Sequence[Who]) -> list[Line]:
    """People down: whom each meets at which table, and when they are away."""
    return [Line(who, [_of_person(scene, who.id, *column) for column in scene.columns]) for who in people]


def _of_person(
    scene: Scene, person: str, column: Column, slot: Slot | None
) -> tuple[Column, Card | None, bool]:
    if slot is None:
        return column, None, False
    key = scene.plan.seats.get((person, slot.number))
    if key is None:
        return column, None, slot.number in scene.plan.people[person].unavailable
    request, place = scene.plan.requests[key], scene.plan.at[key]
    other = request.b if request.a == person else request.a
    table = _("Table %(table)s") % {"table": place.table}
    return column, scene.card(key, name(scene.people, other), table), False
