"""Published instances (where they lie beside the checkout) that are closed in moments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ekspora.engines.meetings import parse_instance, solve, verify

PUBLISHED = Path(__file__).parents[4] / "shared" / "cases" / "meetings" / "udg"


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="published instances are not beside the checkout")
@pytest.mark.parametrize("name", ["tic-12", "tic-13crafb", "forumt-14", "forumt-14crafd"])
def test_published_optima_are_reached_and_proven(name: str) -> None:
    value = json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))
    instance = parse_instance(value)
    result = solve(instance, time_limit=300)
    assert verify(instance, result) == []
    assert result.status == "optimal"
    assert result.breaks == value["reference"]["optimal_breaks"]
