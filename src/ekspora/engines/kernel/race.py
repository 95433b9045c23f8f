"""Several solvers in processes of their own; the caller takes what they report and stops when satisfied.

Lanes run side by side, one for each core; the tasks of one lane take turns of two seconds, the others held still
(where the system ends a stopped child with its parent: Linux; elsewhere they run at once and share the core).

Leaving the ``with`` block kills every runner at once, and a runner whose parent dies ends by itself
(``worker.py``). Processes, because solvers hold the interpreter and cannot all live in one process.
"""

from __future__ import annotations

import contextlib
import queue
import signal
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
TURN = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """A runner: ``function(report, *arguments)`` of a module, given by name so that only the child imports it."""

    name: str
    module: str
    function: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """News from a runner: a report on the way, its final value, or ``tick`` when there is none."""

    kind: Literal["report", "done", "failed", "tick"]
    runner: str = ""
    value: Any = None


class Race:
    """``with Race(lanes) as race: for event in race.events(deadline): …``."""

    def __init__(self, lanes: list[list[Task]]) -> None:
        self._news: queue.Queue[tuple[_Runner, Event]] = queue.Queue()
        self._lanes = [_Lane(list(tasks), self._news) for tasks in lanes]

    def __enter__(self) -> Race:
        try:
            for lane in self._lanes:
                lane.turn()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def events(self, deadline: Deadline, alive: Callable[[], None] = lambda: None) -> Iterator[Event]:
        """News until every runner is done or the deadline is over; ``alive`` is called between them.

        Raises ``RuntimeError`` with the child's traceback when the last runner failed and none was done.
        """
        done, trace = 0, ""
        while not deadline.over and any(lane.busy for lane in self._lanes):
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
            if lane.turns and time.monotonic() > lane.until:
                lane.turn()
        try:
            runner, event = self._news.get(timeout=min(TICK, max(deadline.remaining, 0.001)))
        except queue.Empty:
            return Event("tick")
        if event.kind in ("done", "failed"):
            for lane in self._lanes:
                lane.drop(runner)
        return event

    def _end(self) -> None:
        for lane in self._lanes:
            for runner in lane.runners:
                runner.end()


class _Lane:
    """Runners that take turns; the first of ``runners`` is the one that works."""

    def __init__(self, tasks: list[Task], news: queue.Queue[tuple[_Runner, Event]]) -> None:
        self.waiting = tasks
        self.runners: list[_Runner] = []
        self.until = 0.0
        self._news = news

    @property
    def busy(self) -> bool:
        return bool(self.runners or self.waiting)

    @property
    def turns(self) -> bool:
        return bool(self.waiting or len(self.runners) > 1)

    def turn(self) -> None:
        """Hold the runner at work and let the next one work: one not yet started, else the longest held."""
        self.until = time.monotonic() + TURN
        if self.runners:
            self.runners[0].hold()
            self.runners.append(self.runners.pop(0))
        if self.waiting:
            self.runners.insert(0, _Runner(self.waiting.pop(0), self._news))
        elif self.runners:
            self.runners[0].go_on()

    def drop(self, runner: _Runner) -> None:
        """Forget a runner that has ended."""
        if runner in self.runners:
            runner.end()
            self.runners.remove(runner)
            self._resume()

    def _resume(self) -> None:
        self.until = time.monotonic() + TURN
        if self.runners:
            self.runners[0].go_on()
        elif self.waiting:
            self.runners.append(_Runner(self.waiting.pop(0), self._news))


class _Runner:
    """A child process at work on one task."""

    def __init__(self, task: Task, news: queue.Queue[tuple[_Runner, Event]]) -> None:
        self._name = task.name
        self._child = subprocess.Popen(
            [sys.executable, "-m", "ekspora.engines.kernel.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(news,), daemon=True).start()
        with contextlib.suppress(BrokenPipeError):
            write_frame(_open(self._child.stdin), (task.module, task.function, task.arguments))

    def _listen(self, news: queue.Queue[tuple[_Runner, Event]]) -> None:
        ended = False
        try:
            while not ended:
                kind, value = read_frame(_open(self._child.stdout))
                ended = kind != "report"
                news.put((self, Event(kind, self._name, value)))
        except (EOFError, OSError, ValueError):
            news.put(
                (self, Event("failed", self._name, f"{self._name} ended with code {self._child.poll()}"))
            )

    def hold(self) -> None:
        if sys.platform == "linux":
            self._child.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        if sys.platform == "linux":
            self._child.send_signal(signal.SIGCONT)

    def end(self) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                _open(pipe).close()


def _open(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    return pipe
