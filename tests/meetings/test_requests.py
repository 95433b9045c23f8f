"""Which pairs are requests, what they weigh, what rules them out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ekspora.directory.models import Business, Product
from ekspora.meetings.models import MeetingRequest, Wish
from ekspora.meetings.queries.requests import effective_requests, excluded_pairs
from ekspora.meetings.weights import weight_of
from ekspora.programmes.models import Participation
from tests.world import World, at


def wish(chooser: Participation, chosen: Participation, mark: str) -> Wish:
    """``chooser`` marked ``chosen``."""
    return Wish.objects.create(activity=chooser.activity, chooser=chooser, chosen=chosen, mark=mark)


def decide(world: World, **facts: object) -> MeetingRequest:
    """An officer's decision about the first maker and the first guest."""
    return MeetingRequest.objects.create(
        activity=world.activity, maker=world.maker, guest=world.guest, **facts
    )


@pytest.mark.parametrize(
    ("guest", "maker", "decided", "weight"),
    [
        ("must", "", None, 6), ("like", "", None, 3), ("", "must", None, 4), ("", "like", None, 2),
        ("must", "must", None, 12), ("like", "like", None, 7), ("must", "like", None, 10),
        ("like", "must", None, 9), ("", "", None, 3), ("must", "must", 1, 1), ("", "", 9, 9),
    ],
)  # fmt: skip
def test_the_weight_rule(guest: str, maker: str, decided: int | None, weight: int) -> None:
    assert weight_of(guest, maker, decided) == weight


def test_nobody_asked_means_no_request(world: World) -> None:
    assert effective_requests(world.activity) == []


def test_wishes_of_both_sides_become_one_request(world: World) -> None:
    wish(world.guest, world.maker, "must")
    wish(world.maker, world.guest, "like")
    (request,) = effective_requests(world.activity)
    assert (request.maker_id, request.guest_id) == (world.maker.pk, world.guest.pk)
    assert (request.weight, request.mark_guest, request.mark_maker) == (10, "must", "like")
    assert [reason["en"] for reason in request.reasons] == [
        "representative: must meet", "business: would like to meet"
    ]  # fmt: skip


@pytest.mark.parametrize("side", ["maker", "guest"])
def test_a_no_of_either_side_rules_out_even_what_an_officer_requires(world: World, side: str) -> None:
    pair = {"maker": (world.maker, world.guest), "guest": (world.guest, world.maker)}[side]
    wish(*pair, "no")
    wish(pair[1], pair[0], "must")
    decide(world, required=True)
    assert effective_requests(world.activity) == []
    assert excluded_pairs(world.activity) == {(world.maker.pk, world.guest.pk): ("no",)}


def test_an_officers_decision_adds_weighs_requires_and_fixes(world: World) -> None:
    decide(world, weight=8, required=True, fixed_at=at(9))
    (request,) = effective_requests(world.activity)
    assert (request.weight, request.required, request.fixed_at) == (8, True, at(9))


def test_an_officers_exclusion_rules_out_a_mutual_must(world: World) -> None:
    wish(world.guest, world.maker, "must")
    wish(world.maker, world.guest, "must")
    decide(world, excluded=True, note="pesaing langsung")
    assert effective_requests(world.activity) == []
    assert excluded_pairs(world.activity) == {(world.maker.pk, world.guest.pk): ("officer",)}


@pytest.mark.parametrize("answer", ["planned", "invited", "declined"])
def test_only_those_who_accepted_count_and_marks_are_kept(world: World, answer: str) -> None:
    wish(world.guest, world.maker, "must")
    Participation.objects.filter(pk=world.maker.pk).update(answer=answer)
    assert effective_requests(world.activity) == []
    Participation.objects.filter(pk=world.maker.pk).update(answer="accepted", is_walk_in=True)
    assert len(effective_requests(world.activity)) == 1


def machines_for_north_korea(world: World) -> None:
    """The first maker sells a pump only, and the first guest represents North Korea."""
    world.mission.country = "KP"
    world.mission.save()
    Business.objects.filter(pk=world.business.pk).update(sector="machinery")
    world.business.products.update(name="Pompa", name_en="Pump", hs="841381")


def test_a_pair_whose_goods_are_all_stopped_is_ruled_out(world: World) -> None:
    wish(world.guest, world.maker, "must")
    machines_for_north_korea(world)
    assert effective_requests(world.activity) == []
    assert excluded_pairs(world.activity)[world.maker.pk, world.guest.pk] == ("sanctions",)


def test_one_product_that_may_go_leaves_something_to_talk_about(world: World) -> None:
    wish(world.guest, world.maker, "must")
    machines_for_north_korea(world)
    Product.objects.create(business=world.business, name="Kopi", name_en="Coffee", hs="090121")
    assert len(effective_requests(world.activity)) == 1


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            effective_requests(world.activity)
        return len(queries)

    wish(world.guest, world.maker, "must")
    before = cost()
    for n in range(10):
        made = Business.objects.create(name=f"Usaha {n}", sector="agro")
        Product.objects.create(business=made, name="Teh", name_en="Tea", hs="090240")
        maker = Participation.objects.create(
            activity=world.activity, side="maker", business=made, answer="accepted"
        )
        wish(world.guest, maker, "like")
    assert cost() == before
    assert len(effective_requests(world.activity)) == 11
