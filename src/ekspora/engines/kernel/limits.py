"""How long a piece of work may take, and whether somebody asked it to stop."""

from __future__ import annotations

import time


class Deadline:
    """A limit in seconds of wall time that can also be stopped from outside (``stop``)."""

    __slots__ = ("_end", "_start", "stopped")

    def __init__(self, seconds: float) -> None:
        self._start = time.monotonic()
        self._end = self._start + seconds
        self.stopped = False

    def stop(self) -> None:
        """Ask the work to end as soon as it can, keeping the best found."""
        self.stopped = True

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    @property
    def remaining(self) -> float:
        """Seconds left, never negative; 0 once stopped."""
        return 0.0 if self.stopped else max(0.0, self._end - time.monotonic())

    @property
    def over(self) -> bool:
        """Whether the limit has passed or somebody asked to stop."""
        return self.stopped or time.monotonic() >= self._end
