"""Who may use the addresses of this room."""

from tests.meetings.outcomes import held
from tests.permissions.rows import OFFICERS, Row
from tests.world import World


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _maker(world: World) -> tuple[object, ...]:
    held(world)
    return (world.maker.pk,)


def _guest(world: World) -> tuple[object, ...]:
    held(world)
    return (world.guest.pk,)


OWN = frozenset({"owner", "companion"})
TOKEN = "a token is the permission; without one there is nothing"

ROWS: list[Row] = [
    # The evening
    Row("my_evening", OWN, _maker),
    Row("my_evening_pdf", OWN, _maker),
    Row("my_feedback", OWN, _maker, method="post"),
    Row("my_forward", frozenset({"representative"}), _guest, method="post"),
    Row("evening", OFFICERS, _activity),
    Row("evening_send", OFFICERS, _activity, method="post"),
    # What a mission passed on
    Row("passed_on", arguments=lambda world: ("nothing",), public=True, ok=frozenset({404}), note=TOKEN),
    Row(
        "passed_on_photo", arguments=lambda world: ("nothing", 1), public=True, ok=frozenset({404}), note=TOKEN
    ),
    Row("ask", arguments=lambda world: ("nothing", 1), public=True, ok=frozenset({404}), note=TOKEN),
]
