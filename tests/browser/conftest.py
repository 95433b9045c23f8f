"""A real Chromium against a real server; pages are checked with axe and for policy violations."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop in this thread


@dataclass
class Visitor:
    """One person at one device; every page shown through ``look`` is checked."""

    page: "Page"
    base: str
    shots: Path | None

    def go(self, path: str) -> None:
        """Open a path of the site."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def look(self, name: str) -> None:
        """Check the page as it stands: accessible, nothing wider than the screen; keep a picture if asked to."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"resultTypes": ["violations"]})
        serious = [
            f"{fault['id']}: {node['target']} {node.get('failureSummary', '')}"
            for fault in found.response["violations"]
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


def _is_fault(message: "ConsoleMessage") -> bool:
    """Errors count, but not that a test took the network away."""
    gone = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
    return message.type == "error" and not message.text.endswith(gone)


@pytest.fixture
def visit(browser: "Browser", live_server: "object") -> "Iterator[Callable[..., Visitor]]":
    """``visit(width=360, scheme="dark", language="en")`` gives a Visitor with a fresh session.

    Any script error or policy violation on the way fails the test. ``EKSPORA_SHOTS`` names a folder for pictures.
    """
    faults: list[str] = []
    contexts = []
    shots = Path(os.environ["EKSPORA_SHOTS"]) if os.environ.get("EKSPORA_SHOTS") else None
    base = str(live_server.url)  # type: ignore[attr-defined]  # pytest-django's live server

    def arrive(*, width: int = 1280, scheme: str = "light", language: str = "id") -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width > 500 else 740},
            color_scheme="dark" if scheme == "dark" else "light", locale=language, reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        return Visitor(page, base, shots)

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
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield made
    for context in contexts:
        context.close()
