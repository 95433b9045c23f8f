"""Until when a link's limits hold: ``claim:7`` ends with the claim, long before the link does by itself.

A room that has such limits answers for them here, from what stands in its tables now; so nobody has to think of the
links whenever a number is put right or something is decided.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ekspora.core.registries import Registry


@dataclass(frozen=True, slots=True)
class Hold:
    """Whether a link with these limits still opens, and whether a session that it began goes on."""

    opens: bool = True
    goes_on: bool = True


# The name of an entry is what stands before the colon; limits that no room answers for hold as long as the link.
holds: Registry[Callable[[str], Hold]] = Registry("until when the limits of a link hold")


def hold_of(scope: str) -> Hold:
    """What holds of a link's limits now."""
    kind = scope.partition(":")[0]
    return holds[kind](scope) if kind in holds else Hold()
