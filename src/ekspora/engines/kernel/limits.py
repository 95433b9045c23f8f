"""How long a piece of work may take, and whether somebody asked it to stop."""

from __future__ import annotations

import time


class Deadline:
    """A limit in seconds of wall time that can also be stopped from outside (``stop``)."""

    __slots__ = ("_asked", "_end", "_start", "_whole")

    def __init__(self, seconds: float, whole: Deadline | None = None) -> None:
        self._start = time.monotonic()
        self._end = self._start + seconds
        self._asked = False
        self._whole = whole

    def part(self, share: float) -> Deadline:
        """A limit of its own for a share of what is left; stopping the whole stops it too."""
        return Deadline(self.remaining * share, self)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked or (self._whole is not None and self._whole.stopped)

    def stop(self) -> None:
        """Ask the work to end as soon as it can, keeping the best found."""
        self._asked = True

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
