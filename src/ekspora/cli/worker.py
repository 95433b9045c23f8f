"""``ekspora worker``: background work, and the reaper that takes up what a killed worker left behind."""

from __future__ import annotations

import argparse
import logging
import threading
import time

from ekspora.cli import site
from ekspora.cli.processes import follow_parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--once", action="store_true", help="do what is queued now, then end (for cron and for tests)"
    )


def run(args: argparse.Namespace) -> int:
    """Work until stopped: SIGTERM or Ctrl-C lets the present job end, a second one interrupts it."""
    follow_parent()
    site.ready()
    from django.core.management import call_command

    threading.Thread(target=_reap_for_ever, daemon=True).start()
    call_command(
        "db_worker", verbosity=0, interval=0.5, batch=args.once, reload=False, startup_delay=False
    )  # fmt: skip
    return 0


def _reap_for_ever() -> None:
    from django.conf import settings
    from django.db import DatabaseError, close_old_connections

    from ekspora.core.services import jobs

    while True:
        try:
            jobs.reap()
        except DatabaseError as error:
            logging.getLogger(__name__).warning("reaping failed: %s", type(error).__name__)
        close_old_connections()
        time.sleep(2 * settings.JOB_HEARTBEAT)
