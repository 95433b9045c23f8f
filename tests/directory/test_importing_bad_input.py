"""What must not hurt an import: huge, broken and tricky files; and what must not leak from one."""

import io
import logging
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ekspora.core.errors import DomainError
from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.directory.models import Business, Import
from ekspora.directory.services import importing
from tests.directory.registers import BATIK, COFFEE, HEADERS, as_csv, as_xlsx, changed, officer
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]
MOST_MEMORY = 400  # MB, of a process that reads a file to refuse it

# Of the process itself: what getrusage tells begins with the memory of who started it (Linux).
READ = """
import sys
from pathlib import Path
from ekspora.engines.registers import RegisterError, read_source
try:
    read_source(Path(sys.argv[1]).read_bytes(), "daftar")
except RegisterError as error:
    most = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
    print(error.code, int(most) // 1024)
"""


def take(world: World, data: bytes, name: str = "umkm.csv") -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    return importing.take(agency=world.lead, actor=actor, kind="businesses", file_name=name, data=data)


def _two_million_lines() -> bytes:
    return b"Nama Usaha;Kota\n" + b"Kopi Maju;Kota Bandung\n" * 2_000_000


def _far_cell(reference: str) -> bytes:
    """A workbook that claims a whole sheet and fills one cell at its end."""
    plain = as_xlsx(HEADERS, COFFEE)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").encode()
                far = b'<row r="%s"><c r="%s" t="str"><v>x</v></c></row></sheetData>' % (
                    row,
                    reference.encode(),
                )
                content = content.replace(b"</sheetData>", far)
            new.writestr(entry.filename, content)
    return out.getvalue()


def _wide() -> bytes:
    return as_xlsx([f"Kolom {n}" for n in range(299)] + ["Nama usaha"], ["x"] * 300)


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(b"0" * 1_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_two_million_lines, "too_many_rows"), (lambda: _far_cell("XFD1048576"), "sheet_too_large"),
        (_wide, "too_many_columns"), (_bomb, "zip_bomb"),
    ],
    ids=["2 million lines", "whole sheet", "300 columns", "zip bomb"],
)  # fmt: skip
def test_what_is_far_too_large_is_refused_within_bounded_memory(
    make: Callable[[], bytes], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "daftar"
    file.write_bytes(make())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", READ, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=True)
    told, megabytes = done.stdout.split()
    assert told == code
    assert int(megabytes) < MOST_MEMORY


def test_a_workbook_with_macros_is_read_as_a_table_and_its_macros_are_not_kept(world: World) -> None:
    out = io.BytesIO(as_xlsx(HEADERS, COFFEE))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen() Shell")
    source = take(world, out.getvalue(), "umkm.xlsm")
    importing.write(source=source)
    assert Business.objects.filter(nib=COFFEE[1]).exists()


@pytest.mark.parametrize(
    "start", [b"MZ\x90\x00", b"\x7fELF\x02\x01", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"Rar!\x1a"]
)
def test_a_program_that_calls_itself_a_workbook_is_refused_in_both_languages(
    world: World, start: bytes
) -> None:
    with pytest.raises(DomainError) as refusal:
        take(world, start + as_xlsx(HEADERS, COFFEE), "umkm.xlsx")
    assert "umkm.xlsx" in str(refusal.value)
    assert not Import.objects.exists()


def test_a_formula_that_came_in_goes_out_as_text(world: World, sign_in: SignIn) -> None:
    importing.write(
        source=take(world, as_csv(HEADERS, changed(COFFEE, name='=HYPERLINK("http://x")', nib="")))
    )
    page = sign_in(world, "lead_officer").get("/businesses/list.csv")
    text = page.content.decode()
    assert "HYPERLINK" in text
    assert not any(
        cell.startswith("=") for line in text.splitlines() for cell in line.replace('"', "").split(",")
    )


def test_the_name_of_an_upload_never_names_a_path(world: World) -> None:
    source = take(world, as_csv(HEADERS, COFFEE), "../../../\u202ehtap\x00/" + "x" * 400 + ".csv")
    assert source.file_name == "x" * 200
    assert Path(source.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert "x" * 10 not in str(source.file.name)


PERSONAL = ("Siti Rahmawati", "6281234567890", "812-3456-7890", "CV Kopi Puntang Jaya", COFFEE[1])


def test_nothing_personal_in_logs_and_addresses_of_an_import_with_faults(
    world: World, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in(world, "lead_officer")
    bad = [
        changed(COFFEE, nib="12"),
        changed(BATIK, phone="0812-3456-7890 x", owner="Siti Rahmawati"),
        COFFEE,
    ]
    with caplog.at_level(logging.INFO):
        file = SimpleUploadedFile("daftar.csv", as_csv(HEADERS, *bad))
        taken = client.post("/imports/new/", {"file": file, "agency": world.lead.pk})
        source = Import.objects.get()
        assert taken.status_code == 302
        pages = [taken["Location"], client.post(f"/imports/{source.pk}/confirm/")["Location"]]
        job = Job.objects.get()
        # Something is wrong on our side while it is written: the file is gone.
        source.file.delete(save=False)
        jobs.run_job.func(job.pk)
        job.refresh_from_db()
        broken = SimpleUploadedFile("rusak.xlsx", as_xlsx(HEADERS, COFFEE)[:900])
        refused = client.post("/imports/new/", {"file": broken, "agency": world.lead.pk})
        missing = client.get(f"/imports/{source.pk + 99}/")
    assert job.state == "failed"
    assert (refused.status_code, missing.status_code) == (200, 404)
    told = "\n".join([caplog.text, *pages, job.error, refused.content.decode(), missing.content.decode()])
    assert not [text for text in PERSONAL if text in told]


def test_a_workbook_of_a_locked_file_says_what_to_do(world: World) -> None:
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 512
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 512
    )
    with pytest.raises(DomainError, match="sandi"):
        take(world, locked, "daftar.xlsx")


def test_zero_bytes_and_half_characters_reach_the_database_as_nothing(world: World) -> None:
    data = b'[{"nama usaha": "A\\u0000B", "alamat": "x\\ud800", "telepon": "08\\u0000x"}]'
    source = take(world, data, "umkm.json")
    importing.write(source=source)
    assert source.report["rows"] == 1
    assert [issue["code"] for issue in source.report["bad"]] == ["bad_phone"]


def test_what_was_not_read_as_a_row_is_shown_before_anything_is_written(
    world: World, sign_in: SignIn
) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in (("Bayat", [("I", "KECAMATAN BAYAT", ""), ("1", "Kopi Satu", "081234567801")]),
                       ("Cawas", [("1", "Kopi Dua", "081234567802")])):  # fmt: skip
        page = book.add_worksheet(name)
        for n, row in enumerate([("No", "Nama usaha", "No HP"), *rows]):
            page.write_row(n, 0, row)
    book.close()
    source = take(world, buffer.getvalue(), name="dua.xlsx")
    shown = sign_in(world, "lead_officer").get(reverse("import_preview", args=[source.pk])).content.decode()
    assert "Cawas" in shown
    assert "KECAMATAN BAYAT" in shown
