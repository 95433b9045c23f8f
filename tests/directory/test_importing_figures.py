"""Sales, capital, ownership and exports out of a register, with the size that follows."""

from datetime import date
from decimal import Decimal

import pytest

from ekspora.directory.models import Business, ExportRecord, Import, Statement
from ekspora.directory.services import businesses, importing
from tests.directory.registers import as_csv, officer
from tests.world import World

pytestmark = pytest.mark.django_db

NAME = ("Nama usaha", "Kabupaten/Kota", "No WA")
WHO = ("Keripik Tempe Lestari", "Kota Malang", "0812-7777-8888")


def bring(world: World, headers: tuple[str, ...], *rows: tuple[str, ...]) -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    data = as_csv((*NAME, *headers), *((*WHO, *row) for row in rows))
    source = importing.take(
        agency=world.lead, actor=actor, kind="businesses", file_name="omzet.csv", data=data
    )
    importing.write(source=source)
    source.refresh_from_db()
    return source


def made() -> Business:
    return Business.objects.get(name=WHO[0])


def test_the_size_follows_from_the_sales_whatever_the_file_calls_it(world: World) -> None:
    bring(world, ("Omzet per bulan 2024", "Skala usaha"), ("Rp 300 juta", "Mikro"))
    assert (made().yearly_sales, made().sales_year, made().size) == (Decimal(3_600_000_000), 2024, "small")


def test_without_figures_the_size_is_what_the_file_says(world: World) -> None:
    bring(world, ("Skala usaha",), ("Menengah",))
    assert made().size == "medium"


def test_capital_has_its_day(world: World) -> None:
    bring(world, ("Modal usaha per 31 Desember 2023",), ("Rp 6.000.000.000",))
    assert (made().capital, made().capital_on, made().size) == (
        Decimal(6 * 10**9), date(2023, 12, 31), "medium"
    )  # fmt: skip


def test_an_older_figure_does_not_replace_a_newer_one(world: World) -> None:
    bring(world, ("Omzet 2024",), ("Rp 3 miliar",))
    bring(world, ("Omzet 2021",), ("Rp 100 juta",))
    bring(world, ("Omzet per tahun",), ("Rp 90 juta",))
    assert (made().yearly_sales, made().sales_year, made().size) == (Decimal(3 * 10**9), 2024, "small")


def test_a_newer_figure_changes_the_size_and_undoing_brings_it_back(world: World) -> None:
    bring(world, ("Omzet 2022",), ("Rp 1 miliar",))
    second = bring(world, ("Omzet 2024",), ("Rp 16 miliar",))
    assert made().size == "medium"
    importing.undo(source=second, actor=officer(world.people["lead_officer"], world.lead))
    assert (made().yearly_sales, made().sales_year, made().size) == (Decimal(10**9), 2022, "micro")


def test_figures_on_record_beat_a_size_that_a_file_tells(world: World) -> None:
    bring(world, ("Omzet 2022",), ("Rp 1 miliar",))
    bring(world, ("Skala usaha",), ("Besar",))
    assert made().size == "micro"
    businesses.edit(business=made(), actor=None, values={"yearly_sales": None})
    bring(world, ("Skala usaha",), ("Besar",))
    assert made().size == "large"


def test_an_owner_who_is_a_woman_owns_but_a_cooperative_belongs_to_many(world: World) -> None:
    headers = ("Jenis kelamin", "Bentuk usaha", "Wirausaha muda", "Disabilitas")
    bring(world, headers, ("P", "UD", "ya", "Tuna rungu"))
    assert (made().owned_by_women, made().owned_by_youth, made().owned_with_disability) == (True, True, True)
    made().delete()
    bring(world, headers, ("P", "Koperasi", "", ""))
    assert (made().owned_by_women, made().owned_with_disability) == (None, None)


EXPORTS = ("Negara tujuan ekspor", "Tahun ekspor", "Nilai ekspor (USD)", "Jenis ekspor")


def test_rows_of_one_business_are_its_exports(world: World) -> None:
    bring(
        world, EXPORTS, ("Jepang", "2022", "1200.50", "langsung"), ("Malaysia", "2023", "", "tidak langsung")
    )
    found = ExportRecord.objects.filter(business=made()).order_by("year")
    assert [(e.market, e.year, e.value, e.currency, e.is_indirect) for e in found] == [
        ("JP", 2022, Decimal("1200.50"), "USD", False), ("MY", 2023, None, "", True),
    ]  # fmt: skip


def test_an_export_learns_its_year_and_value_once_and_forgets_them_on_undo(world: World) -> None:
    bring(world, EXPORTS, ("Jepang", "", "", "langsung"))
    second = bring(world, EXPORTS, ("Jepang", "2022", "1200.50", "langsung"))
    export = ExportRecord.objects.get(business=made())
    assert (export.year, export.value, export.currency) == (2022, Decimal("1200.50"), "USD")
    assert Statement.objects.filter(origin=second, field=f"exports:{export.pk}").count() == 1
    assert bring(world, EXPORTS, ("Jepang", "2022", "1200.50", "langsung")).report["anything"] is False
    third = Import.objects.latest("pk")
    actor = officer(world.people["lead_officer"], world.lead)
    for source in (third, second):
        importing.undo(source=source, actor=actor)
    export.refresh_from_db()
    assert (export.year, export.value, export.currency) == (0, None, "")
    assert not Statement.objects.filter(origin=second).exists()
