"""Businesses by area: counted steps open their records, reported figures stand beside, the list as a file."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from ekspora.directory.models import Business, ExportRecord, Listing
from ekspora.directory.queries.businesses import businesses_for, listed
from ekspora.directory.queries.filters import Filters
from ekspora.directory.queries.funnel import by_province, funnel
from tests.world import World

pytestmark = pytest.mark.django_db


def known(world: World, **values: object) -> Business:
    """One more business on the lead's list."""
    made = Business.objects.create(**({"name": "Gula Semut", "province": "33"} | values))
    Listing.objects.create(business=made, agency=world.lead)
    return made


def counts(world: World, province: str = "") -> dict[str, int]:
    """Step: how many."""
    found = funnel(world.actor("lead_officer"), Filters(province=province))
    return {rung.code: rung.count for rung in found}


def test_each_step_counts_what_reached_it(world: World) -> None:
    none = {"medium": 0, "ready": 0, "exported": 0, "regularly": 0}
    assert counts(world) == {"registered": 2, "active": 2} | none
    large = known(world, size="large")
    ExportRecord.objects.create(business=large, market="JP", year=2023)
    ExportRecord.objects.create(business=large, market="MY", year=2023)
    ExportRecord.objects.create(business=large, market="MY", year=0)
    assert counts(world) == {"registered": 3, "active": 2} | none | {"medium": 1, "exported": 1}
    ExportRecord.objects.create(business=large, market="MY", year=2024)
    assert counts(world)["regularly"] == 1
    assert counts(world, province="33") == {
        "registered": 1, "active": 0, "medium": 1, "ready": 0, "exported": 1, "regularly": 1
    }  # fmt: skip


@pytest.mark.parametrize("step", ["registered", "active", "medium", "ready", "exported", "regularly"])
def test_a_step_opens_exactly_what_it_counts(world: World, step: str) -> None:
    large = known(world, size="medium", email="x@example.org")
    for year in (2023, 2024):
        ExportRecord.objects.create(business=large, market="JP", year=year)
    actor = world.actor("lead_officer")
    assert businesses_for(actor, Filters(step=step)).count() == counts(world)[step]
    assert listed(actor, Filters(step="no such step")).count() == 3


def test_an_officer_of_another_agency_counts_their_own(world: World) -> None:
    assert funnel(world.actor("other_officer"), Filters())[0].count == 0
    assert by_province(world.actor("lead_officer"), Filters()) == {"32": 2}


def test_the_page_shows_the_contradiction_of_the_source(client: Client, world: World) -> None:
    known(world, province="", country="SG")
    client.force_login(world.account("lead_officer"))
    page = client.get("/businesses/by-area/").content.decode()
    assert "30 persen atau 10.000" in page
    assert "9.000" in page
    assert "step=exported" in page


def test_every_step_of_the_page_leads_to_the_businesses_it_counts(client: Client, world: World) -> None:
    large = known(world, size="large", nib="9120001234567")
    ExportRecord.objects.create(business=large, market="JP", year=2023)
    client.force_login(world.account("lead_officer"))
    page = client.get("/businesses/by-area/?province=33&step=exported&nib=1")
    found = [(rung.code, rung.count, query) for rung, query in page.context["rungs"]]
    assert [(code, count) for code, count, _query in found] == [
        ("registered", 1), ("active", 0), ("medium", 1), ("ready", 0), ("exported", 1), ("regularly", 0)
    ]  # fmt: skip
    for _code, count, query in found:
        assert f'href="/businesses/?{escape(query)}"' in page.content.decode()
        assert client.get(f"/businesses/?{query}").context["page"].paginator.count == count


def test_the_funnel_costs_the_same_for_many(world: World) -> None:
    actor, costs = world.actor("lead_officer"), []
    for more in (1, 27):
        for n in range(more):
            known(world, name=f"Usaha {more}.{n}")
        with CaptureQueriesContext(connection) as queries:
            funnel(actor, Filters())
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_what_no_longer_works_is_not_active(world: World) -> None:
    Business.objects.filter(pk=world.business.pk).update(inactive_since=date(2026, 1, 1))
    assert counts(world)["active"] == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_narrowed_list_as_a_file_runs_nothing(client: Client, world: World, kind: str) -> None:
    known(world, name='=HYPERLINK("http://x")', phone="+628111111111")
    client.force_login(world.account("lead_officer"))
    data = client.get(f"/businesses/list.{kind}?province=33").content
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    else:
        cells = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        rows = [[str(cell) for cell in row] for row in cells]
    assert len(rows) == 2
    assert rows[1][0].removeprefix("'") == '=HYPERLINK("http://x")'
    assert kind == "xlsx" or rows[1][0].startswith("'")


def test_the_file_costs_the_same_for_many(client: Client, world: World) -> None:
    client.force_login(world.account("lead_officer"))
    client.get("/businesses/list.csv")
    with CaptureQueriesContext(connection) as few:
        client.get("/businesses/list.csv")
    for n in range(20):
        known(world, name=f"Usaha {n}")
    with CaptureQueriesContext(connection) as many:
        client.get("/businesses/list.csv")
    assert len(few) == len(many)


def test_the_file_can_be_imported_again_as_it_is(client: Client, world: World) -> None:
    from ekspora.engines.registers import read_source, understand

    known(world, size="small", founded=1999, employees=7, address="Jl. Merdeka No. 1", nib="9120001234567")
    client.force_login(world.account("lead_officer"))
    data = client.get("/businesses/list.xlsx").content
    understood = understand(read_source(data, "umkm.xlsx"), "businesses")
    assert (understood.good, understood.bad_rows) == (3, 0)
    assert {"name", "nib", "owner_name", "province", "address", "sector", "employees", "year_founded"} <= set(
        understood.mapping.values()
    )
