"""Deals: begun in five ways, seen by those who work on them, listed, closed, handed over."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.home import cards_for
from ekspora.core.models import AuditEntry
from ekspora.deals.models import Commitment, Deal, DealStep
from ekspora.deals.queries.deals import Wanted, deal_for, deals_for, officers_of
from ekspora.deals.queries.sources import promising, source_of
from ekspora.deals.queries.values import stages_of
from ekspora.deals.services import deals as services
from ekspora.deals.services import steps as step_services
from ekspora.demand.models import Outcome
from ekspora.directory.models import Buyer, Product
from ekspora.programmes.models import Organiser
from tests.core.test_documents import pdf
from tests.deals.ladder import LATER, alone, buyer, deal, encounter, inquiry, step
from tests.world import World

SignIn = Callable[[World, str], Client]


pytestmark = pytest.mark.usefixtures("own_files")


def typed(world: World, **more: object) -> dict[str, object]:
    """The form of a new deal as it is sent."""
    return {
        "buyer_name": "Kaveri Coffee Traders", "country": "India", "kind": "importer", "subject": "Kopi",
        "agency": world.lead.pk, "key": str(uuid4()),
    } | more  # fmt: skip


def test_agency_lead_and_co_organiser_work_on_it_and_nobody_else(world: World) -> None:
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role="host")
    one, elsewhere = deal(world), deal(world, scope="", agency=world.co)
    seen = {
        name: set(deals_for(world.actor(name)))
        for name in ("lead_officer", "co_officer", "other_officer", "owner", "representative", "stranger")
    }
    assert seen["lead_officer"] == {one}
    assert seen["co_officer"] == {one, elsewhere}
    assert not any(seen[name] for name in ("other_officer", "owner", "representative", "stranger"))
    assert deal_for(world.actor("lead_officer"), elsewhere.pk) is None


def test_the_same_form_twice_is_one_deal(world: World) -> None:
    key = uuid4()
    assert deal(world, key=key) == deal(world, key=key)
    assert Deal.objects.count() == 1


def test_parts_that_do_not_belong_together_are_refused(world: World) -> None:
    with pytest.raises(DomainError):
        deal(world, product=world.other_business.products.get())
    with pytest.raises(DomainError):
        deal(world, business=world.other_business, encounter=encounter(world))


def test_a_deal_begins_with_a_meeting_and_the_meeting_no_longer_waits(world: World, sign_in: SignIn) -> None:
    met = encounter(world)
    assert list(promising(world.activity.scope)) == [met]
    client = sign_in(world, "lead_officer")
    address = reverse("deal_new") + f"?encounter={met.pk}"
    page = client.get(address)
    assert page.context["form"].initial["mission"] == world.mission
    made = client.post(address, typed(world, mission=world.mission.pk))
    one = Deal.objects.get()
    assert made["Location"] == reverse("deal", args=[one.pk])
    assert (one.encounter, one.scope, one.mission) == (met, world.activity.scope, world.mission)
    assert one.buyer.introduced_by == world.mission
    assert not promising(world.activity.scope).exists()


def test_a_deal_begins_with_a_promise_whose_buyer_was_named(world: World, sign_in: SignIn) -> None:
    assert world.guest.representative is not None
    promise = Commitment.objects.create(
        scope=world.activity.scope, kind=Outcome.Step.BUYERS, side="guest", business=world.business,
        representative=world.guest.representative, agency=world.lead, due=LATER.date(),
    )  # fmt: skip
    promise.buyers.add(buyer(world))
    address = reverse("deal_new") + f"?commitment={promise.pk}"
    page = sign_in(world, "lead_officer").get(address)
    assert page.context["form"].initial["buyer_name"] == "Kaveri Coffee Traders Pvt Ltd"
    assert sign_in(world, "other_officer").get(address).status_code == 404


def test_a_deal_is_noted_by_hand_for_a_business_of_the_list(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    choice = client.get(reverse("deal_new"), {"q": "puntang"})
    assert [row.name for row in choice.context["page"]] == ["Kopi Puntang"]
    client.post(reverse("deal_new") + f"?business={world.business.pk}", typed(world))
    assert Deal.objects.get().scope == ""
    assert (
        sign_in(world, "other_officer")
        .get(reverse("deal_new") + f"?business={world.business.pk}")
        .status_code
        == 404
    )


def test_others_find_no_source(world: World) -> None:
    met, asked = encounter(world), inquiry(world)
    for name in ("other_officer", "owner", "representative"):
        assert source_of(world.actor(name), {"encounter": str(met.pk)}) is None
        assert source_of(world.actor(name), {"inquiry": str(asked.pk)}) is None
    assert source_of(world.actor("lead_officer"), {"encounter": "nonsense"}) is None


def test_an_embassy_is_refused_beside_the_field_and_nothing_is_written(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    page = client.post(
        reverse("deal_new") + f"?business={world.business.pk}", typed(world, buyer_name="Embassy of India")
    )
    assert page.context["form"].errors["buyer_name"]
    assert not Deal.objects.exists()
    assert not Buyer.objects.exists()


def test_closing_says_why_and_opening_again_leaves_a_trace(world: World) -> None:
    one, officer = deal(world), world.people["lead_officer"]
    for state, why in (("lost", " "), ("won", "x"), ("open", "x")):
        with pytest.raises(DomainError):
            services.close(deal=one, state=state, why=why, actor=officer)
    for _twice in range(2):
        services.close(deal=one, state="lost", why="Price too high", actor=officer)
    services.reopen(deal=one, actor=officer)
    services.reopen(deal=one, actor=officer)
    actions = list(
        AuditEntry.objects.filter(target_type="deals.deal").order_by("pk").values_list("action", flat=True)
    )
    assert actions == ["deal.begin", "deal.close", "deal.reopen"]
    one.refresh_from_db()
    assert (one.state, one.closing_note) == ("open", "")


def test_a_deal_is_handed_to_somebody_who_works_on_it(world: World, sign_in: SignIn) -> None:
    one, officer, co = deal(world), world.people["lead_officer"], world.people["co_officer"]
    assert set(officers_of(one)) == {officer, co}
    with pytest.raises(DomainError):
        services.hand_over(deal=one, owner=world.people["other_officer"], why="", actor=officer)
    client = sign_in(world, "lead_officer")
    client.post(reverse("deal_hand_over", args=[one.pk]), {"owner": co.pk, "why": "Transferred to Bandung"})
    one.refresh_from_db()
    assert one.owner == co
    page = client.get(reverse("deal", args=[one.pk])).text
    assert "Lead Officer → Co Officer: Transferred to Bandung" in page


def test_changing_the_product_looks_at_the_steps_anew(world: World) -> None:
    Product.objects.update(price=Decimal(8), currency="USD")
    one, officer = deal(world), world.people["lead_officer"]
    noted = step(world, one, "order", 8_000_000, quantity=Decimal(1000), unit="kg").step
    assert noted.alarms == []
    who = {"name": one.buyer.name, "country": "IN", "kind": "importer"}
    values = {"product": world.business.products.get(), "subject": "", "mission": world.mission}
    assert set(services.edit(deal=one, buyer=who, values=values, actor=officer)) == {"product"}
    assert [alarm["code"] for alarm in DealStep.objects.get().alarms] == ["thousands_more"]
    assert services.edit(deal=one, buyer=who, values=values, actor=officer) == []


def test_a_figure_opens_exactly_its_deals(world: World, sign_in: SignIn) -> None:
    rows = [
        ("loi", 100, "USD"),
        ("inquiry", 40, "USD"),
        ("order", 90, "USD"),
        ("loi", 5, "EUR"),
        ("paid", 7, "USD"),
    ]
    for rung, amount, currency in rows:
        step(world, deal(world), rung, amount, currency=currency)
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("deals", args=[world.activity.pk]))
    numbers = [value for _code, _label, values in page.context["stages"] for value in values]
    assert {(value.rung, value.currency): value.amount for value in numbers} == {
        ("potential", "USD"): 140, ("potential", "EUR"): 5, ("order", "USD"): 90,
    }  # fmt: skip
    for value in numbers:
        found = client.get(f"{reverse('deals', args=[world.activity.pk])}?{value.query}").context["page"]
        assert found.paginator.count == value.deals
        again = stages_of(Deal.objects.filter(pk__in=[row.pk for row in found.object_list]))
        assert value in again


def test_the_list_narrows(world: World) -> None:
    one = deal(world)
    two = deal(world, who=buyer(world, "Suva Stores", "FJ"), business=world.other_business)
    step(world, one, "paid", 100)
    services.close(deal=two, state="lost", why="Price", actor=world.people["lead_officer"])
    actor = world.actor("lead_officer")

    def found(**wanted: str) -> set[Deal]:
        return set(deals_for(actor, Wanted(**wanted)))

    assert found() == {one, two}
    assert (
        found(rung="paid")
        == found(alarms="1")
        == found(state="open")
        == found(words="puntang kaveri")
        == {one}
    )
    assert found(country="FJ") == found(state="lost") == found(words="suva") == {two}
    assert found(rung="paid", currency="USD") == set()  # it waits to be checked
    assert found(rung="nonsense") == set()


def test_pages_cost_the_same_however_many(
    world: World, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    many = [deal(world) for _n in range(3)]
    for one in many:
        step(world, one, "order", 100)
    client = sign_in(world, "lead_officer")
    addresses = [
        (reverse("deals", args=[world.activity.pk]), 19), (reverse("all_deals"), 13),
        (reverse("deal", args=[many[0].pk]), 19),
    ]  # fmt: skip
    for address, cost in addresses:
        client.get(address)
        with django_assert_num_queries(cost):
            client.get(address)
    for n in range(57):
        one = deal(world, who=buyer(world, f"Buyer {n}"))
        step(world, one, "order", 100 + n)
    for address, cost in addresses:
        with django_assert_num_queries(cost):
            client.get(address)


def test_looking_organisers_are_told_that_deals_are_confidential(world: World, sign_in: SignIn) -> None:
    deal(world)
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role="sponsor")
    page = sign_in(world, "other_officer").get(reverse("deals", args=[world.activity.pk]))
    assert page.status_code == 200
    assert "Kaveri" not in page.text


def test_the_workbook_has_a_line_for_each_step_and_no_formula(world: World, sign_in: SignIn) -> None:
    one = deal(world, who=buyer(world, "=cmd|' /C calc'!A0"))
    step(world, one, "loi", 100)
    step(world, one, "paid", 50)
    deal(world)
    page = sign_in(world, "lead_officer").get(reverse("deals", args=[world.activity.pk]), {"as": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(page.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    assert "=cmd|' /C calc'!A0" in {row[1] for row in rows}
    assert {row[11] for row in rows[1:]} == {"", 100.0, 50.0}


def test_a_step_is_noted_and_its_file_given_out_as_an_attachment(world: World, sign_in: SignIn) -> None:
    one, client = deal(world), sign_in(world, "lead_officer")
    data = {
        "key": str(uuid4()), "rung": "order", "happened_on": "2027-04-02", "amount": "12973", "currency": "USD",
        "quantity": "2", "unit": "t", "evidence": "document", "reference": "PO 17",
    }  # fmt: skip
    address = reverse("deal_step_new", args=[one.pk])
    with clock.at(LATER):
        bad = client.post(
            address, data | {"file": SimpleUploadedFile("po.pdf", b"MZ program", "application/pdf")}
        )
        assert bad.status_code == 200
        assert bad.context["form"].non_field_errors()
        assert bad.context["form"]["key"].value() == data["key"]
        for _twice in range(2):
            client.post(address, data | {"file": SimpleUploadedFile("../../po.exe", pdf(), "text/html")})
    noted = DealStep.objects.get()
    assert (noted.amount, noted.quantity, noted.unit) == (Decimal(12973), Decimal(2), "t")
    file = client.get(reverse("evidence", args=[noted.pk]))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="evidence-{one.pk}-{noted.pk}.pdf"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file.content == pdf()
    for name in ("other_officer", "owner", "representative", "stranger"):
        assert sign_in(world, name).get(reverse("evidence", args=[noted.pk])).status_code == 404


def test_a_page_shows_what_was_compared_and_lets_a_colleague_check(world: World, sign_in: SignIn) -> None:
    alone(world)
    one = deal(world)
    noted = step(world, one, "paid", 100).step
    page = (
        sign_in(world, "colleague")
        .get(reverse("deal", args=[one.pk]), headers={"accept-language": "en"})
        .text
    )
    check = reverse("deal_step_check", args=[one.pk, noted.pk])
    assert check in page
    sign_in(world, "colleague").post(check, {"how": "Bank slip seen, an advance"})
    noted.refresh_from_db()
    assert noted.counts
    other = deal(world, who=buyer(world, "Other"))
    assert sign_in(world, "colleague").post(
        reverse("deal_step_withdraw", args=[other.pk, noted.pk]), {"why": "x"}
    ).status_code == 404  # fmt: skip


def test_the_home_page_asks_a_colleague_not_who_noted_it(
    world: World, django_assert_num_queries: Any
) -> None:
    step(world, deal(world), "paid", 100)
    mine = [card.url for card in cards_for(world.actor("lead_officer"))]
    theirs = [card.url for card in cards_for(world.actor("co_officer"))]
    address = reverse("all_deals") + "?alarms=1"
    assert address not in mine
    assert address in theirs


def test_the_activity_shows_its_step(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    here = reverse("deals", args=[world.activity.pk])
    assert f"{here}?rung=order" not in client.get(reverse("activity", args=[world.activity.pk])).text
    step(world, deal(world), "order", 100)
    assert (
        f"{here}?rung=order&amp;currency=USD"
        in client.get(reverse("activity", args=[world.activity.pk])).text
    )


def test_step_services_take_only_steps_that_stand(world: World) -> None:
    noted = step(world, deal(world), "order", 100).step
    checked = step_services.check(step=noted, how="nothing to check", actor=world.people["co_officer"])
    assert checked.checked_at is None  # there was no alarm
