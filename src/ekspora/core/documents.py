"""Papers sent in as proof: a PDF that shows and does nothing, or a picture, told by content and not by name.

A picture is written anew, so that what was hidden in it is gone. A PDF stays as it is: it is a paper. It is refused
when it would run script, start something, carries other files, holds anything beside its own parts (``pdf_shape``) or
keeps us from looking. Looked at are the file and
every compressed stream in it that can be opened (the objects of a PDF may be packed away in streams); names may be
written with ``#4a`` for ``J`` (ISO 32000-1, 7.3.5). Whoever gives one out adds ``document_headers``.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError
from ekspora.core.files import clean_photo
from ekspora.core.pdf_shape import is_only_a_paper, is_program, without_streams

MOST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 2600  # a page of A4 at 220 dots an inch: small print stays legible
_MOST_INFLATED = 64 * 1024 * 1024
# What lets a PDF do something. Long names are looked for everywhere; the short ones only where objects are
# written, for in the pixels of a scan three letters come about by chance.
_DEEDS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|FileAttachment|RichMedia|SubmitForm|ImportData|GoToR|Rendition|Encrypt)"
    rb"(?![A-Za-z])"
)
_SHORT_DEEDS = re.compile(rb"/(JS|EF|XFA|GoToE)(?![A-Za-z])")
# A paper has neither: who made this wants us to look for long.
_LONGEST_HEAD, _MOST_STREAMS = 1 << 16, 20_000
_CHUNK = 1 << 14
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED = re.compile(rb"/ObjStm")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_KINDS = {".pdf": "application/pdf", ".jpg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file that may be kept: the name it is kept under, its content and the SHA-256 of it."""

    name: str
    content: ContentFile[bytes]
    digest: str


def document_headers(name: str) -> dict[str, str]:
    """How a kept document is served: to be looked at, never to run, never to be guessed as another type."""
    return {
        "Cache-Control": "private, max-age=86400",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Content-Type": content_type_of(name),
    }


def content_type_of(name: str) -> str:
    """How a kept file is given out."""
    return next((kind for end, kind in _KINDS.items() if name.endswith(end)), "application/octet-stream")


def clean_document(data: bytes) -> Document:
    """The file as it may be kept. Raises DomainError, with what to send instead, for everything else."""
    if len(data) > MOST_BYTES:
        raise DomainError(_("This file is larger than 10 MB. Send a smaller one, or photos of the pages."))
    if not data:
        raise DomainError(_("This file is empty. Choose it again."))
    if data.startswith(b"%PDF-"):
        _look_into(data)
        return _document(data, ".pdf")
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _document(clean_photo(data, longest=LONGEST_SIDE).content.read(), ".jpg")
    raise DomainError(
        _("Send the paper as PDF, JPEG or PNG: save it as one of these, or take a photo of it.")
    )


def _document(data: bytes, end: str) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    name = digest[:32] + end
    return Document(name, ContentFile(data, name), digest)


def _look_into(data: bytes) -> None:
    if b"%%EOF" not in data[-1024:]:
        if b"%%EOF" in data:
            raise _something_else()
        raise DomainError(_("This PDF is not complete. Save it again, or take a photo of the paper."))
    _refuse_deeds(data)
    _refuse_deeds(without_streams(data), _SHORT_DEEDS)
    if not is_only_a_paper(data):
        raise _something_else()
    left = _MOST_INFLATED
    for number, begin in enumerate(found.end() for found in _STREAM.finditer(data)):
        if number > _MOST_STREAMS:
            raise _unreadable()
        left -= _look_into_stream(data, begin, left)
        if left <= 0:
            raise DomainError(_("This PDF unpacks to far more than it should. Take a photo of the paper."))


def _look_into_stream(data: bytes, begin: int, most: int) -> int:
    """Refuse a stream that is a program or holds what does something. Returns how many bytes it unpacked to, at most
    ``most``."""
    start = data.rfind(b"obj", max(0, begin - _LONGEST_HEAD), begin)
    if start < 0:
        raise _unreadable()
    head, found = _unescaped(data[start:begin]), _inflated(memoryview(data)[begin:], most)
    is_packed, content = _PACKED.search(head) is not None, found or b""
    if found is None and is_packed and _FILTERS.search(head):
        raise _unreadable()
    if is_program(data[begin : begin + 1024]) or is_program(content[:1024]):
        raise _something_else()
    _refuse_deeds(content)
    if is_packed:
        _refuse_deeds(content, _SHORT_DEEDS)
    return len(content)


def _inflated(data: memoryview, most: int) -> bytes | None:
    """What a stream holds, at most ``most`` bytes; None where it is not compressed this way. Reads no further than
    the stream goes, so that many streams cost no more than their length."""
    inflate, pieces, size = zlib.decompressobj(), [], 0
    try:
        for start in range(0, len(data), _CHUNK):
            pieces.append(inflate.decompress(data[start : start + _CHUNK], most - size))
            size += len(pieces[-1])
            if inflate.eof or size >= most:
                break
    except zlib.error:
        return None
    return b"".join(pieces)


def _unescaped(data: bytes) -> bytes:
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), data)


def _refuse_deeds(data: bytes, names: re.Pattern[bytes] = _DEEDS) -> None:
    found = names.search(_unescaped(data))
    if found is None:
        return
    if found[1] == b"Encrypt":
        raise _unreadable()
    raise DomainError(
        _(
            "This PDF can do more than show a paper (script, programs or other files inside). Print it to a new PDF, "
            "or take a photo of the paper."
        )
    )


def _something_else() -> DomainError:
    return DomainError(
        _(
            "This PDF holds something beside the paper, such as a program behind its end. Print it to a new PDF, or "
            "take a photo of the paper."
        )
    )


def _unreadable() -> DomainError:
    return DomainError(_("This PDF is locked, so nobody can see what is in it. Save it without a password."))
