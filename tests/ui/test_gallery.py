"""Every component in a real browser: reachable, legible, within the screen, within the security policy."""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import ekspora.ui
from ekspora.ui.timetable import Card
from tests.ui import pages, site

pytestmark = pytest.mark.browser

NAMES = [*pages.PAGES, "404"]
SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"), (1280, "light"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STATIC = Path(ekspora.ui.__file__).parent / "static" / "ui"


@contextmanager
def opened(
    browser: Browser, address: str, width: int = 360, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Page]:
    """A page that fails the test when the browser complains about anything on it."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_no_barrier_and_nothing_beside_the_screen(browser: Browser, gallery: str, name: str) -> None:
    with opened(browser, f"{gallery}/{name}.html") as page:
        for width, scheme in SCREENS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["owner", "wishes", "form", "desk"])
def test_a_thumb_hits_every_control(browser: Browser, gallery: str, name: str) -> None:
    with opened(browser, f"{gallery}/{name}.html") as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll('.btn, input:not([type=hidden]), select, button')]
              .filter((e) => e.offsetParent && !e.closest('table') && !e.matches('.link'))
              .map((e) => [e.closest('label') || e, e])
              .filter(([target]) => target.getBoundingClientRect().height < 44)
              .map(([, e]) => e.outerHTML)"""
        )
        assert small == []


def test_a_theme_can_be_forced(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/owner.html", scheme="light") as page:
        colour = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(colour)
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        assert page.evaluate(colour) != light


def test_filter_as_you_type_ignores_accents_and_counts(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/wishes.html") as page:
        page.get_by_role("searchbox").fill("gárut")
        assert page.locator("#list > li:visible").count() == 1
        assert page.locator("[data-filter-count]").inner_text() == "1"
        page.get_by_role("searchbox").fill("nobody at all")
        assert page.get_by_text("Nobody found").is_visible()


def test_the_dock_counts_wishes(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/wishes.html") as page:
        page.get_by_role("radio", name="Must").nth(4).check(force=True)
        assert page.locator(".dock output").first.inner_text() == "2"


def test_keyboard_reaches_the_content_first(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/desk.html", 1280) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_a_dialog_opens_and_closes(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/desk.html", 1280) as page:
        page.get_by_role("button", name="Buka dialog").click()
        assert page.get_by_role("dialog").is_visible()
        page.get_by_role("button", name="Batal", exact=True).click()
        assert page.get_by_role("dialog").count() == 0


def test_a_job_is_asked_until_it_is_done(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/desk.html", 1280) as page:
        page.get_by_text("Jadwal selesai").wait_for()
        assert page.locator("#job[hx-get]").count() == 0


def test_the_timetable_follows_a_person(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/timetable.html", 1280) as page:
        card = page.locator(".board .meet").first
        card.hover()
        maker, guest = (card.get_attribute("data-people") or "").split()
        same = page.locator(f'.board [data-people~="{maker}"], .board [data-people~="{guest}"]').count()
        assert page.locator(".board .meet.me").count() == same > 2


def test_the_timetable_is_a_list_by_slot_on_a_phone(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/timetable.html") as page:
        assert not page.locator(".board").is_visible()
        cards = [card for row in pages.grid().rows for card in row.cells if isinstance(card, Card)]
        assert page.locator(".by-slot .meet:visible").count() == len(cards)


def test_a_whole_day_prints_on_one_sheet(browser: Browser, gallery: str) -> None:
    with opened(browser, f"{gallery}/timetable.html", 1280) as page:
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_phone_pages_are_light(gallery_files: Path) -> None:
    shared = [(STATIC / path).read_bytes() for path in ("css/ekspora.css", "js/ekspora.js")]
    assert sum(len(gzip.compress(file)) for file in shared) < 8_500  # what every page loads, as it is sent
    for name in ("owner", "wishes"):
        html = (gallery_files / f"{name}.html").read_text("utf-8")
        assert "htmx" not in html
        assert "work.css" not in html


@pytest.mark.parametrize("name", [*pages.PAGES, *site.ERRORS])
def test_no_inline_script_or_style(gallery_files: Path, name: str) -> None:
    html = (gallery_files / f"{name}.html").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html)
