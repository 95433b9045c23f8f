"""Python's search for reference cycles, made rare while a register is understood or written."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New containers between two searches (Python's own: 700), and how many of the short ones make a longer one.
_RARE = (50_000, 20, 50)


@contextmanager
def collector_rarely() -> Iterator[None]:
    """The search walks everything alive again and again, and a register is millions of objects: it took two fifths
    of an import. Reference counts free nearly all of them; what hangs in cycles waits a little longer."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
