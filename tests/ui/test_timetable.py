"""The timetable's two readings: by table and by slot."""

import pytest

from ekspora.ui.timetable import Card, Column, Grid, Row
from tests.ui import pages
from tests.ui.test_tags import show

FIRST, PAUSE, LAST = Column("09.00"), Column("09.25", pause="jeda"), Column("09.50")
A, B = Card("Kopi", "Fiji"), Card("Teh", "Uganda", must=True, conflict="dua meja")


def test_both_readings_hold_the_same_meetings() -> None:
    grid = pages.grid()
    across = [card for _label, cells in grid.lines for _column, card in cells if isinstance(card, Card)]
    down = [card for _column, cards in grid.by_slot for _label, card in cards]
    assert sorted(map(id, across)) == sorted(map(id, down))
    assert len(across) > 100


def test_by_slot_names_the_table() -> None:
    grid = Grid([FIRST, PAUSE, LAST], [Row("1", [A, None, None]), Row("2", [None, None, B])])
    assert grid.by_slot == [(FIRST, [("1", A)]), (PAUSE, []), (LAST, [("2", B)])]


def test_a_ragged_row_is_refused() -> None:
    with pytest.raises(ValueError, match="2"):
        Grid([FIRST], [Row("1", [A]), Row("2", [A, B])])


def test_states_become_classes() -> None:
    assert A.classes == "meet"
    assert B.classes == "meet must conflict"


def test_a_pause_is_one_column_over_all_tables() -> None:
    grid = Grid([FIRST, PAUSE, LAST], [Row(str(n), [A, None, B]) for n in range(3)])
    shown = show('{% include "ui/timetable.html" %}', grid=grid)
    assert shown.count('<td class="pause" rowspan="3">') == 1
    assert shown.count("dua meja") >= 3


def test_an_empty_day_can_be_shown() -> None:
    assert "<table>" in show('{% include "ui/timetable.html" %}', grid=Grid([]))
