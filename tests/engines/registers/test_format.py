"""The report keeps to its published schema."""

import json
from pathlib import Path

import jsonschema

from ekspora.engines.registers import read_source, report, understand

FORMATS = Path(__file__).resolve().parents[3] / "docs" / "formats"


def test_the_example_is_reported_as_the_schema_says() -> None:
    schema = json.loads((FORMATS / "import.schema.json").read_text(encoding="utf-8"))
    source = FORMATS / "examples" / "import-source.csv"
    told = report(understand(read_source(source.read_bytes(), source.name), "businesses"))
    jsonschema.validate(told, schema)
    assert told == json.loads((FORMATS / "examples" / "import-report.json").read_text(encoding="utf-8"))
    assert (told["header_row"], told["good"], told["bad_rows"], told["blank"]) == (3, 3, 1, 1)
    assert told["duplicates"] == [[1, 2]]
