"""What the permission matrix is made of: one row for each address, declared by the room it belongs to.

A room declares its rows in ``tests/<room>/addresses.py`` as ``ROWS``; ``tests/permissions/test_matrix.py``
derives the addresses from the URLconf and fails for one without a row.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.world import World

OFFICERS = frozenset({"lead_officer", "co_officer"})


@dataclass(frozen=True, slots=True)
class Row:
    """Who may use one address.

    ``allowed`` actors get ``ok``; visitors are sent to the sign-in page; everybody else gets 404, as if the
    address did not exist. ``public`` addresses are for everybody. ``arguments`` makes the records that the
    address names and gives its arguments.
    """

    name: str
    allowed: frozenset[str] = frozenset()
    arguments: Callable[[World], tuple[object, ...]] = field(default=lambda world: ())
    method: str = "get"
    data: dict[str, object] = field(default_factory=dict)
    public: bool = False
    ok: frozenset[int] = frozenset({200, 302, 303})
    # Why this address departs from the rule above, for those that must (e.g. a token is the permission).
    note: str = ""
