"""What the documentation points to is there: links, pictures, headings, both languages, no picture too many."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
ROLES = ("officer", "owner", "companion", "representative")
MOST_BYTES = 150_000  # of one picture
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def links(page: Path) -> Iterator[str]:
    """Addresses of links and pictures outside blocks of code."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    yield from LINK.findall(text)


def anchors(page: Path) -> set[str]:
    """The headings of a page as addresses."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_and_picture_is_there(page: Path) -> None:
    for address in links(page):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, anchor = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} → {address}"
        assert target.is_relative_to(ROOT), f"{page.name} → {address} leaves the project"
        if anchor:
            assert anchor in anchors(target), f"{page.name} → {address}: no such heading"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_its_page_in_both_languages(role: str) -> None:
    indonesian, english = (DOCS / "roles" / f"{role}.{language}.md" for language in ("id", "en"))
    numbered = [re.findall(r"^## (\d+)\.", page.read_text(), re.MULTILINE) for page in (indonesian, english)]
    assert numbered[0] == numbered[1] != [], "the same steps in both languages"
    index = (DOCS / "roles" / "README.md").read_text()
    assert f"({indonesian.name})" in index
    assert f"({english.name})" in index


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_role_page_shows_pictures_in_its_own_language(language: str) -> None:
    for page in (DOCS / "roles").glob(f"*.{language}.md"):
        pictures = [address for address in links(page) if address.endswith(".png")]
        assert pictures, page.name
        assert all(address.endswith(".id.png") == (language == "id") for address in pictures), page.name


def test_no_picture_is_heavy_or_unused() -> None:
    shown = {(page.parent / address).resolve() for page in PAGES for address in links(page)}
    for picture in (DOCS / "screens").glob("*.png"):
        assert picture.stat().st_size < MOST_BYTES, picture.name
        assert picture in shown, f"{picture.name} is shown nowhere"


def on_screens(language: str) -> set[str]:
    """All texts of the interface in a language."""
    texts: set[str] = set()
    for catalogue in (ROOT / "src" / "ekspora").glob("*/locale/id/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                said = message.string if language == "id" else message.id
                texts.update([said] if isinstance(said, str) else said or [])
    return texts


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_role_page_calls_by_name_is_called_so_on_the_screen(language: str) -> None:
    texts = on_screens(language)
    for page in (DOCS / "roles").glob(f"*.{language}.md"):
        named = re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8").replace("\n", " "))
        for name in (
            part.strip() for bold in named if not bold.endswith((".", "?")) for part in bold.split("›")
        ):
            pattern = re.compile(".+".join(map(re.escape, name.split("…"))).strip())
            assert any(pattern.search(text) for text in texts), f"{page.name}: nothing is called “{name}”"
