"""Papers sent in as proof: what is kept, what is refused."""

import io
import zipfile
import zlib

import pytest
from django.utils import translation
from PIL import Image

from ekspora.core import documents
from ekspora.core.documents import clean_document, content_type_of
from ekspora.core.errors import DomainError


def pdf(body: bytes = b"", stream: bytes | None = None, head: bytes = b"") -> bytes:
    """A PDF as far as it matters here, with one compressed stream where given."""
    packed = b""
    if stream is not None:
        data = zlib.compress(stream)
        packed = b"5 0 obj <</Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream endobj\n" % (
            len(data),
            head,
            data,
        )
    return b"%PDF-1.7\n1 0 obj <</Type /Catalog " + body + b">> endobj\n" + packed + b"trailer <<>>\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def test_a_paper_and_a_photo_are_kept() -> None:
    paper = clean_document(pdf(stream=b"BT (Purchase order 17) Tj ET"))
    assert paper.name.endswith(".pdf")
    assert content_type_of(paper.name) == "application/pdf"
    for kind in ("PNG", "JPEG"):
        photo = clean_document(picture(kind))
        assert photo.name.endswith(".jpg")
        assert photo.content.read().startswith(b"\xff\xd8\xff")


def test_a_photo_is_written_anew_and_loses_what_was_hidden_in_it() -> None:
    assert b"PK\x03\x04secret" not in clean_document(picture("JPEG") + b"PK\x03\x04secret").content.read()


@pytest.mark.parametrize(
    "deed",
    [
        b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>", b"/OpenAction <</S /J#61vaScript>>",
        b"/A <</S /Launch /F (cmd.exe)>>", b"/Names <</EmbeddedFiles 3 0 R>>", b"/Type /EmbeddedFile",
        b"/EF <</F 4 0 R>>",
        b"/AcroForm <</XFA 7 0 R>>", b"/S /SubmitForm", b"/Encrypt 9 0 R", b"/#4a#53 3 0 R",
    ],
)  # fmt: skip
def test_a_pdf_that_does_something_is_refused(deed: bytes) -> None:
    with pytest.raises(DomainError):
        clean_document(pdf(deed))


def test_a_deed_packed_away_in_a_stream_is_found() -> None:
    with pytest.raises(DomainError):
        clean_document(pdf(stream=b"3 0 <</S /JavaScript>>"))
    with pytest.raises(DomainError):
        clean_document(pdf(stream=b"3 0 <</EF 4 0 R>>", head=b"/Type /ObjStm"))
    hidden = pdf(stream=b"x", head=b"/Type /Obj#53tm").replace(zlib.compress(b"x"), b"\x80\x0b\x60\x50")
    with pytest.raises(DomainError):
        clean_document(hidden.replace(b"/FlateDecode", b"/LZWDecode"))


def test_three_letters_in_the_pixels_of_a_scan_are_no_deed() -> None:
    assert clean_document(pdf(stream=b"\x00\x01/JS \x02/EF \x03" * 50)).name.endswith(".pdf")


@pytest.mark.parametrize(
    "data",
    [
        b"", b"MZ\x90\x00" + b"\0" * 200, b"\x7fELF" + b"\0" * 200, b"PK\x03\x04" + b"\0" * 200,
        b"<svg onload=alert(1)>",
        b"<html><script>", b"GIF89a" + b"\0" * 20, b"\xff\xd8\xff not a photo", b"#!/bin/sh\n",
        b"MZ" + pdf(), b"%PDF-1.7 torn off",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_whatever_it_is_called(data: bytes) -> None:
    with pytest.raises(DomainError):
        clean_document(data)


def test_what_is_too_large_or_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DomainError):
        clean_document(pdf() + b"\0" * documents.MOST_BYTES)
    monkeypatch.setattr(documents, "_MOST_INFLATED", 1000)
    with pytest.raises(DomainError):
        clean_document(pdf(stream=b"\0" * 5000))


PROGRAM = b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0" + b"\x01" * 300


def _archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.js", "1")
    return out.getvalue()


_STREAM_OF = b"7 0 obj <</Length 400>>\nstream\n%s\nendstream endobj\ntrailer"


@pytest.mark.parametrize(
    "data",
    [
        pdf() + PROGRAM,
        pdf() + b"#!/bin/sh\nrm -rf /\n",
        pdf() + PROGRAM + b"\n%%EOF\n",
        pdf() + PROGRAM + b"\0" * 2000,
        pdf() + _archive(),
        pdf() + b"<html><script>alert(1)</script></html>",
        b"\0" * 1024 + pdf(),
        b"%PDF-1.7<script>alert(1)</script>\n" + pdf(),
        b"%PDF-1.7/*\n" * 40 + pdf(),
        pdf().replace(b"1 0 obj", b"%<html><script>alert(1)</script>\n1 0 obj"),
        pdf().replace(b"trailer", b"<html><script>alert(1)</script>\ntrailer"),
        pdf().replace(b"trailer", b"%" + b"A" * 5000 + b"\ntrailer"),
        pdf(stream=PROGRAM),
        pdf(stream=b"\x7fELF" + b"\0" * 200),
        pdf(stream=b" <html><script>alert(1)</script>"),
        pdf().replace(b"trailer", _STREAM_OF % PROGRAM),
        pdf().replace(b"trailer", _STREAM_OF % (b"\0" * 9 + _archive()[:-2] + b"\x2d\x00")),
        pdf(b"/A <</S /GoToR /F (other.pdf)>>"),
    ],
)  # fmt: skip
def test_a_pdf_that_is_something_else_besides_is_refused_in_plain_words(data: bytes) -> None:
    with translation.override("en"), pytest.raises(DomainError) as refused:
        clean_document(data)
    assert "photo" in str(refused.value)  # what to send instead


def test_a_saved_again_paper_with_a_table_of_its_objects_is_kept() -> None:
    table = (
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Info <</A (x)>>>>\nstartxref\n9"
    )
    first = pdf(stream=b"BT (Halal) Tj ET").replace(b"trailer <<>>", table)
    again = b"7 0 obj\n<</Title (a)>>\nendobj\n" + table + b"\n%%EOF\n"
    marked = first.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for data in (first, first + again.replace(b"\n", b"\r\n"), marked, first + b"\r\n\0\0"):
        assert clean_document(data).name.endswith(".pdf")


def test_a_script_packed_twice_behind_a_long_head_is_not_taken_unseen() -> None:
    packed = zlib.compress(b"3 0 <</S /JavaScript>>").hex().encode() + b">"
    head = b"/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] /Pad (" + b"x" * 5000 + b")"
    data = pdf().replace(
        b"trailer", b"7 0 obj <<" + head + b">>\nstream\n" + packed + b"\nendstream endobj\ntrailer"
    )
    with pytest.raises(DomainError):
        clean_document(data)


def test_a_million_streams_are_refused_without_reading_each_to_the_end() -> None:
    stream = b"obj <<>>stream\n\x78\x9c"
    with pytest.raises(DomainError):
        clean_document(b"%PDF-1.7\n" + stream * (9_000_000 // len(stream)) + b"\nendstream endobj\n%%EOF\n")
