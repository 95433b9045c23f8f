"""Writing the report: words, minutes from the agenda, what is missing, reported figures, photos, who is reminded."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from ekspora.core import clock
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.programmes import overview
from ekspora.programmes.models import Organiser
from ekspora.programmes.queries import agenda
from ekspora.results import report_step
from ekspora.results.minutes import proposal
from ekspora.results.models import Report, ReportedFigure, ReportPhoto
from ekspora.results.queries.checklist import checklist, next_item
from ekspora.results.queries.reports import contents, report_of
from ekspora.results.services import photos, reports
from tests.directory.addresses import jpeg
from tests.results.records import EVENING, at_the_door, photo, reported, told
from tests.world import World, at

SignIn = Callable[[World, str], Client]
NEXT_DAY = (at(9) + timedelta(days=1)).astimezone(UTC)
WORDS = {
    "number": "061/LAP/III/2027", "dated": date(2027, 3, 12), "minutes": "Dibuka pukul delapan.",
    "signatory": "Ratna", "signatory_position": "Sekretaris", "signatory_number": "", "signed_on": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_next_day() -> Iterator[None]:
    with clock.at(NEXT_DAY), override("en"):
        yield


def write(world: World, **values: object) -> Report:
    return reports.write(activity=world.activity, values=values, actor=world.actor("lead_officer"))


def missing(world: World) -> list[str]:
    found = contents(world.activity, world.actor("lead_officer"))
    items = checklist(world.activity, report_of(world.activity), found)
    return [item.label for item in items if not item.is_done]


def test_the_page_says_what_is_missing_until_the_report_can_be_signed(world: World) -> None:
    told(world)
    assert missing(world) == [
        "2 meetings without an answer", "Minutes", "At least one photo", "Number and date",
        "Who signs, with position", "Signed",
    ]  # fmt: skip
    world.activity.versions.update(state="superseded")
    photo(world)
    write(world, **WORDS)
    assert missing(world) == ["Signed"]
    signed = write(world, signed_on=date(2027, 3, 13))
    found = contents(world.activity, world.actor("lead_officer"))
    assert next_item(checklist(world.activity, signed, found), signed) is None


def test_the_trail_keeps_what_was_changed_and_nothing_is_written_twice(world: World) -> None:
    write(world, **WORDS)
    write(world, number="062")
    write(world, number="062")
    entries = AuditEntry.objects.filter(action="report.write").order_by("pk")
    assert [entry.details.get("number") for entry in entries] == [
        ["", "061/LAP/III/2027"],
        ["061/LAP/III/2027", "062"],
    ]
    assert Report.objects.count() == 1


def test_the_minutes_begin_from_agenda_and_figures_and_nothing_is_kept(world: World, sign_in: SignIn) -> None:
    at_the_door(world)
    told(world)
    client = sign_in(world, "lead_officer")
    address = reverse("report_edit", args=[world.activity.pk])
    shown = client.get(address, {"propose": "1"}).context["form"]["minutes"].value()
    draft = proposal(
        world.activity, agenda(world.activity), contents(world.activity, world.actor("co_officer"))
    )
    assert shown == draft
    for part in ("08.00 Pembukaan: …", "Perwakilan: 2 diundang, 2 bersedia, 2 hadir.", "Kopi 1"):
        assert part in draft
    assert not Report.objects.exists()
    assert not client.get(address).context["form"]["minutes"].value()


@pytest.mark.parametrize(
    ("signed", "number", "error"),
    [("2027-03-13", "", "signed_on"), ("2027-03-11", "061", "signed_on"), ("2027-03-13", "061", "")],
)
def test_nothing_is_signed_without_number_or_before_its_date(
    world: World, sign_in: SignIn, signed: str, number: str, error: str
) -> None:
    data = {"number": number, "dated": "2027-03-12", "signed_on": signed, "minutes": "x"}
    answer = sign_in(world, "co_officer").post(reverse("report_edit", args=[world.activity.pk]), data)
    assert answer.status_code == (200 if error else 302)
    if error:
        assert list(answer.context["form"].errors) == [error]
    assert Report.objects.filter(signed_on__isnull=False).exists() is not bool(error)


def test_a_reported_figure_keeps_its_wording_and_is_noted_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    data = {
        "wording": "a little over 40 small businesses", "label": "Usaha kecil", "label_en": "Small businesses",
        "source": "Laporan terbit", "source_date": "", "beside": "maker.came",
    }  # fmt: skip
    for _again in range(2):
        client.post(reverse("reported_figure_new", args=[world.activity.pk]), data)
    figure = ReportedFigure.objects.get()
    page = client.get(reverse("report", args=[world.activity.pk])).content.decode()
    assert "a little over 40 small businesses" in page
    assert "Tanggal sumber tidak diketahui" in page
    client.post(reverse("reported_figure_edit", args=[figure.pk]), data | {"source": "", "wording": "50"})
    figure.refresh_from_db()
    assert (figure.wording, figure.source) == ("a little over 40 small businesses", "Laporan terbit")
    client.post(reverse("reported_figure_edit", args=[figure.pk]), data | {"source": "Harian"})
    client.post(reverse("reported_figure_delete", args=[figure.pk]))
    entry = AuditEntry.objects.get(action="reported_figure.remove")
    assert (entry.details["source"], ReportedFigure.objects.count()) == ("Harian", 0)


def test_a_figure_stands_only_beside_one_that_is_counted(world: World, sign_in: SignIn) -> None:
    data = {"wording": "1", "label": "x", "source": "y", "beside": "guest.loved"}
    answer = sign_in(world, "lead_officer").post(
        reverse("reported_figure_new", args=[world.activity.pk]), data
    )
    assert list(answer.context["form"].errors) == ["beside"]


def test_another_activity_has_other_figures_and_photos(world: World, sign_in: SignIn) -> None:
    Organiser.objects.filter(activity=world.activity, agency=world.co).delete()
    figure, picture = reported(world), photo(world)
    client = sign_in(world, "co_officer")
    assert client.get(reverse("report_photo", args=[picture.pk])).status_code == 404
    assert client.post(reverse("report_photo_delete", args=[picture.pk])).status_code == 404
    assert client.post(reverse("reported_figure_delete", args=[figure.pk])).status_code == 404


def test_a_photo_is_made_safe_kept_once_and_goes_with_its_file(
    world: World, sign_in: SignIn, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse("report_photo_add", args=[world.activity.pk])
    for _again in range(2):
        sent = SimpleUploadedFile("x.exe", jpeg("navy", (3000, 1000)))
        client.post(address, {"picture": sent, "caption": "Pembukaan"})
    kept = ReportPhoto.objects.get()
    shown = client.get(reverse("report_photo", args=[kept.pk]))
    with Image.open(BytesIO(shown.content)) as image:
        assert (image.format, image.width) == ("JPEG", 1200)
    again = client.get(reverse("report_photo", args=[kept.pk]), headers={"if-none-match": shown["ETag"]})
    assert again.status_code == 304
    name = kept.photo.name or ""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        client.post(reverse("report_photo_delete", args=[kept.pk]))
    assert not default_storage.exists(name)
    assert not ReportPhoto.objects.exists()


@pytest.mark.parametrize(("data", "caption"), [(b"GIF89a no photo", "Acara"), (jpeg(), "  ")])
def test_no_photo_without_a_picture_and_words(world: World, data: bytes, caption: str) -> None:
    with pytest.raises(DomainError):
        photos.add(activity=world.activity, data=data, caption=caption, actor=world.actor("lead_officer"))


def test_a_report_has_forty_photos_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST", 1)
    photo(world)
    with pytest.raises(DomainError, match="at most 1"):
        photo(world, colour="red")


def test_officers_who_work_on_it_are_reminded_until_it_is_signed(world: World) -> None:
    def card(actor: str) -> list[tuple[str, int]]:
        return [(str(card.title), card.urgency) for card in report_step.cards(world.actor(actor))]

    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role="host")
    assert card("lead_officer") == card("co_officer") == [("29 days left to sign the report", 40)]
    assert card("other_officer") == card("owner") == []
    with clock.at(NEXT_DAY + timedelta(days=30)):
        assert card("lead_officer") == [("The report is 1 day late", 70)]
    with clock.at(EVENING):
        assert card("lead_officer") == []
    write(world, **(WORDS | {"signed_on": date(2027, 3, 13)}))
    assert card("lead_officer") == []


def test_the_report_is_the_last_step_of_the_line(world: World) -> None:
    def step(actor: str = "lead_officer") -> overview.Step | None:
        found = overview.steps_of(world.actor(actor), world.activity)
        return next((step for step in found if step.name == "report"), None)

    with clock.at(at(8, day=date(2027, 3, 9))):
        assert step() is None
    found = step()
    assert found is not None
    assert found.todo is not None
    assert found.todo.url == reverse("report", args=[world.activity.pk])
    write(world, **(WORDS | {"signed_on": date(2027, 3, 13)}))
    found = step()
    assert found is not None
    assert (found.done, found.todo) == (True, None)
