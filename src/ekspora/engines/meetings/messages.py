"""Which requests meet where when the flow's set does not fit: messages between places and rules (max-sum).

A *place* is a request in a slot; a *rule* holds at most so many of its places (``keys.py``: a seat one, a request one
slot, a slot its tables, …). A rule tells each place what the best of the others there would bring, which is what the
place must be worth beside them; a place is worth its weight less what all its rules ask. On trees the answer is exact,
on the assignment too (Bayati, Shah, Sharma, 2008); here it is not, but *reinforcement* (Braunstein, Zecchina, 2006)
makes all places decide: what a place is worth is added to its weight, ever more of it. *Damping* keeps messages from
swinging. The decided places go onto a board, the dearest first, and the board is filled and improved as ever.
O(rounds × places): 50,000 places decide in three seconds, half a percent below the bound of the LP.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ekspora.engines.kernel.compiled import compiled
from ekspora.engines.kernel.limits import Deadline
from ekspora.engines.meetings.encoding import Placement
from ekspora.engines.meetings.figures import weight_of
from ekspora.engines.meetings.grid import FREE, Grid
from ekspora.engines.meetings.kept_board import board_of
from ekspora.engines.meetings.keys import Key, Rows
from ekspora.engines.meetings.outcome import Ended, Report
from ekspora.engines.meetings.relaxation import relax
from ekspora.engines.meetings.selection import improve
from ekspora.engines.meetings.watch import Watch

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LARGEST = 200_000
TOP, REQUIRED = 3.0, 30.0
ROUNDS, WORK, TRIALS = 2_000, 200_000_000, 12
# Damping, reinforcement at the end, chance. Slots that are all alike need more of each than absences at random.
MANNERS = ((0.5, 0.2, 0.05), (0.35, 0.05, 0.01), (0.3, 0.07, 0.01), (0.7, 0.3, 0.05))
STEPS = 300
NOTHING = -1e18  # here, for what is compiled is made anew only when this file changes


class Net(NamedTuple):
    """Places and the rules they stand under; lists of lists are two arrays: ``x[first[i]:first[i + 1]]`` is i's."""

    request: Ints  # place
    slot: Ints  # place
    first: Ints
    rule: Ints  # place: its rules; each entry is a link
    limit: Ints  # rule: places it holds
    wide_first: Ints
    wide: Ints  # rule of more than one place: its links


def lp_bound(report: Report, grid: Grid, bound: int) -> Ended:
    """The bound of the LP relaxation, where it is not too large; a task of its own (see ``stages.py``)."""
    places = sum(mask.bit_count() for mask in grid.allowed)
    relaxed = relax(grid, large=True) if places <= LARGEST else None
    return Ended("feasible", None, bound if relaxed is None else min(bound, relaxed.bound))


def most_weight(report: Report, grid: Grid, start: Placement | None, bound: int, seed: int) -> Ended:
    """A timetable of great weight; a task of its own, deterministic for a seed."""
    net = _net(grid)
    best, weight = start, -1 if start is None else weight_of(grid, start)
    draw = np.random.default_rng(seed)
    for damping, growth, chance in itertools.islice(itertools.cycle(MANNERS), seed % 2, seed % 2 + TRIALS):
        own = _weights(grid, net) + chance * draw.random(len(net.request))
        rounds = min(ROUNDS, WORK // (len(own) + 1) + 1)
        worth = decide(net, own, rounds, damping, growth)
        found = _seated(grid, net, worth, bound, seed)
        if found is not None and weight_of(grid, found) > weight:
            best, weight = found, weight_of(grid, found)
            report(("placement", found))
        if weight >= bound:
            break
    return Ended("feasible", best, bound)


def _weights(grid: Grid, net: Net) -> Floats:
    scale = TOP / max(grid.weight, default=1)
    worth = np.array(
        [w * scale + REQUIRED * need for w, need in zip(grid.weight, grid.required, strict=True)]
    )
    return np.asarray(worth[net.request])


def _seated(grid: Grid, net: Net, worth: Floats, bound: int, seed: int) -> Placement | None:
    """The places as they fit, the dearest first, then what else fits; ``None`` if a required one does not."""
    board = board_of(grid)
    for place in np.argsort(-worth, kind="stable"):
        r, s = int(net.request[place]), int(net.slot[place])
        if board.slot[r] == FREE and board.wanted(r) and board.room & board.open_slots(r) >> s << s & 1 << s:
            board.put(r, s)
    improve(board, bound, seed, STEPS, Watch(Deadline(1e9), None))
    complete = all(s != FREE for r, s in enumerate(board.slot) if grid.required[r])
    return board.placement if complete else None


def _net(grid: Grid) -> Net:
    """Only rules that can be broken are listed."""
    rows = Rows(grid)
    places = [(r, s) for r in range(grid.requests) for s in grid.slots_of(r)]
    rules = [list(rows.of(r, s)) for r, s in places]
    limit: dict[Key, int] = dict(itertools.chain.from_iterable(rules))
    under: dict[Key, list[int]] = {key: [] for key in limit}
    for place, own in enumerate(rules):
        for key, _most in own:
            under[key].append(place)
    binding = [key for key in limit if _most_places(grid, key, places, under[key]) > limit[key]]
    number = {key: n for n, key in enumerate(binding)}
    kept = [[number[key] for key, _most in own if key in number] for own in rules]
    rule = np.array([n for own in kept for n in own], np.int64)
    limits = np.array([limit[key] for key in binding], np.int64)
    wide = [
        np.flatnonzero(rule == n) if most > 1 else np.array([], np.int64) for n, most in enumerate(limits)
    ]
    return Net(
        request=np.array([r for r, _ in places], np.int64),
        slot=np.array([s for _, s in places], np.int64),
        first=_starts(map(len, kept)),
        rule=rule,
        limit=limits,
        wide_first=_starts(map(len, wide)),
        wide=np.concatenate([*wide, np.array([], np.int64)]).astype(np.int64),
    )


def _most_places(grid: Grid, key: Key, places: list[tuple[int, int]], under: list[int]) -> int:
    """How many of a rule's places could be taken if it did not exist (in a slot everybody meets once)."""
    if key[0] != "slot":
        return len(under)
    return min(len(under), len({u for n in under for u in grid.uses[places[n][0]][:2]}) // 2)


def _starts(lengths: Iterator[int]) -> Ints:
    return np.array([0, *itertools.accumulate(lengths)], np.int64)


@compiled
def decide(net: Net, own: Floats, rounds: int, damping: float, growth: float) -> Floats:
    """What every place is worth in the end; positive: it is taken.

    ``own``: weights; ``damping``: which part of a message stays as it was; ``growth``: which part of its worth is added
    to a place's weight in the last round (evenly more from none).
    """
    places, rules = len(own), len(net.limit)
    message, heard = np.zeros(len(net.rule)), np.zeros(len(net.rule))
    worth, weight = np.zeros(places), own.copy()
    last, next_best = np.zeros(rules), np.zeros(rules)
    for turn in range(rounds):
        last[:], next_best[:] = NOTHING, NOTHING
        for p in range(places):
            total = weight[p]
            for k in range(net.first[p], net.first[p + 1]):
                total += message[k]
            for k in range(net.first[p], net.first[p + 1]):
                f, h = net.rule[k], total - message[k]
                heard[k] = h
                if h > last[f]:
                    last[f], next_best[f] = h, last[f]
                elif h > next_best[f]:
                    next_best[f] = h
        for f in range(rules):
            if net.limit[f] > 1:  # the last that finds room and the first that does not
                offers = np.sort(heard[net.wide[net.wide_first[f] : net.wide_first[f + 1]]])
                last[f], next_best[f] = offers[-net.limit[f]], offers[-net.limit[f] - 1]
        for p in range(places):
            total = weight[p]
            for k in range(net.first[p], net.first[p + 1]):
                f = net.rule[k]
                rival = next_best[f] if heard[k] >= last[f] else last[f]
                message[k] = damping * message[k] - (1 - damping) * max(rival, 0.0)
                total += message[k]
            worth[p] = total
            weight[p] = own[p] + growth * turn / rounds * total
    return worth
