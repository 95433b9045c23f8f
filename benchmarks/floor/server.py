"""``ekspora serve`` as an operator starts it, on a free port of this machine; its memory and processor time."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running site: its address and the process that holds its family together."""

    base: str
    process: "subprocess.Popen[bytes]"

    def memory(self) -> int:
        """Bytes of the site's processes that are theirs alone, the worker's among them; 0 where nobody tells."""
        return sum(getattr(one.memory_full_info(), "uss", 0) for one in self._family())

    def processor(self) -> float:
        """Seconds of processor time since the start; unlike the times of answers it does not depend on neighbours."""
        times = [one.cpu_times() for one in self._family()]
        return float(sum(one.user + one.system for one in times))

    def _family(self) -> "list[psutil.Process]":
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Start the site, wait until it answers, end it afterwards. The settings are those of the environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "ekspora", "serve", "--port", port, *options]
    process = subprocess.Popen(command, env=os.environ | {"PORT": port}, stdout=subprocess.DEVNULL)
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _wait(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.base}/health/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")
