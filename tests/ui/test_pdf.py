"""PDF files: any text is only text, and the files say what they are."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from ekspora.ui.pdf import render_pdf
from ekspora.ui.qr import qr_svg

SHEET = """#import "base.typ": *
#let data = json("data.json")
#show: sheet.with(title: data.title, lang: data.language, note: "Ekspora")
"""
PARTS = """#letterhead(..data.agency)
= #data.title
#stops(data.stops)
== Peserta
#ledger((auto, 1fr), ("No", "Nama"), data.rows)
#attention[#data.title #plate("7") #chip("ok") #muted("a") #small("b")]
#brand() #picture("qr.svg", "QR", width: 20mm)
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.typ"
    path.write_text(SHEET + "= #data.title\n#for text in data.texts [#text #linebreak()]", "utf-8")
    return path


def test_title_language_and_tags(sheet: Path) -> None:
    pdf = render_pdf(sheet, {"title": "Agenda", "language": "id", "texts": []})
    assert pdf.startswith(b"%PDF-")
    assert b"/Lang(id)" in re.sub(rb"\s", b"", pdf)
    assert b"/StructTreeRoot" in pdf
    assert b'<rdf:li xml:lang="x-default">Agenda' in pdf or b"/Title(Agenda)" in re.sub(rb"\s", b"", pdf)


def test_every_shared_part_together(tmp_path: Path) -> None:
    template = tmp_path / "parts.typ"
    template.write_text(SHEET + PARTS, "utf-8")
    stops = [
        {"time": "09.25", "title": "India", "place": "Meja 7", "text": "Ekonomi"},
        {"time": "10.00", "title": "Fiji", "place": "", "text": ""},
    ]
    data = {
        "title": "Agenda", "language": "en", "agency": ["Kementerian", "", "Jakarta"], "stops": stops,
        "rows": [[n, Decimal("1.5")] for n in range(80)],
    }  # fmt: skip
    pdf = render_pdf(template, data, pictures={"qr.svg": qr_svg("https://ekspora.example/l/x")})
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2


def test_what_json_lacks_is_shown_as_text(sheet: Path) -> None:
    data = {"title": "x", "language": "id", "texts": [date(2026, 12, 14), Decimal("2.50")]}
    assert render_pdf(sheet, data).startswith(b"%PDF-")


def test_a_fault_of_the_template_is_told(tmp_path: Path) -> None:
    template = tmp_path / "wrong.typ"
    template.write_text("#let data = json(", "utf-8")
    with pytest.raises(typst.TypstError):
        render_pdf(template, {})


MARKUP = [
    '#panic("x")',
    "*",
    "$",
    "#import",
    "\\",
    '"',
    "]",
    "@a",
    "<b>",
    "=",
    "`",
    "//",
    "/*",
    "\x00",
    "\ud800",
]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.one_of(st.text(st.characters()), st.sampled_from(MARKUP)), max_size=8).map("".join))
def test_no_text_is_ever_markup(text: str) -> None:
    template = Path(__file__).with_name("text.typ")
    assert render_pdf(template, {"title": text, "language": "id", "text": text}).startswith(b"%PDF-")
