"""Numbers, money, dates and countries in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ekspora.ui import formats

INSTANT = datetime(2026, 12, 14, 2, 25, tzinfo=UTC)


def both(function: "object", *arguments: object) -> tuple[str, str]:
    """What a reader of Indonesian and a reader of English see."""
    shown = []
    for language in ("id", "en"):
        with override(language):
            shown.append(function(*arguments))  # type: ignore[operator]  # any function of formats
    return shown[0].replace("\u00a0", " "), shown[1].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (50000, "IDR", ("Rp 50.000", "IDR 50,000")),
        (Decimal("0.5"), "IDR", ("Rp 0,50", "IDR 0.50")),
        (Decimal("3.4"), "USD", ("USD 3,40", "USD 3.40")),
        (-1200, "JPY", ("-JPY 1.200,00", "-JPY 1,200.00")),
    ],
)
def test_money_always_names_its_currency(amount: Decimal, currency: str, shown: tuple[str, str]) -> None:
    assert both(formats.money, amount, currency) == shown


def test_numbers() -> None:
    assert both(formats.number, 1234.5) == ("1.234,5", "1,234.5")
    assert both(formats.number, 2, 2) == ("2,00", "2.00")
    assert both(formats.percent, 0.875) == ("88%", "88%")
    assert both(formats.percent, 0.875, 1) == ("87,5%", "87.5%")
    assert both(formats.short_number, 61_000_000_000) == ("61 miliar", "61 billion")


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_can_be_read_back(value: Decimal) -> None:
    with override("id"):
        assert Decimal(formats.number(value, 3).replace(".", "").replace(",", ".")) == value


def test_units_known_and_unknown() -> None:
    assert both(formats.quantity, Decimal("2.5"), "kg") == ("2,5 kg", "2.5 kg")
    assert both(formats.quantity, 1200, "pasang") == ("1.200 pasang", "1,200 pasang")


def test_countries_have_names_in_both_languages() -> None:
    assert both(formats.country, "ZA") == ("Afrika Selatan", "South Africa")
    assert both(formats.country, "tl") == ("Timor Leste", "Timor-Leste")
    assert both(formats.country, "??") == ("??", "??")


@pytest.mark.parametrize(
    ("zone", "clock", "name"),
    [
        ("Asia/Jakarta", "09.25", "WIB"),
        ("Asia/Makassar", "10.25", "WITA"),
        ("Asia/Jayapura", "11.25", "WIT"),
        ("Asia/Kuala_Lumpur", "10.25", "UTC+8"),
        ("Asia/Kolkata", "07.55", "UTC+5:30"),
        ("America/St_Johns", "22.55", "UTC-3:30"),
        ("Europe/London", "02.25", "UTC+0"),
    ],
)
def test_times_stand_on_the_clock_of_the_place(zone: str, clock: str, name: str) -> None:
    value = formats.in_zone(INSTANT, zone)
    assert both(formats.clock, value) == (clock, clock.replace(".", ":"))
    assert formats.zone_name(value) == name


def test_days_and_moments() -> None:
    value = formats.in_zone(INSTANT, "Asia/Jakarta")
    assert both(formats.day, value) == ("Senin, 14 Desember 2026", "Monday, 14 December 2026")
    assert both(formats.day, date(2026, 8, 17), False) == ("17 Agustus 2026", "17 August 2026")
    assert both(formats.moment, value) == ("14 Des 2026, 09.25 WIB", "14 Dec 2026, 09:25 WIB")


def test_a_day_counts_on_the_clock_of_the_place() -> None:
    late = datetime(2026, 12, 14, 18, 0, tzinfo=UTC)
    assert both(formats.day, formats.in_zone(late, "Asia/Jakarta"), False)[0] == "15 Desember 2026"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Kopi Puntang Lestari", "KL"), ("Rina", "R"), ("PT. (Persero) Bio-Farma", "PF"), ("", "?"), ("…", "?")],
)
def test_initials(name: str, shown: str) -> None:
    assert formats.initials(name) == shown
