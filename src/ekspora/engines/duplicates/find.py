"""Find pairs that may be one business, each with its probability and its reasons.

Model: of n entries one in ten has a double, so a pair is one with odds 0.1/n before anything is compared;
each field multiplies the odds by 2^weight (fields taken as independent, which they are not quite: their
weights are capped). ``sure`` needs 99 % and, beyond name and region, something that tells businesses apart;
``doubtful`` needs 30 %. Two different NIB, or one owner's two names, are never a pair. About O(n · blocks).
"""

from collections.abc import Callable, Collection, Iterable
from math import log2

from ekspora.engines.duplicates.blocks import candidates
from ekspora.engines.duplicates.compare import is_told, weights
from ekspora.engines.duplicates.features import Features, features
from ekspora.engines.duplicates.model import Entry, Likeness, Pair, Reason
from ekspora.engines.duplicates.statistics import Statistics
from ekspora.engines.duplicates.wording import text_of

DOUBLES = 0.1
SURE, DOUBTFUL = 0.99, 0.3
# Progress is told after so many comparisons.
STEP = 2_000


def find(
    entries: Iterable[Entry],
    *,
    new: Collection[int] | None = None,
    always: Collection[tuple[int, int]] = (),
    on_progress: Callable[[int], bool] = lambda compared: True,
) -> list[Pair]:
    """Pairs worth a look, the most probable first.

    ``new``: only pairs with at least one of these ids, e.g. those of a file against a directory.
    ``always``: pairs of ids to explain however improbable, e.g. those that another rule takes for one.
    ``on_progress`` hears how many pairs were compared; False stops the search and returns what was found.
    """
    comparable = [features(entry) for entry in entries]
    rare = Statistics(comparable)
    before = log2(DOUBLES / max(2, rare.size))
    found: list[Pair] = []
    told = _positions(comparable, always)
    for a, b in told:
        found += _judge(comparable[a], comparable[b], rare, before, 0.0)
    for compared, (a, b) in enumerate(candidates(comparable, new), 1):
        if (a, b) not in told:
            found += _judge(comparable[a], comparable[b], rare, before, DOUBTFUL)
        if compared % STEP == 0 and not on_progress(compared):
            break
    return sorted(found, key=lambda pair: (-pair.probability, pair.a, pair.b))


def _positions(entries: list[Features], pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    wanted = {one for pair in pairs for one in pair}
    where = {one.id: position for position, one in enumerate(entries) if one.id in wanted}
    known = [sorted((where[a], where[b])) for a, b in pairs if a in where and b in where]
    return {(a, b) for a, b in known}


def _judge(one: Features, other: Features, rare: Statistics, before: float, least: float) -> list[Pair]:
    found = weights(one, other, rare)
    if found is None:
        return []
    odds = before + sum(bits for _, _, bits in found)
    probability = 1 / (1 + 2**-odds) if odds > -60 else 0.0
    if probability < least:
        return []
    is_sure = probability >= SURE and is_told(found)
    reasons = (Reason(field, code, round(bits, 1), text_of(field, code)) for field, code, bits in found)
    ordered = tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))
    likeness = Likeness.SURE if is_sure else Likeness.DOUBTFUL
    a, b = sorted((one.id, other.id))
    return [Pair(a, b, likeness, round(probability, 4), ordered)]
