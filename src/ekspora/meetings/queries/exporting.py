"""A version in the formats of ``ekspora schedule``."""

from collections.abc import Mapping
from typing import Any

from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.people import Who, with_names


def result_with_names(version: TimetableVersion, people: Mapping[str, Who]) -> dict[str, Any]:
    """The version's result in format 1; reasons carry names in place of the stored marks."""
    unscheduled = [
        {**row, "text": {code: with_names(text, people) for code, text in row["text"].items()}}
        for row in version.result["unscheduled"]
    ]
    return {**version.result, "unscheduled": unscheduled}
