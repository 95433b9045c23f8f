"""Suggestions: everybody of the other side who accepted, best first, with reasons for the one who asks."""

from decimal import Decimal

from ekspora.demand.models import Demand
from ekspora.directory.models import ExportRecord, Product
from ekspora.matching.queries import suggestions
from ekspora.programmes.models import Participation
from tests.world import World


def want(world: World, text: str, **facts: object) -> Demand:
    """The first representative looks for something."""
    representative = world.guest.representative
    assert representative is not None
    return Demand.objects.create(representative=representative, text=text, agency=world.lead, **facts)


def test_the_one_who_sells_what_is_wanted_comes_first_with_reasons(world: World) -> None:
    Product.objects.filter(business=world.other_business).update(
        name="Batik tulis", name_en="Batik", hs="6211"
    )
    ExportRecord.objects.create(business=world.business, market="MY")
    want(world, "coffee", hs="0901", quantity=Decimal(500), unit="kg")
    best, other = suggestions(world.guest)
    assert best.participation == world.maker
    assert best.points > other.points
    assert [reason["en"] for reason in best.reasons] == [
        "you look for coffee: sells roasted coffee", "the HS code fits (0901)", "2 t a month free",
        "enough for the 500 kg you look for", "has exported to Malaysia",
    ]  # fmt: skip


def test_the_maker_reads_the_same_facts_worded_for_them(world: World) -> None:
    want(world, "coffee")
    best = suggestions(world.maker)[0]
    assert best.participation == world.guest
    assert [reason["en"] for reason in best.reasons] == [
        "wants coffee; you sell roasted coffee", "2 t a month free"
    ]  # fmt: skip


def test_a_demand_that_was_answered_or_closed_is_no_reason(world: World) -> None:
    want(world, "coffee", state="closed")
    want(world, "coffee", state="answered", answer="Ada.")
    assert not any(one.points for one in suggestions(world.guest))


def test_interests_and_sectors_noted_for_a_representative_count(world: World) -> None:
    representative = world.guest.representative
    assert representative is not None
    representative.interests, representative.sectors = "Shoes; kopi, IT", ["agro"]
    representative.save()
    guest = Participation.objects.get(pk=world.guest.pk)
    assert {reason["id"] for reason in suggestions(guest)[0].reasons} == {
        "Anda mencari kopi: ada kopi sangrai", "bidang yang Anda minati: agro", "2 t sebulan tersedia"
    }  # fmt: skip


def test_only_who_accepted_is_suggested(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="declined")
    assert [one.participation for one in suggestions(world.guest)] == [world.other_maker]


def test_goods_that_may_not_go_give_no_points_and_are_named(world: World) -> None:
    world.mission.country = "KP"
    world.mission.save()
    Product.objects.create(business=world.business, name="Mesin sangrai", name_en="Roaster", hs="841989")
    want(world, "coffee roasters")
    guest = Participation.objects.get(pk=world.guest.pk)
    found = {one.participation: one for one in suggestions(guest)}[world.maker]
    assert [product.name for product in found.products] == ["Kopi sangrai"]
    ((withheld, reason),) = found.withheld
    assert withheld.name_en == "Roaster"
    assert "S/RES/2397" in reason.source
    assert found.stopped is None
    assert not any("roaster" in reason["en"] for reason in found.reasons)


def test_the_same_facts_give_the_same_ranking(world: World) -> None:
    want(world, "coffee")
    assert suggestions(world.guest) == suggestions(world.guest)


def test_units_of_both_sides_are_compared_by_what_they_mean(world: World) -> None:
    want(world, "coffee", quantity=Decimal("1.5"), unit="Ton")
    assert "enough for the 1.5 t you look for" in [r["en"] for r in suggestions(world.guest)[0].reasons]
    Product.objects.update(unit="pair")
    want(world, "coffee", quantity=Decimal(500), unit="pasang")
    guest = Participation.objects.get(pk=world.guest.pk)
    assert "enough for the 500 pairs you look for" in [r["en"] for r in suggestions(guest)[0].reasons]
