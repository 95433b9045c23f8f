"""Numbers out of an address, a form or a scope."""

import pytest

from ekspora.core.numbers import id_in, number_in


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("007", 7), ("0", 0), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", "7 ", "1e3", "abc", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text: str | None) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("activity:7", 7),
        ("person:7", 0),
        ("activity:", 0),
        ("activity:x", 0),
        ("7", 0),
        ("", 0),
        ("activity:7:8", 0),
    ],
)
def test_the_record_of_a_scope_is_named_by_its_kind(scope: str, found: int) -> None:
    assert id_in(scope, "activity") == found
