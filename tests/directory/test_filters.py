"""Filters of the officers' list: each finds what it says, alone and with others; kept filters; pages of a long list."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ekspora.core.clock import today
from ekspora.core.errors import DomainError
from ekspora.directory.forms.filters import FilterForm
from ekspora.directory.models import (
    Business,
    Certificate,
    ExportRecord,
    Listing,
    Product,
    SavedFilter,
    SearchKey,
)
from ekspora.directory.models.keys import refresh
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries import filters
from ekspora.directory.queries.conditions import MISSING, steps
from ekspora.directory.queries.filters import Filters
from ekspora.directory.search_keys import following, keys_of, words_of
from ekspora.directory.services import businesses as services
from ekspora.directory.services import importing, notes, products, rows, saved_filters, statements
from tests.directory.addresses import an_import
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def found(world: World, actor: str = "lead_officer", **wanted: object) -> set[str]:
    """Names on the actor's list that fit, by the address that the form makes of it."""
    query = QueryDict("", mutable=True)
    query.update({name: str(value) for name, value in wanted.items()})
    form = FilterForm(query, actor=world.actor(actor))
    assert not form.errors
    assert form.values, "a filter that narrows nothing proves nothing"
    return {one.name for one in reads.page_of(world.actor(actor), form.filters(), 1)}


def changed(business: Business, **values: object) -> None:
    services.edit(business=business, actor=None, values=values)


def test_any_sector_of_a_business_finds_it(world: World) -> None:
    changed(world.other_business, other_sectors=["agro"])
    assert found(world, sector="agro") == {"Kopi Puntang", "Batik Lain"}
    assert found(world, sector="fashion") == {"Batik Lain"}


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"size": "small"}, {"size": "small"}),
        ({"legal_form": "cv"}, {"legal_form": "cv"}),
        ({"nib": "1234567890123"}, {"nib": "1"}),
        ({"kbli": ["10773"]}, {"kbli": "107"}),
        ({"kbli": ["10773"]}, {"kbli": "10773"}),
        ({"nib": "1234567890123"}, {"q": "12345"}),
        ({"owned_by_women": True}, {"led": "women"}),
        ({"owned_by_youth": True}, {"led": "youth"}),
        ({"owned_with_disability": True}, {"led": "disability"}),
        ({"inactive_since": date(2026, 1, 1)}, {"activity": "0"}),
        ({"province": "33", "regency": "33.01"}, {"province": "33", "regency": "33.01"}),
        ({"province": "33", "regency": ""}, {"missing": "place"}),
        ({"sector": ""}, {"missing": "sector"}),
    ],
)
def test_a_value_of_one_business_finds_only_this(
    world: World, values: dict[str, object], wanted: dict[str, str]
) -> None:
    changed(world.business, **values)
    assert found(world, **wanted) == {"Kopi Puntang"}


def test_the_other_side_of_yes_is_no(world: World) -> None:
    changed(world.business, nib="1234567890123", inactive_since=date(2026, 1, 1))
    statements.verify(
        business=world.business,
        facts=[(None, "nib")],
        how="OSS",
        agency=None,
        actor=world.people["lead_officer"],
    )
    for name, yes in (("nib", "1"), ("activity", "0"), ("checked", "1")):
        assert found(world, **{name: yes}) == {"Kopi Puntang"}
        assert found(world, **{name: "1" if yes == "0" else "0"}) == {"Batik Lain"}


def test_a_checked_fact_that_was_stated_anew_is_unchecked(world: World) -> None:
    changed(world.business, size="small")
    statements.verify(
        business=world.business, facts=[(None, "size")], how="neraca", agency=None,
        actor=world.people["lead_officer"],
    )  # fmt: skip
    assert found(world, checked="1") == {"Kopi Puntang"}
    changed(world.business, size="medium")
    assert not found(world, checked="1")


def test_certificates_by_kind_and_validity_together(world: World) -> None:
    day = today("Asia/Jakarta")
    for business, kind, days in (
        (world.business, "halal", 10), (world.business, "pirt", -1), (world.other_business, "halal", 400),
    ):  # fmt: skip
        Certificate.objects.create(business=business, type=kind, valid_until=day + timedelta(days=days))
    both = {"Kopi Puntang", "Batik Lain"}
    assert found(world, certificate="halal") == both
    assert found(world, certificate="halal", certificates="valid") == both
    assert found(world, certificate="halal", certificates="ending") == {"Kopi Puntang"}
    assert found(world, certificates="ended") == {"Kopi Puntang"}
    assert found(world, certificate="halal", certificates="ended") == set()
    assert found(world, certificate="pirt", certificates="none") == {"Batik Lain"}


def test_what_is_missing(world: World) -> None:
    assert found(world, missing="phone") == {"Kopi Puntang", "Batik Lain"}
    assert found(world, missing="reach") == set()  # their owners have an email
    product = world.business.products.get()
    products.edit(
        product=product, actor=None, values={"hs": "", "name_en": "", "price": 10, "currency": "USD"}
    )
    assert found(world, missing="hs") == {"Kopi Puntang"}
    assert found(world, missing="english") == {"Kopi Puntang"}
    assert found(world, missing="price") == {"Batik Lain"}
    products.remove(product=product, actor=None)
    assert found(world, missing="product") == {"Kopi Puntang"}
    assert found(world, missing="hs") == set()
    rows.add(business=world.business, kind="contacts", values={"phone": "+6281234567"}, actor=None)
    assert found(world, missing="owner") == set()


def test_the_list_it_came_from_and_who_keeps_it(world: World) -> None:
    source = an_import(world)
    importing.write(source=source)
    assert found(world, source=source.pk) == {"CV Kopi Puntang Jaya"}
    assert found(world, agency=world.co.pk) == {"Kopi Puntang"}
    foreign = FilterForm(QueryDict(f"source={source.pk}"), actor=world.actor("co_officer"))
    assert not foreign.values


def test_notes_are_looked_through_by_the_agency_that_wrote_them_only(world: World) -> None:
    notes.write(
        business=world.business, agency=world.lead, text="Batal dua kali", actor=world.people["lead_officer"]
    )
    assert found(world, note="dua batal") == {"Kopi Puntang"}
    assert found(world, "co_officer", note="batal") == set()


def test_three_filters_at_once(world: World) -> None:
    ExportRecord.objects.create(business=world.business, market="MY", year=2024)
    assert found(world, q="kopi", sector="agro", step="exported") == {"Kopi Puntang"}
    assert found(world, q="kopi", sector="agro", step="regularly") == set()
    assert found(world, q="batik sangrai", step="not_exported") == {"Batik Lain"}


def test_a_long_list_is_narrowed_as_a_short_one_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever way the database is asked, the answer is the same."""
    changed(world.business, other_sectors=["crafts"], kbli=["10773"])
    ExportRecord.objects.create(business=world.business, market="MY", year=2024)
    cases: list[dict[str, Any]] = [
        {"q": "kopi"}, {"sector": "crafts"}, {"kbli": "10"}, {"step": "exported"}, {"agency": world.co.pk},
        {"sector": "agro", "q": "sangrai", "step": "exported"}, {"checked": "0"}, {"missing": "photo"},
    ]  # fmt: skip
    short = [found(world, **case) for case in cases]
    for few, some in ((0, 1000), (0, 0)):
        monkeypatch.setattr(filters, "FEW", few)
        monkeypatch.setattr(filters, "SOME", some)
        assert [found(world, **case) for case in cases] == short


def test_pages_of_a_list_longer_than_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "PAGE", 2)
    monkeypatch.setattr(reads, "MOST_COUNTED", 5)
    for n in range(9):
        made = Business.objects.create(name=f"Usaha {n}")
        Listing.objects.create(business=made, agency=world.lead)
    actor = world.actor("lead_officer")
    pages = [reads.page_of(actor, Filters(), n) for n in (1, 2, 3, 99)]
    assert [[one.name for one in page] for page in pages] == [
        ["Batik Lain", "Kopi Puntang"], ["Usaha 0", "Usaha 1"], ["Usaha 2"], ["Usaha 2"],
    ]  # fmt: skip
    assert (pages[0].paginator.count, pages[0].paginator.has_more) == (5, True)  # type: ignore[attr-defined]  # ours


@pytest.mark.parametrize(
    "query",
    [
        "sector=gold",
        "kbli=abc",
        "province=99",
        "regency=1",
        "regency=32.04",
        "source=999999",
        "country=Nowhere",
    ],
)
def test_a_value_that_nobody_offers_finds_nothing_and_its_chip_says_so(
    world: World, sign_in: SignIn, query: str
) -> None:
    actor = world.actor("lead_officer")
    form = FilterForm(QueryDict(f"{query}&q=kopi&bogus=1"), actor=actor)
    assert sorted(form.query.split("&")) == sorted([query, "q=kopi"])
    assert {(chip.is_unknown, chip.query) for chip in form.chips()} == {(True, "q=kopi"), (False, query)}
    assert not reads.listed(actor, form.filters()).exists()
    client, value = sign_in(world, "lead_officer"), query.partition("=")[2]
    for name in ("businesses", "businesses_by_area"):
        page = client.get(f"{reverse(name)}?{query}")
        assert f"“{value}”" in page.content.decode()
        assert "Batik Lain" not in page.content.decode()
    assert b"Batik Lain" not in client.get(f"{reverse('businesses_export', args=['csv'])}?{query}").content
    client.post(reverse("saved_filters"), {"query": f"{query}&q=kopi", "name": "Kopi"})
    assert not SavedFilter.objects.exists(), "what finds nothing is not kept"


@pytest.mark.parametrize("province", ["33", ""])
def test_choosing_another_province_lets_go_of_the_regency(world: World, province: str) -> None:
    query = QueryDict(f"province={province}&regency=32.04")
    form = FilterForm(query, actor=world.actor("lead_officer"))
    assert form.values == ({"province": province} if province else {})
    assert not form.unknown


def test_a_search_of_signs_only_finds_nothing(world: World) -> None:
    assert found(world, q="!!!") == set()


def test_every_chip_takes_its_own_filter_out(world: World) -> None:
    form = FilterForm(QueryDict("sector=agro&step=exported"), actor=world.actor("lead_officer"))
    assert [chip.query for chip in form.chips()] == ["step=exported", "sector=agro"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_choice_has_words_in_both_languages(world: World, sign_in: SignIn, language: str) -> None:
    person = world.people["lead_officer"]
    person.language = language
    person.save()
    page = sign_in(world, "lead_officer").get(reverse("businesses")).content.decode()
    words = {"id": "produk tanpa kode HS", "en": "a product without HS code"}
    assert words[language] in page


# Keys ------------------------------------------------------------------------------------------------------------


def test_following_is_the_first_text_behind() -> None:
    assert (following("wkopi"), following("wz"), following("w9"), following("wzz")) == (
        "wkopj",
        "x",
        "wa",
        "x",
    )


def test_words_are_spelt_alike_in_names_and_in_what_is_sought() -> None:
    assert words_of("Kopi “Ñandú” 0901.21") == ["kopi", "nandu", "090121"]
    assert words_of("茶") == words_of("茶".lower()) != []
    keys = list(keys_of(texts=["Kopi Kopi"], regency="32.04", sectors=["agro", ""], kbli=["10773"]))
    assert keys == ["wkopi", "wbandung", "sagro", "k10773"]


def keys() -> set[tuple[int, str]]:
    return set(SearchKey.objects.values_list("business_id", "key"))


def test_keys_follow_every_change(world: World) -> None:
    """After services, imports, their undoing and merging, keys are what making them anew gives."""
    changed(world.business, name="Teh Walini")
    product = products.add(business=world.business, actor=None, values={"name": "Teh hijau"})
    products.edit(product=product, actor=None, values={"name": "Teh putih"})
    products.remove(product=world.other_business.products.get(), actor=None)
    Business.objects.bulk_create([Business(name="Banyak Sekaligus")])
    source = an_import(world)
    importing.write(source=source)
    importing.undo(source=source, actor=world.actor("lead_officer"))
    kept = keys()
    refresh(Business.objects.values_list("pk", flat=True))
    assert keys() == kept
    assert {key for _pk, key in kept} >= {"wwalini", "wputih", "wbanyak"}
    assert not {key for _pk, key in kept} & {"wpuntang", "whijau"}


def test_making_keys_costs_the_same_for_many(world: World) -> None:
    costs = []
    for count in (3, 30):
        made = Business.objects.bulk_create(Business(name=f"Usaha {n}") for n in range(count))
        for one in made:
            Product.objects.create(business=one, name="Kopi")
        with CaptureQueriesContext(connection) as queries:
            refresh([one.pk for one in made])
        costs.append(len(queries))
    assert costs[0] == costs[1]


# Kept filters ----------------------------------------------------------------------------------------------------


def kept(
    world: World, actor: str = "lead_officer", *, name: str = "Jawa Barat", is_shared: bool = False
) -> SavedFilter:
    return saved_filters.save(
        agency=world.lead, actor=world.people[actor], name=name, query="province=32", is_shared=is_shared
    )


def test_a_kept_filter_is_its_owners_until_it_is_shared(world: World) -> None:
    from ekspora.core.models import Membership
    from ekspora.directory.queries.register import saved_filters_for

    colleague = world.people["stranger"]
    Membership.objects.create(person=colleague, agency=world.lead, role="officer")
    mine = kept(world)
    assert not saved_filters_for(world.actor("stranger")).exists()
    saved_filters.change(saved=mine, actor=world.people["lead_officer"], name="Jabar", is_shared=True)
    assert [one.name for one in saved_filters_for(world.actor("stranger"))] == ["Jabar"]
    assert not saved_filters_for(world.actor("other_officer")).exists()
    saved_filters.change(saved=mine, actor=colleague, name="Jawa Barat", is_shared=True)
    with pytest.raises(DomainError):
        saved_filters.change(saved=mine, actor=colleague, name="Jawa Barat", is_shared=False)


def test_names_of_kept_filters_are_unique_and_not_empty(world: World) -> None:
    kept(world)
    for name in ("Jawa Barat", " Jawa  Barat ", "", " "):
        with pytest.raises(DomainError):
            kept(world, name=name)
    kept(world, is_shared=True)
    with pytest.raises(DomainError):
        kept(world, "co_officer", is_shared=True)
    with pytest.raises(DomainError):
        saved_filters.save(
            agency=world.lead, actor=world.people["lead_officer"], name="Semua", query="", is_shared=False
        )
    with pytest.raises(ValidationError):
        SavedFilter(agency=world.lead, person=world.people["owner"], name="x", query="").full_clean()


def test_a_filter_is_kept_applied_renamed_and_forgotten(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    client.post(reverse("saved_filters"), {"query": "sector=fashion&page=7&bogus=1", "name": "Batik"})
    saved = SavedFilter.objects.get()
    assert saved.query == "sector=fashion"
    page = client.get(f"{reverse('businesses')}?{saved.query}").content.decode()
    assert "Batik Lain" in page
    assert "Kopi Puntang" not in page
    client.post(reverse("saved_filter", args=[saved.pk]), {"name": "Kain"})
    assert SavedFilter.objects.get().name == "Kain"
    client.post(reverse("saved_filter", args=[saved.pk]), {"name": "Kain", "remove": "1"})
    assert not SavedFilter.objects.exists()


def test_somebody_elses_own_filter_is_no_page(world: World, sign_in: SignIn) -> None:
    from ekspora.core.models import Membership

    Membership.objects.create(person=world.people["stranger"], agency=world.lead, role="officer")
    saved = kept(world)
    assert sign_in(world, "stranger").post(reverse("saved_filter", args=[saved.pk])).status_code == 404


def test_htmx_gets_the_list_with_a_tidy_address_and_the_regencies(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    answer = client.get(
        reverse("businesses"), {"q": "", "sector": "", "province": "32"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Push-Url"] == f"{reverse('businesses')}?province=32"
    page = answer.content.decode()
    assert 'hx-swap-oob="true"' in page
    assert "32.04" in page
    assert "<html" not in page


@pytest.mark.parametrize(
    ("name", "code"), [("step", code) for code in steps()] + [("missing", code) for code in MISSING]
)
def test_a_condition_finds_what_its_rule_says_of_each(world: World, name: str, code: str) -> None:
    for year in (2023, 2024):
        ExportRecord.objects.create(business=world.business, market="MY", year=year)
    changed(world.business, size="medium", legal_form="cv", about="Kopi gunung")
    actor = world.actor("lead_officer")
    form = FilterForm(QueryDict(f"{name}={code}"), actor=actor)
    rule = (steps() | MISSING)[code].rule()
    by_rule = {one.name for one in reads.listed(actor).filter(rule)}
    assert {one.name for one in reads.listed(actor, form.filters())} == by_rule
    assert form.values == {name: code}
