"""Who may use the addresses of this room."""

from tests.permissions.rows import Row
from tests.world import ACTORS

EVERYBODY = frozenset(ACTORS)

ROWS: list[Row] = [
    Row("markets", EVERYBODY),
    Row("papers_at_home", EVERYBODY),
    Row("market", EVERYBODY, lambda world: ("IN",)),
]
