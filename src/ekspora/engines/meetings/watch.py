"""The state of a running search: best figures so far, the limit, and the caller who may stop it."""

from __future__ import annotations

import time
from collections.abc import Callable

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings.model import Progress

EVERY = 0.2


class Watch:
    """Figures to be shown and the deadline; call :meth:`tick` often, it is cheap."""

    def __init__(self, deadline: Deadline, on_progress: Callable[[Progress], bool | None] | None) -> None:
        self.deadline = deadline
        self.weight = 0
        self.weight_bound: int | None = None
        self.breaks: int | None = None
        self.breaks_bound: int | None = None
        self.stage = "reading"
        self._tell = on_progress
        self._last = 0.0

    def enter(self, stage: str) -> None:
        """Begin a stage and say so at once."""
        self.stage = stage
        self._last = 0.0
        self.tick()

    def tick(self) -> None:
        """Tell the caller, at most five times a second; stop when it answers ``False``."""
        if self._tell is None or time.monotonic() - self._last < EVERY:
            return
        self._last = time.monotonic()
        progress = Progress(
            self.deadline.elapsed, self.weight, self.weight_bound, self.breaks, self.breaks_bound, self.stage
        )
        if self._tell(progress) is False:
            self.deadline.stop()
