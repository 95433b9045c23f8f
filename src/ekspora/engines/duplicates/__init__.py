"""Which entries of a register are one business: found, weighed and explained. See docs/engines/duplicates.md."""

from ekspora.engines.duplicates.clusters import clusters
from ekspora.engines.duplicates.find import find
from ekspora.engines.duplicates.model import Entry, Likeness, Pair, Reason

__all__ = ["Entry", "Likeness", "Pair", "Reason", "clusters", "find"]
