"""Finding doubles among generated businesses: how many of the sure pairs are right, and how many of the true ones
are found. The generator is ``damage.py``; the figures hold for its kind of damage."""

import os
import time

from benchmarks.directory.damage import register
from ekspora.engines.duplicates import Likeness, find

BUSINESSES = int(os.environ.get("BENCH_DUPLICATES", "100000"))


def run() -> str:
    """A line with precision, recall and processor seconds."""
    entries, truth = register(BUSINESSES)
    start = time.process_time()
    pairs = find(entries)
    taken = time.process_time() - start
    sure = {(pair.a, pair.b) for pair in pairs if pair.likeness == Likeness.SURE}
    doubtful = {(pair.a, pair.b) for pair in pairs} - sure
    return (
        f"duplicates among {len(entries):,}: precision {len(sure & truth) / len(sure):.4f} (aim 0.98), "
        f"recall {len(sure & truth) / len(truth):.4f} (aim 0.90), {len(doubtful):,} doubtful of which "
        f"{len(doubtful & truth):,} true, {taken:.1f} CPU s (aim 180)"
    )
