"""Naming a buyer: once for each agency and country, and never a mission."""

import pytest

from ekspora.core.models import Agency, AuditEntry
from ekspora.directory.models import Buyer
from ekspora.directory.never_embassy import is_mission
from ekspora.directory.services.buyers import name_buyer
from tests.world import World

MISSIONS = ["Embassy of India", "Kedutaan Besar Fiji", "Republic of Uganda"]


@pytest.mark.parametrize(
    "name",
    [
        "Embassy of India", "EMBASSY  OF INDIA,", "Kedutaan Besar Fidji", "Republik of Uganda", "The Royal Embassy",
        "Kedubes Maroko", "Konsulat Jenderal Lagos", "Consulate-General", "KBRI New Delhi", "Atase Perdagangan",
        "Perwakilan RI", "British High Commission", "Trade Attaché of Fiji",
    ],
)  # fmt: skip
def test_this_is_a_mission(name: str) -> None:
    assert is_mission(name, MISSIONS)


@pytest.mark.parametrize(
    "name",
    ["Mumbai Spices Ltd", "India Coffee Traders", "Fiji Foods", "Konsumindo", "Consultrade Pty", "Uganda"],
)
def test_this_is_none(name: str) -> None:
    assert not is_mission(name, MISSIONS)


def _named(world: World, name: str, *, country: str = "IN", agency: Agency | None = None) -> Buyer:
    return name_buyer(
        agency=agency or world.lead, name=name, country=country, kind="importer", values={"website": "x.in"},
        introduced_by=world.mission, actor=world.people["lead_officer"],
    )  # fmt: skip


def test_the_same_name_country_and_list_is_one_buyer(world: World) -> None:
    first = _named(world, "Spices India, PT")
    assert _named(world, " spices   INDIA") == first
    assert AuditEntry.objects.filter(action="buyer.name").count() == 1
    assert (first.introduced_by, first.website) == (world.mission, "x.in")
    others = {_named(world, "Spices India", country="AE"), _named(world, "Spices India", agency=world.co)}
    assert first not in others
    assert len(others) == 2
