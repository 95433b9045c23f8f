"""The knowledge of markets is whole, says no more than is known, and its reader names what is wrong where."""

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.demand import sanctions
from ekspora.directory.models import Product
from ekspora.directory.sectors import Sector
from ekspora.readiness import queries
from ekspora.readiness.facts import Ask, Confidence, Fact
from ekspora.readiness.reading import (
    KNOWLEDGE,
    KnowledgeError,
    everything,
    read_goods,
    read_market,
    read_sources,
)
from tests.world import World

SignIn = Callable[[World, str], Client]
FACTS = [fact for facts in everything().values() for fact in facts]
NOVEMBER = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.code)
def test_every_fact_has_source_dates_reviewer_and_both_languages(fact: Fact) -> None:
    for text in (fact.title, fact.text, fact.reviewer, fact.source.title):
        assert set(text) == {"id", "en"}
        assert all(text.values())
        assert text["id"] != text["en"]
    assert fact.source.code == "own" or fact.source.where
    assert date(2026, 1, 1) < fact.as_of < fact.review_by
    assert fact.who
    assert all(hasattr(Product, field) for field in fact.asks)
    # Nobody may read that there is nothing to do.
    assert not any(word in fact.text["en"].lower() for word in ("nothing required", "no requirement"))


def test_codes_are_strings_and_sectors_exist() -> None:
    goods = read_goods(KNOWLEDGE / "goods.yaml")
    assert "0901" in goods["coffee"].hs
    for group in goods.values():
        assert group.hs
        assert set(group.sectors) <= set(Sector.values)


def test_names_of_facts_are_unique() -> None:
    codes = [fact.code for fact in FACTS]
    assert len(codes) == len(set(codes)) > 20


def test_own_knowledge_is_never_called_sure() -> None:
    assert not [f.code for f in FACTS if f.source.code == "own" and f.confidence == Confidence.HIGH]


def codes(facts: tuple[Fact, ...]) -> set[str]:
    return {fact.code for fact in facts}


def test_a_code_decides_before_the_sector() -> None:
    coffee = queries.rules_for("IN", hs=["090121"])
    assert codes(coffee.facts) == {"IN-FSSAI", "IN-PQ", "IN-CAROTAR"}
    assert {"G-LABELLANG", "G-PC"} < codes(coffee.general)
    assert "IN-BIS" in codes(queries.rules_for("IN", hs=["640399"]).facts)
    assert "IN-FSSAI" in codes(queries.rules_for("IN", sectors=[Sector.AGRO]).facts)
    assert len(queries.rules_for("IN").facts) == 6


def test_a_short_code_meets_a_longer_beginning() -> None:
    assert "NG-SONCAP" in codes(queries.rules_for("NG", hs=["9403"]).facts)
    assert "CN-ACCESS" in codes(queries.rules_for("CN", hs=["09"]).facts)


def test_what_nobody_checked_is_counted_and_not_told() -> None:
    rules = queries.rules_for("TL", hs=["0901"])
    assert codes(rules.facts) == {"TL-ATIGA"}
    assert rules.waiting == 1
    assert rules.is_known


def test_a_country_nobody_looked_at_is_not_free_of_rules() -> None:
    rules = queries.rules_for("FJ", hs=["0901"])
    assert not rules.is_known
    assert rules.facts == ()
    assert rules.general


def test_after_its_review_date_a_fact_is_to_be_checked_again() -> None:
    with clock.at(NOVEMBER):
        assert not queries.rules_for("CN").is_stale
    with clock.at(datetime(2027, 2, 21, tzinfo=UTC)):
        assert queries.rules_for("CN").is_stale


def test_sanctions_stand_on_the_page_of_their_country() -> None:
    warned = queries.rules_for("KP").warnings
    assert len(warned) == len(sanctions.measures("KP")) + len(sanctions.notes("KP", services=True)) > 5
    assert all("S/RES/" in text["en"] for text in warned)
    assert queries.rules_for("IN").warnings == ()


HEAD = """country: "XX"
reviewer: {id: siapa, en: who}
as_of: 2026-11-21
review_by: 2027-02-19
facts:
"""
ROW = """  - id: XX-ONE
    goods: [coffee]
    who: [importer]
    title: {id: judul, en: title}
    text: {id: teks, en: text}
    source: own
    confidence: medium
"""


def read(tmp_path: Path, text: str) -> list[Fact]:
    path = tmp_path / "XX.yaml"
    path.write_text(text, "utf-8")
    sources = read_sources(KNOWLEDGE / "sources.yaml")
    return read_market(path, read_goods(KNOWLEDGE / "goods.yaml"), sources)


def broken() -> Iterator[tuple[str, str]]:
    yield HEAD + ROW.replace("en: title", 'en: ""'), "XX.yaml:9: title: the text in en is empty"
    yield HEAD + ROW.replace("{id: teks, en: text}", "{id: teks}"), "XX.yaml:6: text: texts in id and en"
    yield HEAD + ROW.replace("source: own", "source: F99"), "XX.yaml:6: source: “F99” is not in sources.yaml"
    yield HEAD + ROW.replace("medium", "sure"), "XX.yaml:6: confidence: “sure” is none of high, medium, low"
    yield HEAD + ROW.replace("[coffee]", "[tea]"), "XX.yaml:6: goods: “tea” is not in goods.yaml"
    yield HEAD + ROW.replace("[coffee]", "[1806]"), "XX.yaml:6: goods: a list of strings is expected"
    yield HEAD + ROW.replace("[importer]", "[]"), "XX.yaml:6: who: at least one"
    yield HEAD + ROW + "    asks: [colour]\n", "XX.yaml:6: asks: “colour” is none of"
    yield HEAD + ROW + "    colour: red\n", "XX.yaml:6: colour: there is no such field"
    yield HEAD + ROW + "    goods: all\n", "XX.yaml:6: a key stands twice"
    yield HEAD + ROW + ROW, "XX.yaml:6: id: XX-ONE stands twice"
    yield HEAD + ROW.replace("XX-ONE", "YY-ONE"), "XX.yaml:6: id: a name that begins with XX-"
    yield HEAD.replace("2027-02-19", "2026-01-01") + ROW, "XX.yaml:6: review_by: a day after as_of"
    yield HEAD.replace("2026-11-21", "soon") + ROW, "XX.yaml:6: as_of: a date such as"
    yield HEAD.replace('"XX"', "NO") + ROW, "XX.yaml:1: country: the ISO code in quotes"
    yield HEAD.replace("facts:", "facts: []"), "XX.yaml:1: facts: a list is expected"
    yield HEAD + "  - [", "XX.yaml:6: "
    yield "- 1", "XX.yaml:1: a mapping is expected"


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    (fact,) = read(tmp_path, HEAD + ROW)
    assert (fact.code, fact.country, fact.reviewer["en"]) == ("XX-ONE", "XX", "who")


@pytest.mark.parametrize(("text", "error"), list(broken()))
def test_a_file_that_is_not_whole_is_refused_with_file_and_line(
    tmp_path: Path, text: str, error: str
) -> None:
    with pytest.raises(KnowledgeError) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(error)


def test_hs_codes_of_goods_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "goods.yaml"
    path.write_text("coffee: {hs: [1806], sectors: []}", "utf-8")
    with pytest.raises(KnowledgeError, match=r"goods.yaml:1: hs: .*quote codes"):
        read_goods(path)
    path.write_text('coffee: {hs: ["09.01"], sectors: []}', "utf-8")
    with pytest.raises(KnowledgeError, match=r"goods.yaml:1: hs: “09.01” is no beginning"):
        read_goods(path)


def test_the_fields_that_can_be_asked_for_are_facts_of_a_product() -> None:
    assert all(hasattr(Product, str(ask)) for ask in Ask)


def test_the_pages_say_what_is_known_with_source_and_date(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "representative")
    with clock.at(NOVEMBER):
        page = client.get(reverse("market", args=["in"])).content.decode()
    assert "Food: FSSAI licence and shelf life left" in page
    assert "own knowledge, not yet compared with an official source" in page
    assert "21 November 2026" in page
    assert "no legal advice" in page
    assert "check again" not in page
    listed = client.get(reverse("markets")).content.decode()
    assert reverse("market", args=["NG"]) in listed


def test_a_stale_fact_says_so_in_both_languages(world: World, sign_in: SignIn) -> None:
    with clock.at(datetime(2027, 2, 21, tzinfo=UTC)):
        english = sign_in(world, "representative").get(reverse("market", args=["IN"])).content.decode()
        indonesian = sign_in(world, "owner").get(reverse("market", args=["IN"])).content.decode()
    assert "check again" in english
    assert "periksa ulang" in indonesian


def test_an_unknown_country_says_whom_to_ask_and_nonsense_is_404(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    page = client.get(reverse("market", args=["FJ"])).content.decode()
    assert "Kami belum memiliki aturan yang sudah ditinjau untuk negara ini" in page
    assert "Free Trade Agreement" in page or "FTA Center" in page
    for nonsense in ("XQ", "indonesia", "1N", "ÄÖ"):
        assert client.get(reverse("market", args=[nonsense])).status_code == 404


def test_the_page_of_a_market_is_light_for_an_owner(world: World, sign_in: SignIn) -> None:
    page = sign_in(world, "owner").get(reverse("market", args=["KP"])).content
    assert len(gzip.compress(page)) < 20_000
