"""Who may use the addresses of this room."""

from tests.permissions.rows import OFFICERS, Row
from tests.world import World


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _maker(world: World) -> tuple[object, ...]:
    return (world.maker.pk,)


OWN = frozenset({"owner", "companion"})

ROWS: list[Row] = [
    # Personal agendas
    Row("my_agenda", OWN, _maker),
    Row("my_calendar", OWN, _maker),
    Row("my_agenda_pdf", OWN, _maker),
    Row("my_calendar_feed", OWN, _maker, method="post"),
    Row("calendar_feed", arguments=lambda world: ("nothing",), public=True, ok=frozenset({404}), note="token"),
    # Prints
    Row("prints", OFFICERS, _activity),
    Row("printed", OFFICERS, lambda world: (world.activity.pk, "door-list")),
]
