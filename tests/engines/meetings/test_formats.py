"""The published formats: schemas, examples, and reading back what was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ekspora.engines.meetings import parse_instance, parse_result, solve, verify
from tests.engines.meetings.worlds import tiny

FORMATS = Path(__file__).parents[3] / "docs" / "formats"


def read(name: str) -> Any:
    return json.loads((FORMATS / name).read_text("utf-8"))


@pytest.mark.parametrize("kind", ["instance", "result"])
def test_examples_keep_their_schema(kind: str) -> None:
    schema = read(f"schedule-{kind}.schema.json")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read(f"examples/schedule-{kind}.json"))


def test_the_example_is_solved_as_shown() -> None:
    instance = parse_instance(read("examples/schedule-instance.json"))
    shown = read("examples/schedule-result.json")
    result = solve(instance)
    assert verify(instance, result) == []
    assert {k: v for k, v in result.to_json().items() if k in ("weight", "breaks", "status", "proven")} == {
        k: shown[k] for k in ("weight", "breaks", "status", "proven")
    }


@pytest.mark.parametrize("seed", range(6))
def test_what_is_written_can_be_read_back(seed: int) -> None:
    instance = tiny(seed)
    result = solve(instance, seed=seed)
    Draft202012Validator(read("schedule-instance.schema.json")).validate(instance.to_json())
    Draft202012Validator(read("schedule-result.schema.json")).validate(result.to_json())
    assert parse_instance(json.loads(json.dumps(instance.to_json()))) == instance
    again = parse_result(json.loads(json.dumps(result.to_json())))
    assert again.meetings == result.meetings
    assert again.unscheduled == result.unscheduled
    assert (again.weight, again.breaks, again.proven) == (result.weight, result.breaks, result.proven)


def test_every_reason_has_both_languages() -> None:
    for seed in range(30):
        for unscheduled in solve(tiny(seed), time_limit=20).unscheduled:
            assert unscheduled.code != "time"
            assert unscheduled.text["id"].endswith(".")
            assert unscheduled.text["en"].endswith(".")
