"""What holds for any text: no parser raises, what was read is read again as itself, numbers survive being
written."""

import contextlib
import json
from decimal import Decimal
from typing import Any

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ekspora.engines.registers import RegisterError, read_source, schemas, understand
from ekspora.engines.registers.values import Ask, Bad, Context, Parsed
from ekspora.engines.registers.values.numbers import decimal
from ekspora.engines.registers.values.parsers import PARSERS
from ekspora.engines.registers.wording import distance, fold

HERE = Context()
UNTIMED = settings(deadline=None, max_examples=60)  # places and countries are loaded by the first example
PIECES = st.sampled_from(
    [
        "Rp",
        "USD",
        "juta",
        "rb",
        "1.250",
        "2,5",
        "0812",
        "+62",
        "wa.me/",
        "8.52E+10",
        "-",
        "–",
        "/",
        ",",
        ";",
        ".",
        "(",
        ")",
        "@",
        ":",
        "Januari",
        "2019",
        "31",
        "Kab.",
        "Kota",
        "Bandung",
        "Jawa",
        "Korea",
        "Kuliner",
        "²",
        "\n",
        "\t",
        "0",
        "00000",
        "=",
        "#",
        "%",
        "é",
        "🔥",
        "ya",
        "belum",
        "x",
        "..",
        "https://",
        "a",
        "b",
        "13",
        "per",
        "bulan",
        "kg",
        "s/d",
    ]
)
CELLS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=8).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
)


@pytest.mark.parametrize("name", sorted(PARSERS))
@UNTIMED
@given(text=CELLS)
def test_no_parser_raises_and_every_value_is_plain(name: str, text: str) -> None:
    outcome = PARSERS[name](text, HERE)
    assert isinstance(outcome, Parsed | Bad | Ask)
    if isinstance(outcome, Parsed):
        json.dumps(outcome.value, allow_nan=False)
    else:
        assert outcome.code
        assert set(outcome.remedy) == {"id", "en"}


@pytest.mark.parametrize(
    "name",
    ["name", "text", "long_text", "nib", "hs", "npwp", "country", "date", "province", "regency", "unit"],
)
@UNTIMED
@given(text=CELLS)
def test_what_was_read_is_read_again_as_itself(name: str, text: str) -> None:
    first = PARSERS[name](text, HERE)
    if isinstance(first, Parsed) and isinstance(first.value, str):
        again = PARSERS[name](first.value, HERE)
        # A code of a province can be the number that the statistics office gives to another.
        if isinstance(again, Parsed):
            assert again.value == first.value
        else:
            assert name == "province"


@UNTIMED
@given(st.integers(0, 10**9), st.sampled_from([".", ","]))
def test_grouped_numbers_are_read_back(number: int, separator: str) -> None:
    text = f"{number:,}".replace(",", separator)
    assert decimal(text, dot_groups=True, comma_groups=True) == number


@UNTIMED
@given(st.decimals(0, 10**7, places=2, allow_nan=False))
def test_both_conventions_of_decimals_are_read(number: Decimal) -> None:
    english = f"{number:,.2f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    assert decimal(english) == number
    assert decimal(indonesian) == number


@UNTIMED
@given(st.from_regex(r"(\+62|62|0)?8[1-9][0-9]{6,11}", fullmatch=True))
def test_the_quick_way_for_mobile_numbers_agrees_with_the_library(text: str) -> None:
    outcome = PARSERS["phones"](text, HERE)
    national = (
        text.removeprefix("+").removeprefix("62")
        if text.startswith(("+62", "62"))
        else text.removeprefix("0")
    )
    number = phonenumbers.parse("+62" + national)
    if isinstance(outcome, Parsed):
        assert [entry["number"] for entry in outcome.value] == ["+62" + national]  # type: ignore[attr-defined]
        assert phonenumbers.is_valid_number(number)
    else:
        assert not phonenumbers.is_valid_number(number) or national.endswith("00000")


@UNTIMED
@given(st.text("abcde", max_size=7), st.text("abcde", max_size=7))
def test_distance_against_the_plain_definition(a: str, b: str) -> None:
    table: dict[tuple[int, int], int] = {}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if not i or not j:
                table[i, j] = i + j
                continue
            best = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                best = min(best, table[i - 2, j - 2] + 1)
            table[i, j] = best
    exact = table[len(a), len(b)]
    assert distance(a, b, 20) == exact
    assert (distance(a, b, 1) <= 1) == (exact <= 1)


@UNTIMED
@given(CELLS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@UNTIMED
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_any_table_is_understood_or_refused(rows: list[list[str]], encoding: str) -> None:
    header = ["Nama Usaha", "Telepon", "Kota", "Kategori", "Produk", "Harga"]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [header, *rows])
    try:
        sheet = read_source(text.encode(encoding, "replace"), "x.csv")
    except RegisterError:
        return
    for as_ in schemas():
        result: Any = understand(sheet, as_)
        assert result.rows == result.good + result.bad_rows + result.blank
        assert {issue.row for issue in result.bad} & {record.row for record in result.records} == set()
        assert len({issue.row for issue in result.bad}) == result.bad_rows


@UNTIMED
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(RegisterError):
        read_source(data, "x")
