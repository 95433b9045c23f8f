"""The catalogue tool, on rooms made for the test."""

import gettext
from collections.abc import Callable
from pathlib import Path

import pytest

from ekspora.ui import catalogues

MakeRoom = Callable[..., Path]


@pytest.fixture
def make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeRoom:
    """``make_room("a", {"views.py": …})`` writes a room into a package of its own."""
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)

    def make(name: str, files: dict[str, str]) -> Path:
        room = tmp_path / name
        for path, text in {"__init__.py": "", **files}.items():
            (room / path).parent.mkdir(parents=True, exist_ok=True)
            (room / path).write_text(text, "utf-8")
        return room

    return make


def translate(room: Path, pairs: dict[str, str]) -> None:
    """Fill msgstr as a translator does."""
    path = catalogues.po_path(room.name)
    text = path.read_text("utf-8")
    for english, indonesian in pairs.items():
        for field in ("msgstr", "msgstr[0]"):
            text = text.replace(f'"{english}"\n{field} ""', f'"{english}"\n{field} "{indonesian}"')
    path.write_text(text, "utf-8")


CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Send")
B = ngettext("%(n)s page", "%(n)s pages", 3)
C = pgettext("month", "May")
D = _(variable)
"""
TEMPLATE = """{% load i18n %}
    {% translate "Send" %} {{ _("Close") }}
    {% blocktranslate trimmed count n=n %}
        one {{ n }} dog's
        day
    {% plural %}
        {{ n }} dogs' day
    {% endblocktranslate %}
    {% if x == _("Inside") %}{% endif %}
"""


def test_texts_of_code_and_templates_are_found(make_room: MakeRoom) -> None:
    make_room("a", {"views.py": CODE, "templates/a/x.html": TEMPLATE, "templates/a/x.css": "_('not')"})
    found = {(msgid, context) for _file, msgid, context in catalogues.texts("a")}
    assert found == {
        ("Send", None),
        (("%(n)s page", "%(n)s pages"), None),
        ("May", "month"),
        ("Close", None),
        (("one %(n)s dog's day", "%(n)s dogs' day"), None),
        ("Inside", None),
    }


def test_extracting_keeps_translations_and_is_stable(make_room: MakeRoom) -> None:
    room = make_room("a", {"views.py": CODE})
    assert catalogues.main(["extract", "a"]) == 0
    translate(room, {"Send": "Kirim", "%(n)s pages": "%(n)s halaman", "May": "Mei"})
    before = catalogues.po_path("a").read_bytes()
    (room / "views.py").write_text(f"\n\n{CODE}\nE = _('New')", "utf-8")
    catalogues.main(["extract"])
    after = catalogues.po_path("a").read_text("utf-8")
    assert 'msgid "New"\nmsgstr ""' in after
    assert set(before.decode().split("\n\n")) < set(after.split("\n\n"))
    assert "views.py:" not in after
    assert str(room) not in after


def test_compiled_catalogues_speak_indonesian(make_room: MakeRoom) -> None:
    room = make_room("a", {"views.py": CODE})
    catalogues.main(["extract"])
    translate(room, {"Send": "Kirim", "%(n)s pages": "%(n)s halaman", "May": "Mei"})
    catalogues.main(["compile"])
    with catalogues.po_path("a").with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Send") == "Kirim"
    assert spoken.pgettext("month", "May") == "Mei"
    assert {spoken.ngettext("%(n)s page", "%(n)s pages", n) for n in (0, 1, 2)} == {"%(n)s halaman"}


def test_a_complete_room_passes(make_room: MakeRoom, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room("a", {"views.py": CODE})
    catalogues.main(["extract"])
    translate(room, {"Send": "Kirim", "%(n)s pages": "%(n)s halaman", "May": "Mei"})
    assert catalogues.main(["check"]) == 0
    assert capsys.readouterr().err == ""


def test_every_kind_of_gap_is_named(make_room: MakeRoom, capsys: pytest.CaptureFixture[str]) -> None:
    room = make_room("a", {"views.py": CODE})
    catalogues.main(["extract"])
    translate(room, {"Send": "Kirim", "%(n)s pages": "halaman"})
    path = catalogues.po_path("a")
    path.write_text(path.read_text("utf-8").replace('msgid "Send"', '#, fuzzy\nmsgid "Send"'), "utf-8")
    (room / "more.py").write_text("_('Later')", "utf-8")
    assert catalogues.main(["check", "a"]) == 1
    said = capsys.readouterr().err
    assert "a: 'May' has no Indonesian text (views.py)" in said
    assert "a: 'Later' has no Indonesian text (more.py)" in said
    assert "a: 'Send' is marked fuzzy" in said
    assert "a: '%(n)s page': placeholders differ from the English text: %(n)s" in said


def test_a_text_that_left_the_source_is_named(
    make_room: MakeRoom, capsys: pytest.CaptureFixture[str]
) -> None:
    room = make_room("a", {"views.py": "_('Send')"})
    catalogues.main(["extract"])
    translate(room, {"Send": "Kirim"})
    (room / "views.py").write_text("", "utf-8")
    assert catalogues.main(["check"]) == 1
    assert "no longer in the source" in capsys.readouterr().err


def test_two_rooms_may_not_disagree(make_room: MakeRoom, capsys: pytest.CaptureFixture[str]) -> None:
    rooms = [make_room(name, {"views.py": "_('Table')"}) for name in ("a", "b")]
    catalogues.main(["extract"])
    translate(rooms[0], {"Table": "Meja"})
    translate(rooms[1], {"Table": "Tabel"})
    assert catalogues.main(["check"]) == 1
    assert "a and b translate 'Table' differently" in capsys.readouterr().err


def test_a_block_without_trimmed_is_refused(make_room: MakeRoom, capsys: pytest.CaptureFixture[str]) -> None:
    make_room("a", {"templates/a/x.html": "{% blocktranslate %}\n  Hello\n{% endblocktranslate %}"})
    assert catalogues.main(["extract"]) == 2
    assert (
        "templates/a/x.html: text begins or ends with white space, use 'trimmed'" in capsys.readouterr().err
    )


def test_an_unknown_room_is_refused(make_room: MakeRoom, capsys: pytest.CaptureFixture[str]) -> None:
    make_room("a", {})
    with pytest.raises(SystemExit) as stop:
        catalogues.main(["check", "b"])
    assert stop.value.code == 2
    assert "no such room: b; there are a" in capsys.readouterr().err


def test_this_room_is_complete() -> None:
    assert catalogues.problems("ui") == []
