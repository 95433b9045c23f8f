"""Who may use the addresses of this room."""

from django.core.files.base import ContentFile

from tests.deals import ladder
from tests.permissions.rows import OFFICERS, Row
from tests.world import World


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _deal(world: World) -> tuple[object, ...]:
    return (ladder.deal(world).pk,)


def _step(world: World) -> tuple[object, ...]:
    step = ladder.step(world, ladder.deal(world), "order", 1000).step
    return (step.deal_id, step.pk)


def _evidence(world: World) -> tuple[object, ...]:
    step = ladder.step(world, ladder.deal(world), "order", 1000).step
    step.file.save("paper.pdf", ContentFile(b"%PDF-1.4\n%%EOF"))
    return (step.pk,)


def _inquiry(world: World) -> tuple[object, ...]:
    return (ladder.inquiry(world).pk,)


ALL_OFFICERS = OFFICERS | {"other_officer"}
OWN = frozenset({"owner", "companion"})

ROWS: list[Row] = [
    # Deals
    Row("deals", OFFICERS, _activity),
    Row("all_deals", ALL_OFFICERS),
    Row("deal_new", ALL_OFFICERS),
    Row("deal", OFFICERS, _deal),
    Row("deal_edit", OFFICERS, _deal),
    Row("deal_close", OFFICERS, _deal, method="post"),
    Row("deal_hand_over", OFFICERS, _deal, method="post"),
    Row("deal_step_new", OFFICERS, _deal),
    Row("deal_step_withdraw", OFFICERS, _step, method="post"),
    Row("deal_step_check", OFFICERS, _step, method="post"),
    Row("evidence", OFFICERS, _evidence),
    # Inquiries
    Row("inquiries", OFFICERS, _activity),
    Row("inquiry_take_up", OFFICERS, _inquiry, method="post"),
    Row("inquiry_refuse", OFFICERS, _inquiry, method="post"),
    # Half a year later
    Row("later_questions", OFFICERS, _activity, method="post"),
    Row("my_later", OWN, lambda world: (world.maker.pk,)),
]
