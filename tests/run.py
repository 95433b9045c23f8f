"""``make test``: the suite on SQLite with engines and browser tours, then the database tests on PostgreSQL."""

import os
import shutil
import subprocess
import sys

from tests import places
from tests.chromium import BROWSERS

ROOMS = (
    "core",
    "directory",
    "readiness",
    "demand",
    "programmes",
    "matching",
    "meetings",
    "deals",
    "results",
    "web",
    "permissions",
    "cli",
)


def main() -> int:
    """Run both passes; the exit status is that of the first one that failed."""
    workers = str(os.cpu_count() or 2)
    # Whole files, in their order: what a file builds once is built once, and the slowest come first.
    spread = ["--dist", "loadfile", "--no-loadscope-reorder"]
    base = [sys.executable, "-m", "pytest", "-q", "-n", workers, *spread]
    if not any(map(shutil.which, BROWSERS)) and not os.environ.get("CHROMIUM"):
        sys.stdout.write(
            "No Chromium found: browser tests will be skipped. Debian: sudo apt install chromium; "
            "macOS: brew install chromium; or set CHROMIUM to its path.\n"
        )
    passes = [
        ("SQLite, engines, browser", [*base, "tests"]),
        ("PostgreSQL", [*base, "--postgres", *(f"tests/{room}" for room in ROOMS)]),
    ]
    status = 0
    with places.prepared() as environments:
        for (title, command), environment in zip(passes, environments, strict=True):
            sys.stdout.write(f"\n== {title}\n")
            sys.stdout.flush()
            ended = subprocess.run([*command, *sys.argv[1:]], env=environment, check=False).returncode
            status = status or ended
    return status


if __name__ == "__main__":
    sys.exit(main())
