"""A filled-in form: the names of columns stand under each other and what they say beside them."""

from ekspora.engines.registers.headings import is_known
from ekspora.engines.registers.sheet import Grid
from ekspora.engines.registers.wording import clean

_LOOK = 60
_LEAST = 4
_BETWEEN = frozenset({"", ":", "=", "-"})


def upright(grid: Grid, names_in_a_row: int) -> tuple[Grid, int]:
    """The form as a table, one record for each column of values, and the line its names begin at (from 0); the grid
    itself and 0 where names stand in a row, as they do in a list (``names_in_a_row``: the most of them in one)."""
    rows = grid.rows
    if names_in_a_row > 1 or len(rows) > _LOOK:
        return grid, 0
    for k in range(3):
        labels = {
            i: clean(row[k]).rstrip(" :") for i, row in enumerate(rows) if k < len(row) and row[k].strip()
        }
        known = [i for i, label in labels.items() if is_known(label) and _values(rows[i], k)]
        if len(known) >= _LEAST and len(known) >= 0.6 * len(labels):
            lines = [i for i in labels if i >= known[0] and _values(rows[i], k)]
            width = max(len(_values(rows[i], k)) for i in lines)
            cells = [_values(rows[i], k) for i in lines]
            records = [[line[n] if n < len(line) else "" for line in cells] for n in range(width)]
            return Grid(grid.name, [[labels[i] for i in lines], *records]), known[0]
    return grid, 0


def _values(row: list[str], k: int) -> list[str]:
    return [cell for cell in row[k + 1 :] if cell.strip() not in _BETWEEN]
