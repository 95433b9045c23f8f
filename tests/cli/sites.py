"""Sites of their own for tests that start real processes: a home folder, a free port, the environment."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

PATIENCE = 60.0


@dataclass(frozen=True)
class Site:
    """One installation in a folder of its own (SQLite)."""

    home: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """What its processes see; signs of life are quick, so that tests need not wait long."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        mine = {"EKSPORA_HOME": str(self.home), "EKSPORA_DEMO": "1", "EKSPORA_HEARTBEAT": "0.2"}
        root = str(Path(__file__).parents[2])
        mine["PYTHONPATH"] = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        return kept | mine | {"DJANGO_SETTINGS_MODULE": "tests.cli.slow", "PORT": str(self.port)}

    def command(self, *words: str, patience: float = 120) -> "subprocess.CompletedProcess[str]":
        """Run ``ekspora …`` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "ekspora", *words], env=self.environment, capture_output=True, text=True,
            timeout=patience, check=False,
        )  # fmt: skip

    def python(self, source: str) -> str:
        """Run a few lines inside the site; what they print."""
        start = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", start + source], env=self.environment, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def answers(self, path: str = "/health/") -> bool:
        """Whether the site answers with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=2) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    @contextmanager
    def running(self, *words: str) -> "Iterator[subprocess.Popen[str]]":
        """Start ``ekspora …`` and end it, and what it started, when the block ends."""
        process = subprocess.Popen(
            [sys.executable, "-m", "ekspora", *words], env=self.environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(30)
            if process.stdout is not None:
                process.stdout.close()


def new_site(folder: Path) -> Site:
    """A migrated site without records."""
    shutil.copytree(_migrated(), folder, dirs_exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Site(folder, int(probe.getsockname()[1]))


@lru_cache(maxsize=1)
def _migrated() -> Path:
    """A home to copy: migrating takes seconds, copying none. It goes with the home of the test run."""
    home = Path(tempfile.mkdtemp(prefix="migrated", dir=os.environ["EKSPORA_HOME"]))
    if "EKSPORA_TEMPLATE" in os.environ:
        shutil.copy(os.environ["EKSPORA_TEMPLATE"], home / "ekspora.sqlite3")
    Site(home, 0).python("from ekspora.cli import site; site.prepare()")
    return home


def eventually(what: Callable[[], Any]) -> Any:
    """Wait until ``what()`` is true and give its value; fail when patience ends."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        value = what()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def children_of(pid: int) -> dict[int, str]:
    """Process ids of the children with their command lines (Linux)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == pid:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


def lives(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
