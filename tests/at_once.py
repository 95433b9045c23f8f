"""Several people at the same moment: threads that begin together, and the control that shows a lock was needed."""

import os
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import pytest
from django.db import DatabaseError, connections

from ekspora.core.errors import Conflict, DomainError

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 20.0
needs_locks = pytest.mark.skipif(
    "DATABASE_URL" not in os.environ, reason="SQLite has one writer at a time, whatever is locked"
)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to, in their order: what it gave or the exception it raised."""
    gate, found = threading.Barrier(len(acts)), dict[int, object]()

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(PATIENCE)
            found[place] = act()
        except Exception as fault:
            found[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[place] for place in range(len(acts))]


def faults(found: list[object]) -> list[Exception]:
    """Those of them that did not get through."""
    return [one for one in found if isinstance(one, Exception)]


def race(*acts: Callable[[], object]) -> list[str]:
    """How they ended, sorted.

    ``done``; ``told`` that somebody was faster; ``refused`` in words for another reason; stopped by the ``database``.
    Whatever else is raised fails the test.
    """
    return sorted(map(_word, at_once(*acts)))


def _word(ended: object) -> str:
    match ended:
        case Conflict():
            return "told"
        case DomainError():
            return "refused"
        case DatabaseError():
            return "database"
        case Exception():
            raise ended
    return "done"


def seen_by_both(look: Callable[P, T]) -> Callable[P, T]:
    """The positive control: ``look``, after which each of two waits until the other has looked as well.

    Put in the place of what is asked under a lock, with the lock taken away, it makes both see the same.
    """
    both = threading.Barrier(2)

    def looked(*args: P.args, **kwargs: P.kwargs) -> T:
        seen = look(*args, **kwargs)
        both.wait(PATIENCE)
        return seen

    return looked
