"""PDF files by Typst: the same fonts, colours and tables for every letter, card and report."""

import base64
import io
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from PIL import Image

_SHARED = Path(__file__).with_name("typst")
_LOGO = Path(__file__).with_name("static") / "ui" / "img" / "logo.svg"


@cache
def _fonts() -> typst.Fonts:
    # Texts are set in the fonts inside the wheel, so they look the same on a bare machine; the machine's own
    # fonts only lend the scripts which those lack (a name in Arabic or Chinese).
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def render_pdf(
    template: Path, data: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """A tagged PDF from a Typst file of a room and the values to show in it.

    The template reads ``json("data.json")`` and imports ``base.typ``; ``pictures`` are files beside it by
    name (``{"qr.svg": …}``). Values travel as data and are never evaluated, whatever text they hold; anything
    that JSON lacks (dates, decimals, lazy texts) is shown as its text. Raises typst.TypstError for a fault of
    the template or a picture that is none.
    """
    text = json.dumps(data, ensure_ascii=False, default=str)
    files: Any = {  # the wheel's stubs do not know the dictionary that it documents
        "main.typ": template.read_bytes(),
        "base.typ": (_SHARED / "base.typ").read_bytes(),
        "logo.svg": _LOGO.read_bytes(),
        # A lone surrogate, as broken uploads hold them, cannot be written in any file.
        "data.json": text.encode("utf-8", errors="replace"),
        **(pictures or {}),
    }
    pdf: bytes = typst.compile(files, font_paths=_fonts(), root=_SHARED)
    return pdf


def framed(photo: bytes) -> bytes:
    """A JPEG inside an SVG, to be handed over as a picture: the typesetter takes files beside its template as text."""
    with Image.open(io.BytesIO(photo)) as image:
        width, height = image.size
    inside = base64.b64encode(photo).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{inside}"/></svg>'
    ).encode("ascii")
