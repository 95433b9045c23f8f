"""The line of an activity: plan, invite, wishes, timetable, day. Each room contributes the steps it knows.

A step that has something to do carries it as ``todo``; the first of these is the activity's one next step.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ekspora.core.actors import Actor
from ekspora.core.registries import Registry
from ekspora.programmes.models import Activity

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted number and the page that shows its records."""

    value: "str | int"
    label: "str | _StrPromise"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """What to do now: a title, one sentence, and the button (its words and where it leads)."""

    title: "str | _StrPromise"
    text: "str | _StrPromise"
    action: "str | _StrPromise"
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the line. ``todo`` is empty when nothing is left to do here now."""

    name: str
    label: "str | _StrPromise"
    url: str
    done: bool
    figures: tuple[Figure, ...] = ()
    todo: Todo | None = None


panels: Registry[Callable[[Actor, Activity], Iterable[Step]]] = Registry("steps of an activity")


@dataclass(frozen=True, slots=True)
class Stop:
    """A step as the page draws it."""

    label: "str | _StrPromise"
    url: str
    state: Literal["done", "now", ""]


def steps_of(actor: Actor, activity: Activity) -> list[Step]:
    """All steps in their order: plan 10, invite 20, wishes 30, timetable 40, day 50."""
    return [step for panel in panels for step in panel(actor, activity)]


def todo_of(actor: Actor, activity: Activity) -> Todo | None:
    """What to do next for it. Rooms are asked in the order of the line, and those behind the answer not at all."""
    found = next_step(step for panel in panels for step in panel(actor, activity))
    return found.todo if found else None


def next_step(steps: Iterable[Step]) -> Step | None:
    """The first step that has something to do."""
    return next((step for step in steps if step.todo is not None), None)


def line(steps: Sequence[Step]) -> list[Stop]:
    """The steps as stops: the next one is "now", finished ones are done."""
    now = next_step(steps)
    return [
        Stop(step.label, step.url, "now" if step is now else "done" if step.done else "") for step in steps
    ]
