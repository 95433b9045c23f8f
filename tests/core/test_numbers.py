"""Numbers out of an address or a form."""

import pytest

from ekspora.core.numbers import number_in


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("007", 7), ("0", 0), ("9" * 18, 10**18 - 1)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "²", "7 ", "1e3", "abc", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text: str | None) -> None:
    assert number_in(text) is None
