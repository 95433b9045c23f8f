"""Who may use the addresses of this room."""

from tests.permissions.rows import Row

ROWS: list[Row] = [
    Row("home", public=True, note="a welcome for visitors, the person's own page for everybody else"),
    Row("offline_worker", public=True, note="a script"),
]
