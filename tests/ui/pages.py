"""The gallery: every component on a few pages with plausible data, rendered without the other rooms."""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from ekspora.ui.charts.bars import Bar
from ekspora.ui.context import NavItem
from ekspora.ui.forms import Segments, Ticks, Tiles
from ekspora.ui.icons import PATHS
from ekspora.ui.timetable import Card, Cell, Column, Free, Grid, Row

GALLERY = Path(__file__).with_name("gallery")
START = datetime(2026, 12, 14, 2, 25, tzinfo=UTC)
MAKERS = [
    "Kopi Puntang Lestari", "Cibaduyut Jaya", "Keripik Singkong Ciwidey", "Megamendung Asih", "Rajut Binong",
    "Teh Gunung Halu", "Angklung Padasuka", "Sutra Garut", "Ikan Asap Pangandaran", "Bordir Tasik",
    "Mesin Sangrai Parahyangan",
]  # fmt: skip
GUESTS = ["India", "Maroko", "Afrika Selatan", "Nigeria · ekonomi", "Fiji", "Papua Nugini", "Uganda"]
_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#b97800" d="M0 0h4v3H0z"/></svg>'
)


class Answer(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama di kartu", help_text="Seperti tertulis dalam nota diplomatik.")
    email = forms.EmailField(label="Surel", required=False)
    country = forms.ChoiceField(label="Negara", choices=[("in", "India"), ("ma", "Maroko")])
    come = forms.ChoiceField(
        label="Kehadiran",
        choices=[("yes", "Hadir"), ("part", "Hadir sebagian"), ("no", "Berhalangan")],
        widget=Tiles,
    )
    days = forms.MultipleChoiceField(
        label="Sesi", choices=[("am", "Pagi"), ("pm", "Siang")], widget=Ticks, required=False
    )
    wish = forms.ChoiceField(
        label="Temu dengan Sutra Garut",
        choices=[("must", "Harus"), ("like", "Ingin"), ("no", "Tidak")],
        widget=Segments(tones={"must": "must", "no": "no"}),
    )
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)
    letter = forms.FileField(label="Surat", required=False)
    consent = forms.BooleanField(label="Saya setuju data ini dipakai untuk kegiatan ini.")


def grid(tables: int = 20, slots: int = 12) -> Grid:
    """A timetable as full as programme A's, with every state of a card."""
    columns = [Column(f"{9 + n * 25 // 60:02}.{n * 25 % 60:02}") for n in range(slots)]
    columns.insert(4, Column("10.40", pause="kunjungan · jeda"))
    rows = [
        Row(str(t), [_card(t, s, column) for s, column in enumerate(columns)]) for t in range(1, tables + 1)
    ]
    return Grid(columns, rows, caption="Jadwal versi 3")


def _card(table: int, slot: int, column: Column) -> Cell:
    maker, guest = (table * 5 + slot * 7) % len(MAKERS), (table * 3 + slot * 2) % len(GUESTS)
    if column.pause or (table * slot) % 9 == 8:
        return None if column.pause or table > 4 else Free("#", f"Pindahkan ke meja {table}, {column.label}")
    return Card(
        MAKERS[maker],
        GUESTS[guest],
        url="#",
        people=(f"b{maker}", f"r{guest}"),
        must=(table + slot) % 7 == 0,
        locked=(table * slot) % 11 == 10,
        chosen=(table, slot) == (2, 0),
        moved=(table + slot * 3) % 17 == 5,
        conflict="Sutra Garut di dua meja" if (table, slot) in {(3, 1), (6, 1)} else "",
    )


def _desk() -> dict[str, Any]:
    states = [("ok", "hadir"), ("warn", "menunggu"), ("stop", "berhalangan"), ("muted", "belum diundang")]
    rows = [
        {
            "name": name,
            "sector": "Makanan olahan" if n % 2 else "Kerajinan",
            "city": "Kabupaten Bandung Barat",
            "count": n * 3,
            "tone": states[n % 4][0],
            "state": states[n % 4][1],
            "bad": n == 5,
        }
        for n, name in enumerate(MAKERS)
    ]
    steps = ["Rencana", "Undangan", "Permintaan temu", "Jadwal", "Hari-H"]
    return {
        "rows": rows,
        "page": Paginator(range(900), 20).page(7),
        "when": date(2026, 12, 20),
        "crumbs": [NavItem("Kegiatan", "#"), NavItem("Aspasaf Bandung", "#")],
        "steps": [
            {"label": label, "url": "#", "state": "done" if n < 2 else "now" if n == 2 else ""}
            for n, label in enumerate(steps)
        ],
        "lines": [
            Bar("Kerajinan", 12, url="#"),
            Bar("Makanan olahan", 9),
            Bar("Alas kaki", 4, tone="warn"),
            Bar("TI", 0),
        ],
        "values": {"32": 31, "31": 6, "36": 2, "51": 1, "73": 14, "91": 4, "11": 22, "64": 9},
    }


def _wishes() -> dict[str, Any]:
    text = "Roasted arabica, 2 t a month free, halal"
    why = "You want coffee; they sell roasted coffee and have exported to Malaysia."
    return {
        "makers": [{"name": name, "text": text, "why": why if n < 2 else ""} for n, name in enumerate(MAKERS)]
    }


PAGES: dict[str, Callable[[], dict[str, Any]]] = {
    "desk": _desk,
    "timetable": lambda: {"grid": grid()},
    "owner": lambda: {"photo": "data:image/svg+xml;base64," + b64encode(_DRAWING).decode()},
    "wishes": _wishes,
    "form": lambda: {"form": Answer({"name": "", "email": "x", "come": "part", "wish": "must"})},
    "empty": lambda: {"icons": PATHS},
}


class Visitor(str):
    """Somebody signed in, as the top bar shows them."""

    is_authenticated = True


NAV = ["Ikhtisar", "Peserta", "Permintaan temu", "Jadwal", "Hari-H", "Tindak lanjut", "Laporan"]


def render(name: str) -> str:
    """The HTML of one page of the gallery in the active language."""
    request = RequestFactory().get(f"/{name}")
    request.nav = [NavItem(label, "#", label == "Jadwal") for label in NAV]  # type: ignore[attr-defined]
    request.user = Visitor("Sari Wulandari")  # type: ignore[assignment]
    template = engines["django"].from_string((GALLERY / f"{name}.html").read_text("utf-8"))
    return template.render({"start": START, **PAGES[name]()}, request)
