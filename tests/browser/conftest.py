"""A real Chromium against a real server; pages are checked with axe and for policy violations."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.line import Line, laid

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread


Screens = Sequence[tuple[int, str]]  # width and scheme
PATIENCE = 30_000  # milliseconds; a busy machine is no fault of a page


@dataclass
class Visitor:
    """One person at one device; a page shown through ``look`` is checked on all of ``screens``, its own comes first.

    ``colours``: whether contrast is measured, two thirds of the time of a check.
    """

    page: "Page"
    base: str
    shots: Path | None = None
    screens: Screens = ()
    colours: bool = True

    def go(self, path: str) -> None:
        """Open a path of the site."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def look(self, name: str) -> None:
        """Check the page as it stands on every screen, and leave it on its own."""
        if not self.screens:
            self._check(name)
        for width, scheme in self.screens:
            self._turn(width, scheme)
            self._check(f"{name}-{width}-{scheme}")
        for width, scheme in self.screens[:1]:
            self._turn(width, scheme)

    def _turn(self, width: int, scheme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": height_of(width)})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    def _check(self, name: str) -> None:
        """Accessible, nothing wider than the screen; keep a picture if asked to."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": self.colours}}}
        violations = self.page.evaluate(
            "(options) => axe.run(options).then((found) => found.violations)", options
        )
        serious = [
            f"{fault['id']}: {node['target']} {node.get('failureSummary', '')}"
            for fault in violations
            if fault["impact"] in {"serious", "critical"}
            for node in fault["nodes"][:3]
        ]
        assert not serious, f"{name}:\n" + "\n".join(serious)
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 1, f"{name} is {wide} px wider than the screen"
        if self.shots:
            self.page.screenshot(path=self.shots / f"{name}.png", full_page=True)


def height_of(width: int) -> int:
    """How high a screen of that width is."""
    return 800 if width > 500 else 740


def _is_fault(message: "ConsoleMessage") -> bool:
    """Errors count, but not that a test took the network away."""
    gone = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
    return message.type == "error" and not message.text.endswith(gone)


@pytest.fixture
def visit(browser: "Browser", live_server: "object") -> "Iterator[Callable[..., Visitor]]":
    """``visit(screens=[(360, "dark")], language="en")`` gives a Visitor with a fresh session.

    Any script error or policy violation on the way fails the test. ``EKSPORA_SHOTS`` names a folder for pictures.
    """
    faults: list[str] = []
    contexts = []
    shots = Path(os.environ["EKSPORA_SHOTS"]) if os.environ.get("EKSPORA_SHOTS") else None
    base = str(live_server.url)  # type: ignore[attr-defined]  # pytest-django's live server

    def arrive(
        *, screens: Screens = ((1280, "light"),), language: str = "id", colours: bool = True
    ) -> Visitor:
        width, scheme = screens[0]
        context = browser.new_context(
            viewport={"width": width, "height": height_of(width)},
            color_scheme="dark" if scheme == "dark" else "light", locale=language, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        return Visitor(page, base, shots, screens, colours)

    yield arrive
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def device(browser: "Browser") -> "Iterator[Callable[..., BrowserContext]]":
    """A fresh device; unlike ``visit`` it may lose its network, which browsers report as errors."""
    contexts: list[BrowserContext] = []

    def made(width: int = 360, height: int = 740, **options: Any) -> "BrowserContext":
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def line(live_server: "object") -> Iterator[Line]:
    """The way to the live server that a test may cut."""
    with laid(str(live_server.url)) as line:  # type: ignore[attr-defined]  # pytest-django's live server
        yield line
