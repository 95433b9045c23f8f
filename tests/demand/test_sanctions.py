"""What the United Nations keeps from a country: as noted, with source, never "nothing required"."""

from datetime import UTC, datetime

import pytest
import yaml

from ekspora.core import clock
from ekspora.demand import sanctions


@pytest.mark.parametrize(
    ("hs", "source"),
    [
        ("841381", "S/RES/2397 (2017), paragraph 7"), ("8501", "S/RES/2397"), ("87039000", "S/RES/2397"),
        ("7323", "S/RES/2397"), ("830630", "S/RES/2397"), ("271019", "S/RES/2397"), ("9303", "S/RES/1718"),
        ("711311", "S/RES/2094"), ("9101", "S/RES/2270"), ("691110", "S/RES/2321"), ("570110", "S/RES/2321"),
    ],
)  # fmt: skip
def test_goods_named_for_north_korea_are_stopped_with_the_source(hs: str, source: str) -> None:
    reason = sanctions.stopped("KP", hs, "", is_service=False)
    assert reason is not None
    assert source.replace("paragraph", "paragraf") in reason.full["id"]
    assert source in reason.full["en"]


@pytest.mark.parametrize("hs", ["090121", "6403", "620342", "9502", "7117", "200899"])
def test_goods_that_are_not_named_are_not_stopped(hs: str) -> None:
    assert sanctions.stopped("KP", hs, "", is_service=False) is None


def test_a_code_too_short_to_tell_is_stopped_until_it_is_known_better() -> None:
    assert sanctions.stopped("KP", "7013", "", is_service=False) is not None
    assert sanctions.stopped("KP", "701337", "", is_service=False) is None


def test_machinery_without_hs_code_is_stopped_until_the_code_is_known() -> None:
    reason = sanctions.stopped("KP", "", "machinery", is_service=False)
    assert reason is not None
    assert "HS code is known" in reason.text["en"]
    assert "kode HS diketahui" in reason.text["id"]
    assert sanctions.stopped("KP", "", "agro", is_service=False) is None


def test_arms_may_not_go_to_sudan_but_machines_may() -> None:
    reason = sanctions.stopped("SD", "930200", "", is_service=False)
    assert reason is not None
    assert "S/RES/1591" in reason.source
    assert sanctions.stopped("SD", "841381", "machinery", is_service=False) is None


def test_about_other_countries_nothing_was_noted() -> None:
    assert sanctions.countries() == {"KP", "SD"}
    assert sanctions.stopped("IN", "930200", "machinery", is_service=False) is None


def test_services_are_not_stopped_but_something_is_known_about_them() -> None:
    assert sanctions.stopped("KP", "", "it", is_service=True) is None
    assert any("S/RES/2321" in note.source for note in sanctions.notes("KP", services=True))
    assert [note.source for note in sanctions.notes("KP")] == ["S/RES/2375 (2017), paragraph 18"]


def test_a_pair_is_stopped_only_when_everything_is() -> None:
    pump, coffee = ("841381", False), ("090121", False)
    assert sanctions.all_stopped("KP", [pump], "machinery") is not None
    assert sanctions.all_stopped("KP", [pump, coffee], "machinery") is None
    assert sanctions.all_stopped("KP", [], "machinery") is not None
    assert sanctions.all_stopped("KP", [], "agro") is None


def test_a_fact_past_its_review_date_asks_to_be_checked_again() -> None:
    with clock.at(datetime(2027, 2, 20, 12, tzinfo=UTC)):
        fresh = sanctions.stopped("KP", "841381", "", is_service=False)
    with clock.at(datetime(2027, 2, 21, 12, tzinfo=UTC)):
        old = sanctions.stopped("KP", "841381", "", is_service=False)
    assert fresh is not None
    assert old is not None
    assert "Periksa ulang" not in fresh.full["id"]
    assert old.full["id"].endswith("Periksa ulang.")
    assert old.full["en"].endswith("Check again.")


def test_the_file_says_who_reviewed_it_and_until_when() -> None:
    data = yaml.safe_load(sanctions.KNOWLEDGE.read_text("utf-8"))
    assert data["reviewer"]
    assert data["review_by"] > data["noted_on"]
    every = [m for country in data["countries"].values() for m in country["stopped"]]
    assert all("S/RES/" in m["source"] and m["what"]["id"] and m["what"]["en"] for m in every)
