"""Kept photos on their way to a page: whole where one is opened, small where it stands among others.

Whoever shows a photo takes the address from its Picture; whoever gives it out answers with ``picture_response``.
"""

from dataclasses import dataclass

from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse

from ekspora.core.files import clean_photo

# Pixels of the longer side: sharp where it stands among others (up to 160 px wide) and beside a name (48 px).
SIDES = {"small": 320, "thumb": 144}
QUALITY = 70  # of JPEG: at these sizes nobody sees the difference to 80, and it is a fifth less


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo for a page: ``url`` opens the whole one, ``alt`` says what it shows."""

    url: str
    alt: str = ""

    @property
    def small(self) -> str:
        """The address for where it stands among others."""
        return f"{self.url}?small"

    @property
    def thumb(self) -> str:
        """The address for where it stands beside a name."""
        return f"{self.url}?thumb"


def picture_response(request: HttpRequest, file: FieldFile, size: str = "") -> HttpResponse:
    """The photo in the size that the address asks for, else in ``size`` (empty: whole). Another photo has another
    file name, so a phone may keep it for a day. Raises Http404 where the file is gone."""
    size = next((one for one in SIDES if one in request.GET), size)
    headers = {
        "Cache-Control": "private, max-age=86400",
        "ETag": f'"{file.name}{size}"',
        "Content-Security-Policy": "default-src 'none'",
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponse(status=304, headers=headers)
    try:
        with file.open("rb") as kept:
            data = kept.read()
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    if size:
        data = clean_photo(data, SIDES[size], QUALITY).content.read()
    return HttpResponse(data, content_type="image/jpeg", headers=headers)
