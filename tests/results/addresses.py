"""Who may use the addresses of this room."""

from tests.permissions.rows import OFFICERS, Row
from tests.results.records import photo, reported
from tests.world import World


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _figure(world: World) -> tuple[object, ...]:
    return (reported(world).pk,)


def _photo(world: World) -> tuple[object, ...]:
    return (photo(world).pk,)


# Two officers delete the same record one after the other: for the second it is gone.
GONE_AFTER = frozenset({302, 404})

ROWS: list[Row] = [
    Row("report", OFFICERS, _activity),
    Row("report_edit", OFFICERS, _activity),
    Row("report_feedback", OFFICERS, _activity),
    Row("report_pdf", OFFICERS, _activity),
    Row("report_xlsx", OFFICERS, _activity),
    Row("reported_figure_new", OFFICERS, _activity),
    Row("reported_figure_edit", OFFICERS, _figure),
    Row("reported_figure_delete", OFFICERS, _figure, method="post", ok=GONE_AFTER),
    Row("report_photo_add", OFFICERS, _activity),
    Row("report_photo_delete", OFFICERS, _photo, method="post", ok=GONE_AFTER),
    Row("report_photo", OFFICERS, _photo),
]
