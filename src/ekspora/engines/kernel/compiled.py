"""Loops too long for the interpreter, compiled once for the machine they run on (Numba).

What is compiled is kept beside the source (or, where that may not be written, in the user's cache folder), so only the
first run after a change waits; ``make setup`` does that run. Where nothing may be kept every process compiles anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; it may use numbers, arrays, named tuples of these and its like.

    It is put in line where it is called, and lets other threads run.
    """
    try:
        return cast(Loop, numba.njit(cache=True, forceinline=True, nogil=True)(loop))
    except RuntimeError:  # there is no folder that may be written
        return cast(Loop, numba.njit(forceinline=True, nogil=True)(loop))
