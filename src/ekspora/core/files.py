"""Files people send in: known by their content, stored under a name of our own."""

import hashlib
import io
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from ekspora.core.errors import DomainError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1200
_TOO_LARGE = _("This photo is too large. Send one of at most 50 megapixels.")


def forget(file: FieldFile | None) -> None:
    """Delete a stored file, where there is one, once the change that lets go of it is certain."""
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo made safe: re-encoded (so EXIF and hidden content are gone) and at most 1200 px long."""

    name: str
    content: ContentFile[bytes]
    width: int
    height: int


def clean_photo(data: bytes, longest: int = LONGEST_SIDE, quality: int = 80) -> Photo:
    """Read JPEG, PNG or WebP by content and write a fresh JPEG, its longer side at most ``longest`` pixels.

    Raises DomainError for anything else.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise DomainError(_TOO_LARGE)
            image.draft("RGB", (longest, longest))  # a JPEG is read no larger than it is needed
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as error:
        raise DomainError(_TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DomainError(_("This file is not a photo we can read. Send a JPEG, PNG or WebP.")) from error
    upright.thumbnail((longest, longest))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    content = out.getvalue()
    name = hashlib.sha256(content).hexdigest()[:32] + ".jpg"
    return Photo(name, ContentFile(content, name), upright.width, upright.height)
