"""Who may use the addresses of this room."""

from django.core.files.base import ContentFile

from tests.deals import ladder
from tests.deals.promises import promised
from tests.meetings.outcomes import held
from tests.permissions.rows import OFFICERS, Row
from tests.world import World

OWN = frozenset({"owner", "companion"})
ALL_OFFICERS = OFFICERS | {"other_officer"}
TOKEN = "a token is the permission; without one there is nothing"


def _activity(world: World) -> tuple[object, ...]:
    return (world.activity.pk,)


def _maker(world: World) -> tuple[object, ...]:
    held(world)
    return (world.maker.pk,)


def _guest(world: World) -> tuple[object, ...]:
    held(world)
    return (world.guest.pk,)


def _promise(world: World) -> tuple[object, ...]:
    return (promised(world).pk,)


def _fair(world: World) -> tuple[object, ...]:
    return (promised(world, "fair", "guest").pk,)


def _buyers(world: World) -> tuple[object, ...]:
    return (promised(world, "buyers", "guest").pk,)


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


ROWS: list[Row] = [
    # Promises
    Row("all_commitments", ALL_OFFICERS),
    Row("commitments_workbook", ALL_OFFICERS),
    Row(
        "commitments_hand_over",
        method="post",
        note="only where a mission has a successor; tests/deals/test_commitments_pages.py",
    ),
    Row("commitment", OFFICERS, _promise),
    Row("commitment_settle", OFFICERS, _promise, method="post"),
    Row("commitment_due", OFFICERS, _promise, method="post", data={"due": "2027-05-01", "reason": "sakit"}),
    Row("commitment_fair", OFFICERS, _fair, method="post", data={"fair": "Aahar"}),
    Row(
        "commitment_buyer",
        OFFICERS,
        _buyers,
        method="post",
        data={"name": "Mumbai Spices Ltd", "country": "IN", "kind": "importer"},
    ),
    Row("commitment_hand_over", OFFICERS, _promise, method="post", ok=frozenset({422})),
    Row("commitments", OFFICERS, _activity),
    Row("commitment_new", OFFICERS, _activity),
    Row("commitments_remind", OFFICERS, _activity, method="post"),
    Row("commitments_from_outcomes", OFFICERS, _activity, method="post"),
    Row("my_commitments", OWN, lambda world: (world.maker.pk,)),
    Row(
        "my_commitment_settle",
        OWN,
        lambda world: (world.maker.pk, *_promise(world)),
        method="post",
        ok=frozenset({302, 422}),
    ),
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
        "passed_on_photo",
        arguments=lambda world: ("nothing", 1),
        public=True,
        ok=frozenset({404}),
        note=TOKEN,
    ),
    Row("ask", arguments=lambda world: ("nothing", 1), public=True, ok=frozenset({404}), note=TOKEN),
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
