"""Python's search for reference cycles, paused while a register is understood or written."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """The search walks everything alive again and again, and a register is millions of objects: it took two fifths
    of an import. They hold no cycles, so reference counts free them as before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
