"""Who may use the addresses of this room."""

from tests.permissions.rows import OFFICERS, Row
from tests.world import World

ALL_OFFICERS = OFFICERS | {"other_officer"}
MAKERS = frozenset({"owner", "companion"})


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _part(world: World) -> tuple[object, ...]:
    return (world.activity.agenda.get(kind="visit").pk,)


def _maker(world: World) -> tuple[object, ...]:
    return (world.maker.pk,)


ROWS: list[Row] = [
    Row("activities", ALL_OFFICERS),
    Row("activity_new", ALL_OFFICERS),
    Row("activity", OFFICERS, _activity),
    Row("activity_edit", OFFICERS, _activity),
    Row("organisers", OFFICERS, _activity),
    Row("agenda", OFFICERS, _activity),
    Row("agenda_item_new", OFFICERS, _activity),
    Row("agenda_item_edit", OFFICERS, _part),
    # The first officer takes it out; for the second it no longer exists.
    Row("agenda_item_delete", OFFICERS, _part, method="post", ok=frozenset({302, 404})),
    Row("participants", OFFICERS, _activity),
    Row("participant_add", OFFICERS, _activity),
    Row("participation_walk_in", OFFICERS, _activity),
    Row("invite", OFFICERS, _activity),
    Row("letters", OFFICERS, _activity),
    Row("participation", OFFICERS, _maker),
    Row("letter", OFFICERS, _maker),
    Row("my_invitation", MAKERS, _maker),
    # The day
    Row("check_in", OFFICERS, _activity),
    Row("check_in_marks", OFFICERS, _activity),
    Row("attendance_pdf", OFFICERS, _activity),
]
