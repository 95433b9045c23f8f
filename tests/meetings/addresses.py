"""Who may use the addresses of this room."""

from ekspora.core import clock
from tests.meetings.crowd import drafted
from tests.meetings.factories import version
from tests.meetings.outcomes import NOON, held, key, tell
from tests.permissions.rows import OFFICERS, Row
from tests.world import World


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _maker(world: World) -> tuple[object, ...]:
    return (world.maker.pk,)


def _drafted(world: World) -> tuple[object, ...]:
    return (world.activity.pk, drafted(world).number)


def _drafted_activity(world: World) -> tuple[object, ...]:
    drafted(world)
    return (world.activity.pk,)


def _met(world: World) -> tuple[object, ...]:
    held(world)
    return (world.maker.pk, key(world.maker, world.guest))


def _exchanged(world: World) -> tuple[object, ...]:
    address = _met(world)
    with clock.at(NOON):
        for who, actor in ((world.maker, "owner"), (world.guest, "representative")):
            tell(world, who, key(world.maker, world.guest), "possible", actor, share=True)
    return address


def _met_guest(world: World) -> tuple[object, ...]:
    return (world.guest.pk, _met(world)[1])


def _met_seen(world: World) -> tuple[object, ...]:
    return (world.activity.pk, _met(world)[1])


def _published(world: World) -> tuple[object, ...]:
    version(world, (world.maker, world.guest, 1, "1"))
    return (world.activity.pk,)


OWN = frozenset({"owner", "companion"})

ROWS: list[Row] = [
    # Personal agendas
    Row("my_agenda", OWN, _maker),
    Row("my_calendar", OWN, _maker),
    Row("my_agenda_pdf", OWN, _maker),
    Row("my_calendar_feed", OWN, _maker, method="post"),
    Row(
        "calendar_feed", arguments=lambda world: ("nothing",), public=True, ok=frozenset({404}), note="token"
    ),
    # Wishes and requests
    Row("my_wishes", OWN, _maker),
    Row("my_wish", OWN, lambda world: (world.maker.pk, world.guest.pk)),
    Row("my_demands", frozenset({"representative"}), lambda world: (world.guest.pk,)),
    Row("requests", OFFICERS, _activity),
    Row("request_new", OFFICERS, _activity),
    Row("requests_remind", OFFICERS, _activity, method="post"),
    Row("request_edit", OFFICERS, lambda world: (world.activity.pk, world.maker.pk, world.guest.pk)),
    Row("wishes_for", OFFICERS, lambda world: (world.activity.pk, world.guest.pk)),
    # Timetable
    Row("timetable", OFFICERS, _activity),
    Row("timetable_solve", OFFICERS, _activity, method="post"),
    Row("what_if", OFFICERS, _drafted_activity),
    Row("versions", OFFICERS, _activity),
    Row("timetable_compare", OFFICERS, lambda world: (*_drafted(world), 1)),
    Row("timetable_unmet", OFFICERS, _drafted),
    Row("timetable_move", OFFICERS, _drafted, method="post"),
    Row("timetable_lock", OFFICERS, _drafted, method="post"),
    Row("timetable_publish", OFFICERS, _drafted),
    Row("timetable_download", OFFICERS, lambda world: (*_drafted(world), "instance")),
    # Prints
    Row("prints", OFFICERS, _activity),
    Row("printed", OFFICERS, lambda world: (world.activity.pk, "door-list")),
    # What came of the meetings
    Row("my_outcome", OWN, _met),
    Row("my_contact", OWN, _exchanged),
    Row("my_contact_withdraw", OWN, _met, method="post"),
    Row("outcomes", OFFICERS, _activity),
    Row("outcomes_remind", OFFICERS, _activity, method="post"),
    Row("outcomes_workbook", OFFICERS, _activity),
    Row("outcome", OFFICERS, _met_seen),
    Row("outcome_demand", OFFICERS, _met_seen),
    Row("my_outcome_demand", frozenset({"representative"}), _met_guest),
    # The floor
    Row("floor", OFFICERS, _activity),
    Row("floor_table", OFFICERS, lambda world: (*_published(world), "1")),
    Row("board", arguments=lambda world: ("nothing",), public=True, ok=frozenset({404}), note="token"),
    Row(
        "board_table",
        arguments=lambda world: ("nothing", "1"),
        public=True,
        ok=frozenset({404}),
        note="token",
    ),
    # On the day
    Row("on_the_day", OFFICERS, _activity),
    Row("day_mark", OFFICERS, _activity, method="post"),
    Row("day_unmark", OFFICERS, lambda world: (world.activity.pk, 1), method="post"),
    Row("table_lost", OFFICERS, _activity, method="post"),
    Row("table_back", OFFICERS, lambda world: (world.activity.pk, 1), method="post"),
    Row("replan", OFFICERS, _activity),
    Row("timetable_refuse", OFFICERS, _drafted, method="post"),
    Row("day_late", OFFICERS, _activity, method="post"),
    Row("day_late_undo", OFFICERS, lambda world: (world.activity.pk, 1), method="post"),
    Row("day_late_tell", OFFICERS, _activity, method="post"),
    Row("my_agenda_seen", OWN, _maker, method="post"),
    # Interpreters, delegations, pauses
    Row("hall", OFFICERS, _activity),
]
