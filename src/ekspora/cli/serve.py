"""``ekspora serve``: the site and its background work, which --no-worker leaves to ``ekspora worker``."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from ekspora.cli import site
from ekspora.cli.processes import FOLLOWS, follow_parent

GRACE_SECONDS = 10.0
LONGEST_PAUSE = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--host", default=os.environ.get("HOST", "127.0.0.1"), help="default: HOST or 127.0.0.1"
    )
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="default: PORT or 8000"
    )
    parser.add_argument(
        "--processes", type=int, default=1, help="web processes (only with PostgreSQL more than 1)"
    )
    parser.add_argument(
        "--threads", type=int, default=8, help="requests at a time in each process (default 8)"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="only the site; run ekspora worker elsewhere"
    )
    parser.add_argument(
        "--prepare", action="store_true", help="first bring database and static files up to date"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until stopped. 0 when asked to stop, 1 when the site could not start or ended by itself."""
    os.environ["PORT"] = str(args.port)  # links of the site carry the port it is on
    if FOLLOWS not in os.environ:
        site.ready()
        if args.prepare:
            site.prepare()
        fault = site.missing(static=True) or _occupied(args.host, args.port)
        if fault:
            return site.complain(fault)
        print(f"Ekspora is on http://{args.host}:{args.port} (Ctrl-C stops it)", flush=True)
    return _serve_web(args) if args.no_worker else _Family(args).watch()


def _occupied(host: str, port: int) -> str:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"Cannot use {host}:{port} ({error.strerror}). Choose another, e.g. PORT={port + 1}."
    return ""


def _serve_web(args: argparse.Namespace) -> int:
    follow_parent()
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # No access log: addresses of personal links must not be kept.
    Granian(
        "ekspora.wsgi:application", address=args.host, port=args.port, interface=Interfaces.WSGI,
        workers=args.processes, blocking_threads=args.threads, log_access=False, log_level=LogLevels.error,
        websockets=False, workers_kill_timeout=int(GRACE_SECONDS) - 2,
    ).serve()  # fmt: skip
    return 0


class _Family:
    """Site and worker as children of this process; a dead worker is replaced, a dead site ends all."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        options = [f"--{name}={getattr(args, name)}" for name in ("host", "port", "processes", "threads")]
        self.web = self._start("serve", "--no-worker", *options)
        self.worker = self._start("worker")
        self.born, self.pause = time.monotonic(), 1.0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        # A session of their own: Ctrl-C reaches only this process, which stops them in order.
        return subprocess.Popen(
            [sys.executable, "-m", "ekspora", *command],
            env=os.environ | {FOLLOWS: "1"}, start_new_session=True,
        )  # fmt: skip

    def watch(self) -> int:
        """Wait until asked to stop or until the site ends by itself."""
        while not self.stopping and self.web.poll() is None:
            if self.worker.poll() is not None:
                self._replace_worker()
            time.sleep(0.2)
        failed = not self.stopping
        self._end()
        return site.complain("The site ended unexpectedly.") if failed else 0

    def _replace_worker(self) -> None:
        lived = time.monotonic() - self.born
        if lived < self.pause:
            return  # dying again and again: wait longer each time before the next attempt
        self.pause = 1.0 if lived > 2 * LONGEST_PAUSE else min(2 * self.pause, LONGEST_PAUSE)
        site.complain(f"The worker ended ({self.worker.returncode}); starting another.")
        self.worker, self.born = self._start("worker"), time.monotonic()

    def _end(self) -> None:
        children = [self.web, self.worker]
        for child in children:
            child.terminate()
        until = time.monotonic() + GRACE_SECONDS
        for child in children:
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()  # its job is taken up again at the next start
                child.wait()
