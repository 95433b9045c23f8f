"""``ekspora tidy``: remove what was kept long enough; for a timer once a day."""

from __future__ import annotations

import argparse

from ekspora.cli import site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: the times are the same everywhere."""


def run(args: argparse.Namespace) -> int:
    """Say what went and end with 0."""
    site.ready()
    if problem := site.missing():
        return site.complain(problem)
    from django.core.management import call_command

    from ekspora.core.services import retention

    gone = retention.tidy()
    call_command("clearsessions")
    print(", ".join(f"{count} {what}" for what, count in sorted(gone.items())) or "nothing to remove")
    return 0
