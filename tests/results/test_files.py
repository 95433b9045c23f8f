"""The report on paper and as a workbook: what must stand in it, in both languages, and nothing evaluated."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from ekspora.core import clock
from ekspora.programmes.models import Organiser
from ekspora.results.queries.reports import contents, report_of
from ekspora.results.report_pdf import report_data, report_pdf
from ekspora.results.services import reports
from tests.results.records import EVENING, at_the_door, deal, feedback, later, photo, promise, reported, told
from tests.world import World

SignIn = Callable[[World, str], Client]


@pytest.fixture(autouse=True)
def _in_the_evening() -> Iterator[None]:
    with clock.at(EVENING):
        yield


@pytest.fixture
def full(world: World) -> World:
    """An activity with everything that a report can hold."""
    at_the_door(world)
    told(world)
    reported(world, '22 diplomats #import "x" $1')
    reported(world, "more than 400 visitors", beside="")
    promise(world, text="=cmd()")
    deal(world, ("loi", 10_000, "USD"), ("paid", 5_000_000, "IDR"))
    later(world, amount=700)
    feedback(world.maker, 5)
    photo(world)
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role="host")
    values = {
        "number": "061/LAP/III/2027", "dated": date(2027, 3, 12), "minutes": "Satu.\n\nDua *tiga*\n= empat",
        "signatory": "Ratna", "signatory_position": "Sekretaris", "signatory_number": "1970",
    }  # fmt: skip
    reports.write(activity=world.activity, values=values, actor=world.actor("lead_officer"))
    return world


def data_of(world: World, language: str) -> dict[str, Any]:
    with override(language):
        found = contents(world.activity, world.actor("lead_officer"))
        return report_data(world.activity, report_of(world.activity), found, [f"{found.photos[0].pk}.svg"])


def test_counted_and_reported_stand_in_columns_of_their_own(full: World) -> None:
    data = data_of(full, "en")
    guests = next(part for part in data["figures"] if part["heading"] == "Representatives")
    came = next(row for row in guests["rows"] if row["label"] == "came")
    assert came["counted"] == "2"
    assert [(one["wording"], one["differs"]) for one in came["reported"]] == [
        ('22 diplomats #import "x" $1', True)
    ]
    assert came["reported"][0]["source"] == "Laporan terbit, date not known"
    alone = data["figures"][-1]["rows"]
    assert [(row["counted"], row["reported"][0]["wording"]) for row in alone] == [
        ("", "more than 400 visitors")
    ]


def test_the_four_values_stand_apart(full: World) -> None:
    parts = {part["heading"]: part["rows"] for part in data_of(full, "en")["values"]["parts"]}
    assert list(parts) == ["potential value", "contracted value", "shipped value", "paid value"]
    assert [row[0] for row in parts["potential value"]] == ["letter of intent or MoU"]
    assert parts["contracted value"] == []
    assert data_of(full, "en")["later"] == ["an order was placed: 1 (USD\xa0700.00)"]


def test_it_is_signed_by_the_lead_and_acknowledged_by_the_host(full: World) -> None:
    left, right = data_of(full, "id")["signatures"]
    assert (left["above"], left["position"], left["name"]) == ("Mengetahui,", "Dinas lain", "")
    assert (right["position"], right["name"], right["below"]) == ("Sekretaris", "Ratna", "NIP 1970")
    assert right["above"].endswith("12 Maret 2027")


def test_the_attendance_list_is_the_one_of_the_door(full: World) -> None:
    attendance = data_of(full, "id")["attendance"]
    assert [len(part["rows"]) for part in attendance["parts"]] == [2, 2]
    assert attendance["sum"] == "Diundang: 4 · bersedia: 4 · hadir: 3"


@pytest.mark.parametrize(
    ("language", "title"), [("id", "Laporan kegiatan"), ("en", "Report of the activity")]
)
def test_the_pdf_is_tagged_and_in_the_language_asked_for(
    full: World, sign_in: SignIn, language: str, title: str
) -> None:
    assert data_of(full, language)["title"] == title
    answer = sign_in(full, "lead_officer").get(
        reverse("report_pdf", args=[full.activity.pk]), {"language": language}
    )
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert f"({language}).pdf" in answer["Content-Disposition"]


def test_a_report_about_nothing_can_be_printed(world: World) -> None:
    found = contents(world.activity, world.actor("lead_officer"))
    assert report_pdf(world.activity, report_of(world.activity), found).startswith(b"%PDF")


def test_a_photo_whose_file_is_gone_does_not_stop_the_report(full: World) -> None:
    found = contents(full.activity, full.actor("lead_officer"))
    name = found.photos[0].photo.name
    assert name is not None
    found.photos[0].photo.storage.delete(name)
    assert report_pdf(full.activity, report_of(full.activity), found).startswith(b"%PDF")


def test_the_workbook_has_a_sheet_for_each_subject_and_no_formula(full: World, sign_in: SignIn) -> None:
    full.people["lead_officer"].language = "en"
    full.people["lead_officer"].save()
    data = sign_in(full, "lead_officer").get(reverse("report_xlsx", args=[full.activity.pk])).content
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    assert list(sheets) == ["Figures", "Participants", "Meetings", "Promises", "Values", "Reported"]
    assert [len(rows) for rows in sheets.values()][1:] == [5, 4, 4, 3, 4]
    assert "=cmd()" in {row[1] for row in sheets["Promises"]}
    assert ["potential value", "letter of intent or MoU", "USD", 10000, 1] in sheets["Values"]
    assert any("=1+1" in row for row in sheets["Meetings"])
    with ZipFile(BytesIO(data)) as archive:
        assert not [n for n in archive.namelist() if "sheet" in n and b"<f>" in archive.read(n)]
