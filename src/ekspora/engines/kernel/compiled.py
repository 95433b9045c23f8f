"""Loops too long for the interpreter, compiled once for the machine they run on (Numba).

What is compiled is kept beside the source (or, where that is not writable, in the user's cache folder), so only the
first run after a change waits; ``make setup`` does that run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; it may use numbers, arrays, named tuples of these and its like."""
    return cast(Loop, numba.njit(cache=True, forceinline=True, nogil=True)(loop))
