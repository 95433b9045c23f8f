"""Who may use the addresses of this room."""

from tests.permissions.rows import Row

ROWS: list[Row] = []
