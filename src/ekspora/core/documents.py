"""Papers people send in as proof: a PDF or a photo of one, known by content, stored under a name of our own."""

import hashlib
import re
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from ekspora.core.errors import DomainError
from ekspora.core.files import clean_photo

MOST_BYTES = 10 * 1024 * 1024
# What makes a PDF act instead of being read. Names inside may be written with #xx codes.
_ACTING = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as it is kept: a photo made anew (``clean_photo``), or the PDF as it was sent."""

    name: str
    content: ContentFile[bytes]


def clean_document(data: bytes) -> Document:
    """Read a PDF or photo by content. Raises DomainError for anything else, also for a PDF that runs something.

    Streams inside a PDF are not unpacked, so whoever serves one still says that nothing of it may run
    (``document_headers``).
    """
    if len(data) > MOST_BYTES:
        raise DomainError(_("This file is larger than 10 MB. Send a smaller one."))
    if not data.startswith(b"%PDF-"):
        photo = clean_photo(data)
        return Document(photo.name, photo.content)
    plain = _CODE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if b"%%EOF" not in data[-2048:] or _ACTING.search(plain):
        raise DomainError(_("This PDF holds a program or is broken. Send a photo of the paper instead."))
    name = hashlib.sha256(data).hexdigest()[:32] + ".pdf"
    return Document(name, ContentFile(data, name))


def document_headers(name: str) -> dict[str, str]:
    """How a kept document is served: to be looked at, never to run, never to be guessed as another type."""
    return {
        "Cache-Control": "private, max-age=86400",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Content-Type": "application/pdf" if name.endswith(".pdf") else "image/jpeg",
    }
