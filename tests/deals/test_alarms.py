"""Alarms as rules: what must be found, what must not, whatever the figures."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from ekspora.deals import alarms
from ekspora.deals.alarms import Goods, Noted
from ekspora.engines.units import convert

DAY = date(2027, 4, 1)
amounts = st.decimals(min_value=Decimal("0.01"), max_value=10**12, places=2)
many = st.lists(amounts, max_size=12)
COFFEE = Goods("kg", Decimal(100_000), None, "IDR", Decimal(2000), 30)


def noted(
    amount: object = None, currency: str = "USD", quantity: object = None, unit: str = "", rung: str = "order"
) -> Noted:
    value = None if amount is None else Decimal(str(amount))
    return Noted(rung, DAY, value, currency, None if quantity is None else Decimal(str(quantity)), unit)


def codes(step: Noted, goods: Goods | None = None, *siblings: Noted) -> list[str]:
    return [alarm.code for alarm in alarms.in_deal(step, goods=goods, siblings=(*siblings, step))]


@given(amounts, many, many)
def test_an_outlier_is_a_hundred_times_the_median_of_those_it_is_compared_with(
    amount: Decimal, scope: list[Decimal], agency: list[Decimal]
) -> None:
    found = alarms.outlier(noted(amount), scope, agency)
    others = scope if len(scope) >= alarms.FEW else agency
    assert (found is not None) == (bool(others) and amount >= 100 * Decimal(median(others)))
    if found is not None:
        assert found.values["among"] == ("activity" if len(scope) >= alarms.FEW else "agency")
        assert found.values["others"] == str(len(others))


@given(amounts, amounts, many)
def test_a_larger_amount_is_never_less_of_an_outlier(
    low: Decimal, more: Decimal, others: list[Decimal]
) -> None:
    if alarms.outlier(noted(low), others, others) is not None:
        assert alarms.outlier(noted(low + more), others, others) is not None


def test_without_others_nothing_is_an_outlier() -> None:
    assert alarms.outlier(noted(239_500_000), [], []) is None
    assert alarms.outlier(noted(None), [Decimal(1)] * 5, []) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**5))
def test_a_fair_price_raises_no_alarm(price: int, quantity: int, percent: int) -> None:
    goods = Goods("kg", Decimal(price), None, "USD")
    share = Decimal(50 + percent % 150) / 100  # half to twice the price
    assert codes(noted(price * quantity * share, quantity=quantity, unit="kg"), goods) == []


@given(st.integers(1, 10**5), st.integers(1, 10**5), st.integers(20, 10**6))
def test_twenty_times_the_price_always_raises_one_alarm(price: int, quantity: int, times: int) -> None:
    goods = Goods("kg", Decimal(price), None, "USD")
    assert len(codes(noted(price * quantity * times, quantity=quantity, unit="kg"), goods)) == 1
    assert len(codes(noted(Decimal(price * quantity) / times, quantity=quantity, unit="kg"), goods)) == 1


def test_units_are_converted_before_prices_are_compared() -> None:
    goods = Goods("kg", Decimal(5), None, "USD")
    assert codes(noted(10_000, quantity=2, unit="t"), goods) == []
    assert codes(noted(10, quantity=2, unit="t"), goods) == ["thousands_less"]
    assert codes(noted(10_000, quantity=2, unit="carton"), goods) == []  # nobody knows what a carton holds
    assert codes(noted(60, quantity=1, unit="dozen"), Goods("pcs", Decimal(5), None, "USD")) == []


def test_the_slips_of_a_pen_are_called_by_name() -> None:
    goods = Goods("kg", Decimal(5), Decimal(6), "USD")
    assert codes(noted(10_000_000, quantity=2000, unit="kg"), goods) == ["thousands_more"]
    assert codes(noted(10, quantity=2000, unit="kg"), goods) == ["thousands_less"]
    assert codes(noted(150_000_000, quantity=2000, unit="kg"), goods) == ["rupiah_as_dollars"]
    assert codes(noted(250_000, quantity=2000, unit="kg"), goods) == ["price"]
    assert codes(noted(200_000_000, "USD", 2000, "kg"), COFFEE) == ["rupiah_as_dollars"]
    assert codes(noted(200_000_000, "IDR", 2000, "kg"), COFFEE) == []
    assert codes(noted(13_000, "IDR", 2000, "kg"), COFFEE) == ["dollars_as_rupiah"]
    assert (
        codes(noted(200_000_000, "EUR", 2000, "kg"), COFFEE) == []
    )  # no rate is kept: nothing to compare with


def test_more_than_a_year_of_free_capacity_is_told_with_the_lead_time() -> None:
    assert codes(noted(None, quantity=24_000, unit="kg"), COFFEE) == []
    (alarm,) = alarms.in_deal(noted(None, quantity=24_001, unit="kg"), goods=COFFEE, siblings=())
    assert (alarm.code, alarm.values["months"], alarm.values["lead_time"]) == ("capacity", "13", "30")
    assert codes(noted(None, quantity=25, unit="t"), COFFEE) == ["capacity"]
    assert codes(noted(None, quantity=1, unit="kg"), Goods("kg", capacity=Decimal(0))) == ["capacity"]
    assert codes(noted(None, quantity=10**6, unit="kg"), Goods("kg")) == []


def test_paid_needs_shipped_and_nothing_exceeds_what_came_before() -> None:
    order, shipped, paid = (noted(100, rung=rung) for rung in ("order", "shipped", "paid"))
    assert codes(paid, None, order) == ["paid_unshipped"]
    assert codes(paid, None, order, shipped) == []
    assert codes(noted(101, rung="shipped"), None, order) == ["shipped_over"]
    assert codes(noted(60, rung="shipped"), None, order, noted(50, rung="shipped")) == ["shipped_over"]
    assert codes(noted(101, rung="paid"), None, order, shipped) == ["paid_over"]
    assert codes(noted(101, "EUR", rung="paid"), None, order, shipped) == []
    assert codes(noted(500, rung="shipped")) == []  # a rung may be skipped
    by_weight = noted(None, quantity=2, unit="t", rung="shipped")
    assert codes(by_weight, None, noted(None, quantity=1500, unit="kg")) == ["shipped_more"]
    assert codes(by_weight, None, noted(None, quantity=1500, unit="carton")) == []


@given(st.lists(st.tuples(st.sampled_from(alarms.LADDER), st.integers(0, 400)), max_size=12))
def test_days_are_in_order_exactly_when_each_rung_began_after_the_one_before(
    rows: list[tuple[str, int]],
) -> None:
    steps = [Noted(rung, DAY + timedelta(days=days)) for rung, days in rows]
    first = {
        rung: min(step.happened_on for step in steps if step.rung == rung)
        for rung in alarms.LADDER
        if any(step.rung == rung for step in steps)
    }
    assert bool(alarms.out_of_order(steps)) == (list(first.values()) != sorted(first.values()))


@given(
    st.decimals(min_value=1, max_value=10**6, places=2),
    st.sampled_from(["g", "kg", "q", "t"]),
    st.sampled_from(["kg", "t"]),
)
def test_converting_there_and_back_is_the_same(amount: Decimal, unit: str, into: str) -> None:
    there = convert(amount, unit, into)
    assert there is not None
    assert convert(there, into, unit) == amount
    assert convert(amount, unit, "l") is None
