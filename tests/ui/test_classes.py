"""No screen is left unstyled: every class in a template of any room stands in a style sheet."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ekspora

PACKAGE = Path(ekspora.__file__).parent
SHEETS = PACKAGE / "ui" / "static" / "ui" / "css"
# Only there to take the bullets away, as any class on a list does.
BARE = {"plain"}


def used() -> Iterator[tuple[str, str]]:
    """(template, class) for every class that is written out in full."""
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        for names in re.findall(r'class="([^"]*)"', path.read_text("utf-8")):
            for name in re.sub(r"\S*\{\{.*?\}\}\S*|\{%.*?%\}", " ", names).split():
                yield path.relative_to(PACKAGE).as_posix(), name


def test_every_class_is_in_a_style_sheet() -> None:
    known = {
        name
        for path in PACKAGE.glob("*/static/**/*.css")
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", path.read_text("utf-8"))
    }
    assert {(template, name) for template, name in used() if name not in known | BARE} == set()


@pytest.mark.parametrize("path", sorted(SHEETS.glob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_stays_readable(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) < 300
    assert text.count("{") == text.count("}")
    assert "!important" not in text.replace("[hidden] { display: none !important; }", "")
