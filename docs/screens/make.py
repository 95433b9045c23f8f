"""Takes the pictures of this folder anew: ``.venv/bin/python docs/screens/make.py [WORD in the name …]``.

Builds the demonstration in a temporary folder, serves it on a free port of this machine, walks through it with the
system's Chromium (``CHROMIUM=`` for another path) and ends what it started. About five minutes. English pictures
are called ``name.png``, Indonesian ones ``name.id.png``.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
REGISTER = HERE / "register.csv"  # three good rows and three that need a hand
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DESK: ViewportSize = {"width": 1280, "height": 900}
TALL: ViewportSize = {"width": 1280, "height": 1120}
PHONE: ViewportSize = {"width": 360, "height": 740}
GAP, GROUND = 24, "#e9e7e1"
SUFFIX = {"en": "", "id": ".id"}
OFFICER, OWNER, COMPANION, GUEST = "officer of the lead", "business owner", "companion", "representative"


@dataclass
class Site:
    """A demonstration served on ``base``; ``links`` holds a sign-in link for the beginning of each role."""

    browser: Browser
    base: str
    links: dict[str, str]
    wanted: list[str]

    def wants(self, name: str) -> bool:
        """Whether this picture was asked for."""
        return not self.wanted or any(word in name for word in self.wanted)

    @contextmanager
    def visit(self, role: str, language: str, screen: ViewportSize) -> "Iterator[Page]":
        """A page on which this role has signed in and reads ``language``."""
        context = self.browser.new_context(
            viewport=screen,
            locale=language,
            color_scheme="light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.goto(next(link for name, link in self.links.items() if name.startswith(role)))
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"form.lang button[value={language}]").click()
            page.wait_for_load_state()
        yield page
        context.close()

    def desk(self, name: str, path: str, *, press: str = "", screen: ViewportSize = DESK) -> None:
        """An officer's page in both languages; ``press`` is clicked first."""
        if not self.wants(name):
            return
        for language in SUFFIX:
            with self.visit(OFFICER, language, screen) as page:
                page.goto(self.base + path)
                if press:
                    page.locator(press).first.click()
                    page.mouse.move(0, 0)  # a card under the pointer would show its people's day
                    page.wait_for_timeout(800)
                save(shot(page), f"{name}{SUFFIX[language]}.png")

    def phones(self, name: str, role: str, *steps: str) -> None:
        """Phones side by side in both languages. A step is a path, or the text of a link's address on the page."""
        if not self.wants(name):
            return
        for language in SUFFIX:
            with self.visit(role, language, PHONE) as page:
                pictures = []
                for step in steps:
                    self._go(page, step)
                    pictures.append(shot(page))
                save(beside(pictures), f"{name}{SUFFIX[language]}.png")

    def _go(self, page: Page, step: str) -> None:
        """``/`` opens the person's page; ``~wishes`` follows the first link whose address has the word."""
        if step.startswith("~"):
            link = page.locator(f"main a[href*='{step[1:]}']").first.get_attribute("href")
            page.goto(self.base + str(link))
        else:
            page.goto(self.base + step)


def shot(page: Page) -> Image.Image:
    """What the screen shows now."""
    page.wait_for_timeout(400)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name)
        return Image.open(file.name).convert("RGB")


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures of one size in a row."""
    width, height = pictures[0].size
    row = Image.new("RGB", (len(pictures) * (width + GAP) + GAP, height + 2 * GAP), GROUND)
    for number, picture in enumerate(pictures):
        row.paste(picture, (GAP + number * (width + GAP), GAP))
    return row


def save(picture: Image.Image, name: str) -> None:
    """As a PNG of 96 colours, so that a page of documentation stays light."""
    small = picture.quantize(colors=96, dither=Image.Dither.NONE)
    small.save(HERE / name, optimize=True)
    print(f"{name:<28} {(HERE / name).stat().st_size / 1000:6.0f} KB", flush=True)


def demonstration(stage: str, environment: dict[str, str]) -> dict[str, str]:
    """Build up to ``stage``; the sign-in links it prints, by role."""
    said = subprocess.run(
        [sys.executable, "-m", "ekspora", "demo", "--stage", stage, "--if-empty"],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return dict(re.findall(r"^  (\S.*?)\s+(http://\S+)$", said, re.MULTILINE))


@contextmanager
def served(environment: dict[str, str]) -> "Iterator[str]":
    """The site, answering; ended when the block ends."""
    base = f"http://127.0.0.1:{environment['PORT']}"
    process = subprocess.Popen([sys.executable, "-m", "ekspora", "serve"], env=environment)
    try:
        for _ in range(120):
            with suppress(OSError), urllib.request.urlopen(f"{base}/health/"):
                break
            time.sleep(0.25)
        yield base
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def before_the_timetable(site: Site) -> None:
    """What an officer does until the timetable can be computed, and what the others see meanwhile."""
    site.desk("overview", "/activities/1/")
    site.desk("agenda", "/activities/1/agenda/")
    site.desk("participant", "/participations/43/")
    site.desk("requests", "/activities/1/requests/")
    site.phones("owner-wishes", OWNER, "/", "/my/1/wishes/#p43", "/my/1/wishes/43/")
    site.phones("representative-wishes", GUEST, "~invitations", "/my/43/wishes/#p1", "/my/43/wishes/1/")
    if site.wants("import"):
        for language in SUFFIX:
            with site.visit(OFFICER, language, DESK) as page:
                page.goto(f"{site.base}/imports/new/?as=businesses&scope=activity:1")
                page.set_input_files("input[type=file]", REGISTER)
                page.locator("form[enctype] button").click()
                page.wait_for_load_state()
                save(shot(page), f"import{SUFFIX[language]}.png")


def with_the_timetable(site: Site) -> None:
    """Computed and published: what goes out and what everybody holds in the hand."""
    site.desk("timetable", "/activities/1/timetable/", screen=TALL)
    site.desk("move", "/activities/1/timetable/", press="#board td a.must")
    site.desk("queue", "/queue/activity:1/?state=draft")
    site.desk("prints", "/activities/1/prints/")
    site.phones("owner-agenda", OWNER, "/", "~agenda", "/my/business/1/")
    site.phones("companion", COMPANION, "/", "/my/business/", "~/my/business/")
    site.phones("representative-agenda", GUEST, "/", "~agenda", "/my/43/looking-for/")


def with_the_report(site: Site) -> None:
    """Half a year later: the report with what was counted and what others reported."""
    site.desk("report", "/activities/1/report/", screen=TALL)


def main() -> int:
    """Take the pictures; 1 when there is no Chromium."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print(
            "no Chromium: apt install chromium, brew install chromium, or set CHROMIUM to its path",
            file=sys.stderr,
        )
        return 1
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="ekspora-screens") as home:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        environment = {
            **os.environ,
            "EKSPORA_DEMO": "1",
            "PORT": port,
            "DATABASE_URL": "",
        }
        environment.pop("EKSPORA_URL", None)
        # A day that is over needs a demonstration of its own.
        for stage, take, folder in (
            ("matched", before_the_timetable, "ahead"),
            ("scheduled", with_the_timetable, "ahead"),
            ("reported", with_the_report, "over"),
        ):
            environment["EKSPORA_HOME"] = f"{home}/{folder}"
            links = demonstration(stage, environment)
            with served(environment) as base, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                take(Site(browser, base, links, sys.argv[1:]))
                browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
