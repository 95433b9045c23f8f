"""Steps of a deal: evidence, what counts, what looks wrong, two officers at once."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry
from ekspora.core.services import audit
from ekspora.deals import alarm_words
from ekspora.deals.models import DealStep
from ekspora.deals.queries import ladder as reads
from ekspora.deals.queries.deals import deal_for
from ekspora.deals.queries.values import Value, stages, values
from ekspora.deals.services import deals as deal_services
from ekspora.deals.services import steps as services
from ekspora.directory.models import Product
from ekspora.directory.services.businesses import record_export
from tests.core.test_documents import pdf
from tests.deals.ladder import LATER, alone, buyer, deal, step
from tests.world import World

pytestmark = pytest.mark.usefixtures("own_files")


def files(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def codes(one: DealStep) -> list[str]:
    return [alarm["code"] for alarm in DealStep.objects.get(pk=one.pk).alarms]


def test_the_real_case_whatever_the_order_of_noting(world: World) -> None:
    """Four letters of intent, USD 239.52 million, of which one alone was USD 239.5 million."""
    letters = [Decimal("239500000"), Decimal("4500"), Decimal("6500"), Decimal("9000")]
    for order in itertools.permutations(letters):
        DealStep.objects.all().delete()
        noted = {amount: step(world, deal(world), "loi", amount).step for amount in order}
        assert {amount: codes(one) for amount, one in noted.items()} == {
            letters[0]: ["outlier"], letters[1]: [], letters[2]: [], letters[3]: [],
        }  # fmt: skip
        assert values(world.activity.scope) == [Value("loi", "USD", Decimal(20_000), 3)]
    alarm = DealStep.objects.get(pk=noted[letters[0]].pk).alarms[0]
    with override("en"):
        text = alarm_words.sentence(alarm)
    assert "36,846 times USD\u00a06,500.00" in text
    assert "3 other counted values" in text
    assert "in this activity" in text


def test_an_outlier_of_fifteen_thousand_times_may_be_rupiah(world: World) -> None:
    step(world, deal(world), "loi", 10_000)
    with override("en"):
        texts = [
            alarm_words.sentence(step(world, deal(world), "loi", amount).step.alarms[0])
            for amount in (150_000_000, 2_000_000)
        ]
    assert [text.endswith("perhaps the figure is in rupiah.") for text in texts] == [True, False]


def test_with_few_others_the_whole_agency_is_compared_and_said_so(world: World) -> None:
    step(world, deal(world, scope=""), "loi", 5000)
    large = step(world, deal(world), "loi", 600_000).step
    assert large.alarms[0]["values"]["among"] == "agency"
    with override("en"):
        assert "all of the agency" in alarm_words.sentence(large.alarms[0])
    assert step(world, deal(world), "loi", 600_000, currency="EUR").step.alarms == []
    assert step(world, deal(world, agency=world.co), "loi", 600_000).step.alarms == []


def test_an_alarm_counts_once_a_colleague_has_looked(world: World) -> None:
    alone(world)
    one = deal(world)
    paid = step(world, one, "paid", 100).step
    assert codes(paid) == ["paid_unshipped"]
    assert values(world.activity.scope) == []
    officer, colleague = world.people["lead_officer"], world.people["colleague"]
    with pytest.raises(DomainError, match=r"yourself|sendiri"):
        services.check(step=paid, how="Bank slip seen", actor=officer)
    with pytest.raises(DomainError):
        services.check(step=paid, how=" ok ", actor=colleague)
    for _twice in range(2):
        services.check(step=paid, how="An advance of 30 %, bank slip seen", actor=colleague)
    assert values(world.activity.scope) == [Value("paid", "USD", Decimal(100), 1)]
    assert AuditEntry.objects.filter(action="deal.step_check").count() == 1


def test_the_only_officer_of_an_agency_checks_with_words(world: World) -> None:
    paid = step(world, deal(world), "paid", 100).step
    services.check(step=paid, how="Bank slip seen", actor=world.people["lead_officer"])
    assert DealStep.objects.get().counts


def test_what_explains_an_alarm_takes_it_away(world: World) -> None:
    one = deal(world)
    paid = step(world, one, "paid", 100).step
    shipped = step(world, one, "shipped", 100).step
    assert codes(paid) == []
    services.withdraw(step=shipped, why="Wrong container", actor=world.people["lead_officer"])
    assert codes(paid) == ["paid_unshipped"]


def test_quantities_are_held_against_price_and_capacity(world: World) -> None:
    Product.objects.update(price=Decimal(8), currency="USD", lead_time_days=30)
    one = deal(world, product=world.business.products.get())
    assert codes(step(world, one, "order", 16_000, quantity=Decimal(2000), unit="kg").step) == []
    found = step(world, one, "order", 16_000_000, quantity=Decimal(30), unit="t").step
    assert codes(found) == ["outlier", "capacity", "price"] or set(codes(found)) == {
        "capacity",
        "price",
        "outlier",
    }
    with override("en"):
        text = " ".join(alarm_words.sentence(alarm) for alarm in DealStep.objects.get(pk=found.pk).alarms)
    assert "15 months of work" in text
    assert "another 30 days" in text


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_alarm_has_words_that_name_what_was_compared(world: World, language: str) -> None:
    Product.objects.update(price=Decimal(8), currency="USD")
    one = deal(world, product=world.business.products.get())
    kilos: dict[str, Any] = {"quantity": Decimal(1000), "unit": "kg"}
    for amount in (8000, 8_000_000, 8, 120_000_000, 300_000):
        step(world, one, "order", amount, **kilos)
    step(world, one, "shipped", 10**12, **kilos)
    step(world, deal(world), "paid", 5)
    other = deal(world)
    step(world, other, "order", 10)
    step(world, other, "shipped", 11)
    step(world, other, "paid", 12)
    found = [alarm for row in DealStep.objects.all() for alarm in row.alarms]
    assert {alarm["code"] for alarm in found} >= {
        "outlier", "price", "thousands_more", "thousands_less", "rupiah_as_dollars", "paid_unshipped", "shipped_over",
        "paid_over",
    }  # fmt: skip
    with override(language):
        for alarm in found:
            assert alarm_words.title(alarm)
            text = alarm_words.sentence(alarm)
            assert any(character.isdigit() for character in text)
            assert "%(" not in text


@pytest.mark.parametrize(
    "fault",
    [
        {"on": LATER.date() + timedelta(days=2)}, {"on": date(1927, 4, 1)}, {"evidence": "statement"},
        {"evidence": "rumour"}, {"reference": "  "}, {"rung": "promise"}, {"amount": -5}, {"currency": ""},
        {"quantity": Decimal(5)}, {"quantity": Decimal(-5), "unit": "kg"}, {"file": b"MZ\x90 program"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_nothing(
    world: World, fault: dict[str, Any], tmp_path: Path
) -> None:
    typed: dict[str, Any] = {"rung": "order", "amount": 100} | fault
    one = deal(world)
    with pytest.raises(DomainError):
        step(world, one, **typed)
    assert not DealStep.objects.exists()
    assert files(tmp_path) == []


def test_somebodys_word_is_enough_before_the_letter(world: World) -> None:
    for rung in ("interest", "inquiry", "sample"):
        assert step(world, deal(world), rung, evidence="statement").step.counts
    with pytest.raises(IntegrityError), transaction.atomic():
        DealStep.objects.filter(rung="sample").update(rung="order")


def test_a_double_click_is_one_step_and_the_same_paper_twice_is_refused(world: World, tmp_path: Path) -> None:
    one, key = deal(world), uuid4()
    first = step(world, one, "order", 100, key=key, reference="PO 17", file=pdf())
    again = step(world, one, "order", 100, key=key, reference="PO 17", file=pdf())
    assert (first.is_new, again.is_new, again.step) == (True, False, first.step)
    with pytest.raises(Conflict, match="Lead Officer"):
        step(world, one, "order", 100, reference="po 17", actor="co_officer")
    assert step(world, one, "order", 100, reference="PO 18").is_new
    assert len(files(tmp_path)) == 1
    assert all(not report.why for report in audit.verify())


def test_a_closed_deal_takes_no_step_until_it_is_opened_again(world: World) -> None:
    one, officer = deal(world), world.people["lead_officer"]
    deal_services.close(deal=one, state="lost", why="Price", actor=officer)
    with pytest.raises(DomainError):
        step(world, one, "order", 100)
    deal_services.reopen(deal=one, actor=officer)
    assert step(world, one, "order", 100).is_new


def test_withdrawing_needs_a_reason_keeps_the_row_and_takes_the_file(
    world: World, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    one, officer = deal(world), world.people["lead_officer"]
    noted = step(world, one, "order", 100, file=pdf()).step
    with pytest.raises(DomainError):
        services.withdraw(step=noted, why="  ", actor=officer)
    assert len(files(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(step=noted, why="Another business's order", actor=officer)
    services.withdraw(step=noted, why="again", actor=officer)
    noted.refresh_from_db()
    assert noted.withdrawn_why == "Another business's order"
    assert files(tmp_path) == []
    assert values(world.activity.scope) == []
    DealStep.objects.filter(pk=noted.pk).update(alarms=[{"code": "outlier", "values": {}}])
    with pytest.raises(DomainError):
        services.check(step=noted, how="looked at it", actor=officer)


def test_a_customs_paper_notes_an_export_once_and_takes_it_back(world: World) -> None:
    one, officer = deal(world), world.people["lead_officer"]
    shipments = [
        step(world, one, "shipped", 100, evidence="customs", on=date(2027, 4, day)).step for day in (1, 8)
    ]
    step(world, one, "shipped", 100, evidence="document")
    exports = world.business.exports
    assert list(exports.values_list("market", "year", "is_indirect")) == [("IN", 2027, False)]
    services.withdraw(step=shipments[0], why="Twice", actor=officer)
    assert exports.count() == 1
    services.withdraw(step=shipments[1], why="Wrong", actor=officer)
    assert exports.count() == 0
    assert AuditEntry.objects.filter(action="business.export_withdraw").count() == 1


def test_an_export_known_before_stays_when_the_step_goes(world: World) -> None:
    record_export(business=world.business, market="IN", year=2027, is_indirect=False, agency=None, actor=None)
    shipped = step(world, deal(world), "shipped", 100, evidence="customs").step
    services.withdraw(step=shipped, why="Wrong", actor=world.people["lead_officer"])
    assert world.business.exports.count() == 1


def test_a_sale_at_home_is_no_export(world: World) -> None:
    home = buyer(world, "Hotel Nusantara", "ID")
    step(world, deal(world, who=home), "shipped", 100, evidence="customs")
    assert world.business.exports.count() == 0


def test_rungs_may_be_passed_over_and_days_that_stand_wrong_are_told(world: World) -> None:
    one = deal(world)
    step(world, one, "sample", evidence="statement", on=date(2027, 4, 10))
    step(world, one, "shipped", 100, on=date(2027, 4, 2))
    read = deal_for(world.actor("lead_officer"), one.pk)
    assert read is not None
    states = {rung.code: rung.state for rung in reads.ladder_of(read)}
    assert states == {
        "interest": "passed", "inquiry": "passed", "sample": "reached", "loi": "passed", "order": "passed",
        "shipped": "reached", "paid": "",
    }  # fmt: skip
    assert len(reads.warnings_of(read)) == 1


def test_no_rung_is_added_to_another_and_no_currency(world: World) -> None:
    one, other = deal(world), deal(world)
    for rung, amount, day in (
        ("inquiry", 50, 1),
        ("loi", 90, 2),
        ("loi", 80, 3),
        ("order", 70, 4),
        ("order", 7, 5),
    ):
        step(world, one, rung, amount, on=date(2027, 4, day))
    step(world, one, "shipped", 75, on=date(2027, 4, 6))
    step(world, other, "loi", 1_000_000, currency="IDR")
    assert values(world.activity.scope) == [
        Value("inquiry", "USD", Decimal(50), 1), Value("loi", "IDR", Decimal(1_000_000), 1),
        Value("loi", "USD", Decimal(80), 1), Value("order", "USD", Decimal(77), 1),
        Value("shipped", "USD", Decimal(75), 1),
    ]  # fmt: skip
    assert stages(world.activity.scope) == [
        Value("potential", "IDR", Decimal(1_000_000), 1), Value("potential", "USD", Decimal(80), 1),
        Value("order", "USD", Decimal(77), 1), Value("shipped", "USD", Decimal(75), 1),
    ]  # fmt: skip
