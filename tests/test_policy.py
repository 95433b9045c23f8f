"""The content security policy forbids inline script and style; templates must not even try."""

import re
from pathlib import Path

import pytest

import ekspora

TEMPLATES = sorted(Path(ekspora.__file__).parent.glob("*/templates/**/*.html"))
FORBIDDEN = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE
)


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(path.parents[3])))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
    assert found is None, found
