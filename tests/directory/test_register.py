"""The facts of a business beyond its name: numbers, size, place, people, exports, certificates."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.directory import tax_numbers
from ekspora.directory.models import Business, Certificate, Contact, Member
from ekspora.directory.places import above, children, codes_of
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.services import businesses, rows
from ekspora.directory.sizes import size_class
from tests.directory.addresses import jpeg
from tests.world import World, business

SignIn = Callable[[World, str], Client]
TODAY = date(2026, 11, 21)
NIK = "3204050101900001"
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"


def of(sales: int | None = None, capital: int | None = None) -> tuple[str, str, str] | None:
    found = size_class(
        sales=None if sales is None else Decimal(sales), sales_year=2025,
        capital=None if capital is None else Decimal(capital), capital_on=date(2026, 1, 2), on=TODAY,
    )  # fmt: skip
    return None if found is None else (found.size, found.basis, found.as_of)


@pytest.mark.parametrize(
    ("sales", "capital", "expected"),
    [
        (None, None, None),
        (0, None, ("micro", "sales", "2025")),
        (2_000_000_000, None, ("micro", "sales", "2025")),
        (2_000_000_001, None, ("small", "sales", "2025")),
        (15_000_000_000, None, ("small", "sales", "2025")),
        (50_000_000_000, None, ("medium", "sales", "2025")),
        (50_000_000_001, None, ("large", "sales", "2025")),
        (None, 1_000_000_000, ("micro", "capital", "2026-01-02")),
        (None, 5_000_000_001, ("medium", "capital", "2026-01-02")),
        (None, 10_000_000_001, ("large", "capital", "2026-01-02")),
        (1, 9_000_000_000, ("micro", "sales", "2025")),
    ],
)
def test_the_size_class_follows_pp_7_2021(
    sales: int | None, capital: int | None, expected: tuple[str, str, str] | None
) -> None:
    assert of(sales, capital) == expected


@given(st.integers(0, 10**14), st.integers(0, 10**14))
def test_more_sales_never_make_a_smaller_class(one: int, other: int) -> None:
    order = ["micro", "small", "medium", "large"]
    low, high = of(min(one, other)), of(max(one, other))
    assert low is not None
    assert high is not None
    assert order.index(low[0]) <= order.index(high[0])


def test_a_class_that_differs_by_the_other_figure_and_an_old_rule_are_told() -> None:
    found = size_class(sales=Decimal(1), sales_year=None, capital=Decimal(6 * 10**9), capital_on=None,
                       on=date(2030, 1, 1))  # fmt: skip
    assert found is not None
    assert (found.size, found.other, found.stale, found.as_of) == ("micro", "medium", True, "")


@pytest.mark.parametrize("text", [NIK, "32.04.05.010190.0001", "01.234.567.8-910.000"])
def test_of_a_tax_number_only_the_end_is_kept(text: str) -> None:
    found = tax_numbers.check(text)
    if text.startswith("01"):
        assert found is None or len(found.tail) == 4
    else:
        assert found == tax_numbers.TaxNumber("0001", is_person=True)


@pytest.mark.parametrize("text", ["", "123", "3204059901900001x", "0000000000000000"])
def test_what_is_no_tax_number_is_refused(text: str) -> None:
    assert tax_numbers.check(text) is None


@pytest.mark.django_db
def test_a_tax_number_is_checked_and_nowhere_kept(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, "legal"])
    assert (
        client.post(address, {"legal_form": "individual", "npwp": NIK, "kbli": "10761 10792"}).status_code
        == 302
    )
    world.business.refresh_from_db()
    assert (world.business.npwp_tail, world.business.kbli) == ("0001", ["10761", "10792"])
    assert world.business.npwp_checked_at is not None
    assert NIK not in repr(Business.objects.values()) + repr(AuditEntry.objects.values())
    assert NIK not in client.get(address).content.decode()
    assert client.post(address, {"legal_form": "pt"}).status_code == 302
    world.business.refresh_from_db()
    assert world.business.npwp_tail == "0001"


@pytest.mark.django_db
def test_the_size_follows_the_sales_and_unknown_stays_unknown(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, "size"])
    client.post(address, {"employees": "4"})
    world.business.refresh_from_db()
    assert world.business.size == ""
    assert client.post(address, {"yearly_sales": "3 miliar"}).status_code == 200  # of which year?
    client.post(address, {"yearly_sales": "Rp 3 miliar", "sales_year": "2025", "size": "large"})
    world.business.refresh_from_db()
    assert (world.business.size, world.business.yearly_sales) == ("small", Decimal(3_000_000_000))
    assert "PP 7/2021" in client.get(reverse("my_business", args=[world.business.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {"employees": 3, "employees_women": 4},
        {"village": "32.04.05.2001"},
        {"regency": "32.04", "district": "32.05.01"},
        {"capital": Decimal(-1)},
        {"latitude": Decimal("1.5")},
        {"kbli": ["1076"]},
        {"trades": ["XYZ"]},
        {"languages": ["xx"]},
    ],
)
def test_what_cannot_be_true_of_a_business_is_refused_in_words(
    world: World, values: dict[str, object]
) -> None:
    with pytest.raises(DomainError):
        businesses.edit(business=world.business, actor=None, values=values)


def test_places_lead_from_the_province_to_the_village() -> None:
    assert len(children("")) == 38
    code = ""
    for _ in range(4):
        code = children(code)[0][0]
    assert children(code) == ()
    assert [place for place, _name in above(code)] == [code[:2], code[:5], code[:8], code]
    codes = codes_of(code)
    assert (codes["village"], codes["province"]) == (code, code[:2])
    assert codes_of("")["place"] == ""


@pytest.mark.django_db
def test_a_place_is_chosen_down_to_the_village_without_a_script(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, "place"])
    page = client.get(address + "?at=32.04.05").content.decode()
    assert "?at=32.04.05.2001" in page
    client.post(address, {"at": "32.04.05.2001", "address": "Jl. Raya 5"})
    world.business.refresh_from_db()
    b = world.business
    assert (b.province, b.regency, b.district, b.village) == ("32", "32.04", "32.04.05", "32.04.05.2001")
    assert b.place == "Cileunyi Kulon, Cileunyi"
    assert client.get(address + "?at=99.99").status_code == 404
    client.post(address, {"at": "33"})
    b.refresh_from_db()
    assert (b.province, b.regency, b.village, b.place) == ("33", "", "", "")


@pytest.mark.django_db
def test_what_a_list_said_in_words_of_the_village_stays(world: World, sign_in: SignIn) -> None:
    Business.objects.filter(pk=world.business.pk).update(place="Kampung Baru")
    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, "place"])
    client.post(address, {"at": "32.04", "address": "Jl. Raya 5"})
    world.business.refresh_from_db()
    assert world.business.place == "Kampung Baru"


@pytest.mark.django_db
def test_the_sector_follows_where_what_is_made_leaves_no_choice(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    Business.objects.filter(pk=world.business.pk).update(sector="")
    client.post(reverse("my_business_step", args=[world.business.pk, "trades"]), {"trades": ["PFB"]})
    world.business.refresh_from_db()
    assert (world.business.sector, world.business.trades) == ("culinary", ["PFB"])


@pytest.mark.django_db
def test_several_people_and_numbers_each_once_and_reachable(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_rows", args=[world.business.pk, "contacts"])
    rina = {"name": "Rina", "function": "ekspor", "phone": "0812 3456 7890", "has_whatsapp": "on"}
    assert client.post(address, rina).status_code == 302
    assert client.post(address, rina).status_code == 200
    assert client.post(address, {"name": "Tanpa nomor"}).status_code == 200
    assert client.post(address, {"email": "a@example.org", "has_whatsapp": "on"}).status_code == 200
    kept = world.business.contacts.get()
    assert (kept.phone, kept.has_whatsapp) == ("+6281234567890", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(business=world.business, name="Nobody")


@pytest.mark.django_db
def test_a_cooperative_has_members_and_others_have_none(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_rows", args=[world.business.pk, "members"])
    assert client.get(address).status_code == 404
    Business.objects.filter(pk=world.business.pk).update(legal_form="cooperative")
    Business.objects.filter(pk=world.other_business.pk).update(nib="1" * 13)
    far = business("Jauh", agency=world.elsewhere, owner=world.people["stranger"])
    Business.objects.filter(pk=far.pk).update(nib="2" * 13)
    for name, nib in (("Batik Lain", "1" * 13), ("Jauh", "2" * 13), ("Tanpa NIB", "")):
        assert client.post(address, {"name": name, "nib": nib, "since": "2020"}).status_code == 302
    found = {m.name: m.business_id for m in Member.objects.all()}
    assert found == {"Batik Lain": world.other_business.pk, "Jauh": None, "Tanpa NIB": None}
    assert client.post(address, {"name": "Batik Lain", "nib": "1" * 13}).status_code == 200


@pytest.mark.django_db
def test_an_export_with_value_and_evidence(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_rows", args=[world.business.pk, "exports"])
    paper = {"paper": SimpleUploadedFile("../../peb.pdf", PDF)}
    row = {"market": "Jepang", "year": "2024", "is_indirect": "on", "value": "12500", "currency": "USD"}
    assert client.post(address, row | paper).status_code == 200  # which evidence?
    with_evidence = row | {"evidence": "peb", "paper": SimpleUploadedFile("../../peb.pdf", PDF)}
    assert client.post(address, with_evidence).status_code == 302
    kept = world.business.exports.get()
    assert (kept.value, kept.currency, kept.evidence, kept.is_indirect) == (
        Decimal(12500),
        "USD",
        "peb",
        True,
    )
    assert kept.file.name is not None
    assert ".." not in kept.file.name
    answer = client.get(reverse("export_file", args=[kept.pk]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    for wrong in ({"value": "5", "currency": ""}, {"year": "2999"}):
        assert client.post(address, row | {"market": "Fiji"} | wrong).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_replaced_paper_leaves_the_disk_and_a_row_goes_with_its_paper(world: World) -> None:
    values = {"type": "halal", "number": "ID123"}
    row = rows.add(business=world.business, kind="certificates", values=values, actor=None, paper=PDF)
    storage, first = row.file.storage, row.file.name
    assert rows.edit(row=row, values={}, actor=None, paper=jpeg()) == ["file"]
    row.refresh_from_db()
    second = row.file.name
    assert (storage.exists(first), storage.exists(second)) == (False, True)
    rows.remove(row=row, actor=None)
    assert not storage.exists(second)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("until", "no_end", "state"),
    [
        (TODAY - timedelta(days=1), False, "ended"),
        (TODAY, False, "ending"),
        (TODAY + timedelta(days=90), False, "ending"),
        (TODAY + timedelta(days=91), False, "valid"),
        (None, True, "valid"),
        (None, False, "unknown"),
    ],
)
def test_a_certificate_warns_before_its_end(until: date | None, no_end: bool, state: str) -> None:
    assert Certificate(valid_until=until, has_no_end=no_end).state(TODAY) == state


@pytest.mark.django_db
def test_products_bear_the_names_of_certificates_that_have_not_ended(world: World) -> None:
    product = world.business.products.get()

    def names() -> str:
        return (
            public_facts(Business.objects.filter(pk=world.business.pk)).get().products.all()[0].certificates
        )

    def add(**values: object) -> Any:
        return rows.add(business=world.business, kind="certificates", values=values, actor=None)

    add(type="halal", valid_until=date(2026, 11, 21))
    own = add(type="other", name="Q grader", product=product)
    with clock.at(datetime(2026, 11, 21, 3, tzinfo=UTC)):
        assert names() == "Halal, Q grader"
    with clock.at(datetime(2026, 11, 22, 3, tzinfo=UTC)):
        assert names() == "Q grader"
    rows.remove(row=own, actor=None)
    with pytest.raises(DomainError):
        add(type="other")


@pytest.mark.django_db
def test_owners_and_officers_see_which_certificate_ended(world: World, sign_in: SignIn) -> None:
    ended = {"type": "halal", "valid_until": date(2026, 11, 20)}
    halal = rows.add(business=world.business, kind="certificates", values=ended, actor=None)
    rows.add(business=world.other_business, kind="certificates",
             values=ended | {"valid_until": date(2029, 1, 1)}, actor=None)  # fmt: skip
    with clock.at(datetime(2026, 11, 21, 3, tzinfo=UTC)):
        page = sign_in(world, "owner").get(reverse("home")).content.decode()
        assert reverse("my_row", args=[world.business.pk, "certificates", halal.pk]) in page
        officer = sign_in(world, "lead_officer")
        for wanted, names in (
            ("ended", {"Kopi Puntang"}),
            ("ending", set()),
            ("", {"Kopi Puntang", "Batik Lain"}),
        ):
            page = officer.get(reverse("businesses"), {"certificates": wanted}).context["page"]
            assert {b.name for b in page} == names


@pytest.mark.django_db
def test_a_row_of_another_business_is_not_found(world: World, sign_in: SignIn) -> None:
    row = rows.add(business=world.other_business, kind="fairs", values={"name": "TEI"}, actor=None)
    for name in ("my_row", "my_row_remove"):
        address = reverse(name, args=[world.business.pk, "fairs", row.pk])
        assert sign_in(world, "owner").post(address).status_code == 404
    assert world.other_business.fairs.exists()
