"""Ready on paper: NIB, NPWP and the papers of something the business makes, valid today."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ekspora.core.clock import now, today
from ekspora.directory.models import Business, Certificate, Product
from ekspora.directory.queries.businesses import listed
from ekspora.directory.queries.filters import Filters
from ekspora.directory.queries.funnel import funnel
from ekspora.directory.sectors import Trade
from ekspora.readiness.reading import KNOWLEDGE, KnowledgeError, checklist, read_papers, read_sources
from tests.world import World

pytestmark = pytest.mark.django_db


def told(world: World, **values: Any) -> Business:
    """The business of the world with what is told of it."""
    known = {"nib": "9120001234567", "npwp_tail": "0001", "npwp_checked_at": now()} | values
    Business.objects.filter(pk=world.business.pk).update(**known)
    return Business.objects.get(pk=world.business.pk)


def held(business: Business, kind: str, **values: Any) -> Certificate:
    """A certificate, without an end unless told."""
    return Certificate.objects.create(business=business, type=kind, **({"has_no_end": True} | values))


def is_ready(world: World) -> bool:
    """Whether the funnel counts the business; the list opened from it says the same."""
    actor = world.actor("lead_officer")
    count = {rung.code: rung.count for rung in funnel(actor, Filters())}["ready"]
    assert list(listed(actor, Filters(step="ready"))) == [world.business] * count
    return count == 1


@pytest.mark.parametrize("lacking", [{"nib": ""}, {"npwp_tail": "", "npwp_checked_at": None}])
def test_without_nib_or_npwp_nobody_is_ready(world: World, lacking: dict[str, Any]) -> None:
    told(world, trades=["COF"])
    assert is_ready(world)
    told(world, trades=["COF"], **lacking)
    assert not is_ready(world)


def test_what_is_made_decides_which_papers(world: World) -> None:
    business = told(world, trades=["FSP"])
    assert not is_ready(world)
    held(business, "skp")
    assert not is_ready(world)
    held(business, "haccp")
    assert is_ready(world)


def test_one_kind_of_goods_that_has_everything_is_enough(world: World) -> None:
    told(world, trades=["FSP", "ITS"])
    assert is_ready(world)


def test_food_needs_a_licence_halal_and_how_long_it_keeps(world: World) -> None:
    business = told(world, trades=["PFB"])
    held(business, "bpom")
    held(business, "halal")
    assert not is_ready(world)
    Product.objects.filter(business=business).update(shelf_life_days=180)
    assert is_ready(world)


@pytest.mark.parametrize(("days", "ready"), [(-1, False), (0, True), (30, True)])
def test_a_paper_counts_until_its_last_day(world: World, days: int, ready: bool) -> None:
    business = told(world, trades=["FUR"])
    until = today("Asia/Jakarta") + timedelta(days=days)
    held(business, "svlk", has_no_end=False, valid_until=until)
    assert is_ready(world) is ready


def test_a_paper_whose_end_is_not_noted_does_not_count(world: World) -> None:
    held(told(world, trades=["FUR"]), "svlk", has_no_end=False)
    assert not is_ready(world)


def test_a_paper_of_a_product_and_one_known_by_its_name_count(world: World) -> None:
    business = told(world, trades=["SPC"])
    held(business, "other", name="Izin edar", product=business.products.get())
    assert not is_ready(world)
    held(business, "other", name="Sertifikat psat-pd", product=business.products.get())
    assert is_ready(world)


@pytest.mark.parametrize(
    ("sector", "ready"), [("it", True), ("agro", False), ("machinery", False), ("", False)]
)
def test_where_nothing_is_told_only_a_sector_without_choice_decides(
    world: World, sector: str, ready: bool
) -> None:
    told(world, sector=sector, trades=[])
    assert is_ready(world) is ready
    told(world, sector=sector, trades=["MCH"])
    assert not is_ready(world)


def test_the_list_of_papers_speaks_of_kinds_that_exist() -> None:
    found = checklist()
    assert {one.trade for one in found.papers} <= set(Trade.values)
    kinds = {kind for one in found.papers for paper in one.held for kind in paper}
    assert {kind for kind in kinds if not kind.isupper()} <= set(Certificate.Type.values)
    assert all(hasattr(Product, field) for one in found.papers for field in one.tells)
    assert date(2026, 1, 1) < found.as_of < found.review_by
    assert found.reviewer["id"] != found.reviewer["en"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [("source: own", "source: nobody", "source"), ("FUR: {held: [[svlk]]}", "FUR: {held: svlk}", "held"),
     ("tells: [shelf_life_days]", "tells: [colour]", "tells"), ("FUR: {held", "FUR: {hold", "hold")],
)  # fmt: skip
def test_a_list_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (KNOWLEDGE / "papers.yaml").read_text("utf-8")
    assert old in text
    file = tmp_path / "papers.yaml"
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(KnowledgeError, match=complaint):
        read_papers(file, read_sources(KNOWLEDGE / "sources.yaml"))


def test_the_page_names_the_papers_and_what_is_not_looked_at(client: Client, world: World) -> None:
    client.force_login(world.account("lead_officer"))
    page = client.get("/markets/papers/").content.decode()
    listed = page.partition("<main")[2].partition("</ul>")[0]
    assert listed.count("<li>") == len(checklist().papers)
    assert "SPP-IRT" in page
    assert "/markets/papers/" in client.get("/businesses/by-area/").content.decode()
