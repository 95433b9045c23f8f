"""Chances for the compiled steps: a generator of our own, so that the same seed gives the same walk on every machine.

xorshift64* (Vigna, 2016).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ekspora.engines.kernel.compiled import compiled

if TYPE_CHECKING:
    from ekspora.engines.meetings.walk_arrays import State


@compiled
def chance(state: State) -> float:
    """A number from 0 up to 1."""
    x = state.chance[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state.chance[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0
