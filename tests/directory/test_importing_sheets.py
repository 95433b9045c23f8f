"""Several sheets of one shape in a workbook: named, read together, written once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry
from ekspora.directory.models import Business, Import
from ekspora.directory.services import importing
from ekspora.directory.services.importing.forgetting import drop_file
from tests.directory.registers import officer
from tests.engines.registers.build import xlsx
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
HEADER = ["No", "Nama Usaha", "No HP", "Alamat"]
BOOK = xlsx(
    {
        "Bayat": [
            ["DATA UMKM"],
            HEADER,
            [1, "Lurik A", "081234567890", "Jl. A"],
            [2, "Lurik B", "08", "Jl. B"],
        ],
        "Cawas": [HEADER, [1, "Tenun C", "081234567892", "Jl. C"], [2, "Tenun D", "abc", "Jl. D"]],
        "Petugas": [["Nama", "NIP"], ["X", "1"], ["Y", "2"]],
    }
)


def take(world: World) -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    return importing.take(
        agency=world.lead, actor=actor, kind="businesses", file_name="kecamatan.xlsx", data=BOOK
    )


def choose(client: Client, source: Import, sheet: str) -> str:
    answer = client.post(reverse("import_sheets", args=[source.pk]), {"sheet": sheet})
    return client.get(answer["Location"]).content.decode()


def test_an_officer_takes_all_sheets_of_one_shape_together(world: World, sign_in: SignIn) -> None:
    source = take(world)
    assert (source.report["sheet"], source.report["alike"]) == ("Bayat", ["Bayat", "Cawas"])
    client = sign_in(world, "lead_officer")
    assert "Cawas" in client.get(reverse("import_preview", args=[source.pk])).content.decode()
    page = choose(client, source, "")
    source.refresh_from_db()
    assert (source.sheets, source.report["rows"], source.report["good"]) == (["Bayat", "Cawas"], 4, 2)
    assert [issue["row"] for issue in source.report["bad"]] == ["Bayat: 4", "Cawas: 3"]
    assert "Cawas: 3" in page
    assert reverse("import_sheets", args=[source.pk]) not in page
    importing.write(source=source)
    assert set(Business.objects.filter(name__startswith="T").values_list("name", flat=True)) == {"Tenun C"}
    assert Business.objects.filter(name="Lurik A").exists()
    assert AuditEntry.objects.filter(action="import.sheets").count() == 1


def test_another_sheet_can_be_read_alone_and_a_strange_one_changes_nothing(
    world: World, sign_in: SignIn
) -> None:
    source, client = take(world), sign_in(world, "lead_officer")
    page = choose(client, source, "Cawas")
    source.refresh_from_db()
    assert (source.sheets, source.report["sheet"], source.report["rows"]) == (["Cawas"], "Cawas", 2)
    assert "Tenun C" in page
    assert "Bayat, Cawas" in choose(client, source, "Tidak ada")
    source.refresh_from_db()
    assert source.sheets == ["Cawas"]


def test_what_was_written_keeps_its_sheets(world: World) -> None:
    source = take(world)
    actor = world.people["lead_officer"]
    with pytest.raises(DomainError):
        importing.choose_sheets(source=source, sheets=["Tidak ada"], actor=actor)
    source.refresh_from_db()
    importing.write(source=source)
    with pytest.raises(Conflict):
        importing.choose_sheets(source=source, sheets=["Cawas"], actor=actor)
    source.refresh_from_db()
    assert source.sheets == []


def test_the_command_line_writes_the_sheets_it_was_told(world: World) -> None:
    source, _ = importing.bring(
        agency=world.lead, kind="businesses", file_name="k.xlsx", data=BOOK, sheets=("Bayat", "Cawas")
    )
    assert source.result["counts"]["directory.business"]["created"] == 2
    assert source.sheets == ["Bayat", "Cawas"]


def test_a_file_that_goes_takes_the_signature_below_its_table_along(world: World) -> None:
    rows: list[list[object]] = [
        [*HEADER],
        [1, "Lurik A", "081234567890", "Jl. A"],
        ["Mengetahui,"],
        ["Drs. Bambang Setiawan"],
    ]
    actor = officer(world.people["lead_officer"], world.lead)
    source = importing.take(
        agency=world.lead, actor=actor, kind="businesses", file_name="x.xlsx", data=xlsx({"Data": rows})
    )
    assert "Bambang" in str(source.report["left_out"])
    drop_file(source)
    source.refresh_from_db()
    assert "Bambang" not in str(source.report)
