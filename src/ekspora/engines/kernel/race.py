"""Several solvers in processes of their own; the caller takes what they report and stops when satisfied.

A lane runs its tasks one after the other, each for its share of seconds; lanes run side by side.

Leaving the ``with`` block kills every runner at once, and a runner whose parent dies ends by itself
(``worker.py``). Processes, because solvers hold the interpreter and cannot all live in one process.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Literal

from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.kernel.worker import read_frame, write_frame

TICK = 0.1


@dataclass(frozen=True, slots=True)
class Task:
    """A runner: ``function(report, *arguments)`` of a module, given by name so that only the child imports it."""

    name: str
    module: str
    function: str
    arguments: tuple[Any, ...]
    seconds: float = float("inf")


@dataclass(frozen=True, slots=True)
class Event:
    """News from a runner: a report on the way, its final value, or ``tick`` when there is none."""

    kind: Literal["report", "done", "failed", "tick"]
    runner: str = ""
    value: Any = None


class Race:
    """``with Race(lanes) as race: for event in race.events(deadline): …``."""

    def __init__(self, lanes: list[list[Task]]) -> None:
        self._lanes = [_Lane(list(tasks)) for tasks in lanes if tasks]
        self._news: queue.Queue[tuple[subprocess.Popen[bytes], Event]] = queue.Queue()

    def __enter__(self) -> Race:
        try:
            for lane in self._lanes:
                self._next(lane)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def events(self, deadline: Deadline, alive: Callable[[], None] = lambda: None) -> Iterator[Event]:
        """News until every lane is empty or the deadline is over; ``alive`` is called between them.

        Raises ``RuntimeError`` with the child's traceback when the last runner failed and none was done.
        """
        done, trace = 0, ""
        while not deadline.over and any(lane.child for lane in self._lanes):
            event = self._hear(deadline)
            alive()
            done += event.kind == "done"
            trace = event.value if event.kind == "failed" else trace
            if event.kind != "failed":
                yield event
        if trace and not done and not deadline.over:
            raise RuntimeError(f"every solver failed; the last one:\n{trace}")

    def _hear(self, deadline: Deadline) -> Event:
        for lane in self._lanes:
            if lane.child and lane.tasks and time.monotonic() > lane.until:
                self._next(lane)
        try:
            child, event = self._news.get(timeout=min(TICK, max(deadline.remaining, 0.001)))
        except queue.Empty:
            return Event("tick")
        lane = next((lane for lane in self._lanes if lane.child is child), None)
        if lane is None:
            return Event("tick")
        if event.kind in ("done", "failed"):
            self._next(lane)
        return event

    def _next(self, lane: _Lane) -> None:
        """End the lane's runner and start its next task, if there is one."""
        lane.end()
        if not lane.tasks:
            return
        task = lane.tasks.pop(0)
        child = subprocess.Popen(
            [sys.executable, "-m", "ekspora.engines.kernel.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        lane.child, lane.until = child, time.monotonic() + task.seconds
        threading.Thread(target=self._listen, args=(task.name, child), daemon=True).start()
        with contextlib.suppress(BrokenPipeError):
            write_frame(_open(child.stdin), (task.module, task.function, task.arguments))

    def _listen(self, name: str, child: subprocess.Popen[bytes]) -> None:
        ended = False
        try:
            while not ended:
                kind, value = read_frame(_open(child.stdout))
                ended = kind != "report"
                self._news.put((child, Event(kind, name, value)))
        except (EOFError, OSError, ValueError):
            self._news.put((child, Event("failed", name, f"{name} ended with code {child.poll()}")))

    def _end(self) -> None:
        for lane in self._lanes:
            lane.end()


@dataclass(slots=True)
class _Lane:
    tasks: list[Task]
    child: subprocess.Popen[bytes] | None = None
    until: float = 0.0

    def end(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout):
                with contextlib.suppress(OSError):
                    _open(pipe).close()
            self.child = None


def _open(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    return pipe
