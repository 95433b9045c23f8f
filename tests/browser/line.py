"""The line between a device and the server of a test, which can be cut and mended like a network out of reach.

A browser told to be offline lets the first requests of a page it is just loading through; a cut line lets none.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from urllib.parse import urlsplit


class Line:
    """Carries every connection on to ``far`` (a URL) while it is whole; ``url`` is its near end."""

    def __init__(self, far: str) -> None:
        """Listen on a free port of this machine."""
        self._far = urlsplit(far)
        self._near = socket.create_server(("127.0.0.1", 0))
        self._lock, self._open, self._whole = Lock(), set[socket.socket](), True
        self.url = f"http://{self._far.hostname}:{self._near.getsockname()[1]}"
        Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """From here on nothing passes, and what was passing ends."""
        with self._lock:
            self._whole = False
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """What is opened from here on passes again."""
        with self._lock:
            self._whole = True

    def close(self) -> None:
        """Cut for good."""
        self.cut()
        self._near.shutdown(socket.SHUT_RDWR)
        self._near.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                Thread(target=self._carry, args=[self._near.accept()[0]], daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection((self._far.hostname, self._far.port)) as far:
            with self._lock:
                if not self._whole:
                    return
                self._open |= {near, far}
            back = Thread(target=_pump, args=[far, near], daemon=True)
            back.start()
            _pump(near, far)
            back.join()
            with self._lock:
                self._open -= {near, far}


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Pass on until one end is done, then tell the other."""
    with suppress(OSError):
        while part := source.recv(65_536):
            sink.sendall(part)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def laid(far: str) -> Iterator[Line]:
    """A line for the length of a test."""
    line = Line(far)
    try:
        yield line
    finally:
        line.close()
