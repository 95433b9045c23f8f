"""Several solvers in processes of their own; the caller takes what they report and stops when satisfied.

Leaving the ``with`` block kills every runner at once, and a runner whose parent dies ends by itself
(``worker.py``). Processes, because solvers hold the interpreter and cannot all live in one process.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

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


@dataclass(frozen=True, slots=True)
class Event:
    """News from a runner: a report on the way, its final value, or ``tick`` when there is none."""

    kind: Literal["report", "done", "failed", "tick"]
    runner: str = ""
    value: Any = None


class Race:
    """``with Race(tasks) as race: for event in race.events(deadline): …``."""

    def __init__(self, tasks: list[Task]) -> None:
        self._tasks = tasks
        self._news: queue.Queue[Event] = queue.Queue()
        self._children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Race:
        try:
            for task in self._tasks:
                self._start(task)
        except BaseException:
            self._kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill()

    def events(self, deadline: Deadline, alive: Callable[[], None] = lambda: None) -> Iterator[Event]:
        """News until every runner is done or the deadline is over; ``alive`` is called between them.

        Raises ``RuntimeError`` with the child's traceback when the last runner failed and none was done.
        """
        running, done, trace = len(self._tasks), 0, ""
        while running and not deadline.over:
            try:
                event = self._news.get(timeout=min(TICK, max(deadline.remaining, 0.001)))
            except queue.Empty:
                event = Event("tick")
            alive()
            if event.kind in ("done", "failed"):
                running -= 1
                done += event.kind == "done"
                trace = event.value if event.kind == "failed" else trace
            if event.kind != "failed":
                yield event
        if trace and not done and not running:
            raise RuntimeError(f"every solver failed; the last one:\n{trace}")

    def _start(self, task: Task) -> None:
        child = subprocess.Popen(
            [sys.executable, "-m", "ekspora.engines.kernel.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._children.append(child)
        assert child.stdin is not None
        write_frame(child.stdin, (task.module, task.function, task.arguments))  # type: ignore[arg-type]
        threading.Thread(target=self._listen, args=(task.name, child), daemon=True).start()

    def _listen(self, name: str, child: subprocess.Popen[bytes]) -> None:
        ended = False
        try:
            while not ended:
                kind, value = read_frame(child.stdout)  # type: ignore[arg-type]
                ended = kind != "report"
                self._news.put(Event(kind, name, value))
        except (EOFError, OSError, ValueError):
            self._news.put(Event("failed", name, f"{name} ended with code {child.poll()}"))

    def _kill(self) -> None:
        for child in self._children:
            child.kill()
        for child in self._children:
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipe.close()
