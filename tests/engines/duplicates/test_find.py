"""Doubles are found, explained, and what only looks alike survives."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.directory.damage import register
from ekspora.engines.duplicates import Entry, Likeness, Pair, clusters, find
from ekspora.engines.duplicates.compare import weights
from ekspora.engines.duplicates.features import features
from ekspora.engines.duplicates.find import STEP
from ekspora.engines.duplicates.statistics import Statistics

ONE = Entry(
    1, "Keripik Barokah", nib="9120001234567", phones=("+6281200001111",), owner="Siti Aminah", province="32",
    regency="32.05", address="Jl. Merdeka No. 12",
)  # fmt: skip


def pairs(*entries: Entry, size: int = 300) -> list[Pair]:
    """What is found among these in a register of others."""
    others, _ = register(size, doubles=0)
    crowd = [replace(other, id=10_000 + other.id) for other in others]
    return [pair for pair in find([*entries, *crowd]) if pair.b < 10_000]


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, id=2, name="UD KRIPIK BAROKAH", nib="", owner="Hj. Siti Aminah, S.E."),
        replace(ONE, id=2, name="Kripik Barakah", nib="", address=""),
        replace(ONE, id=2, name="Barokah Keripik Singkong", nib="", owner=""),
        replace(ONE, id=2, phones=(), owner="", regency="", address=""),
        replace(ONE, id=2, nib="", phones=("+6285700000000", "+6281200001111"), owner="Siti"),
    ],
)
def test_the_same_business_written_otherwise_is_sure(other: Entry) -> None:
    (pair,) = pairs(ONE, other)
    assert (pair.a, pair.b, pair.likeness) == (1, 2, Likeness.SURE)


def test_reasons_are_told_in_both_languages_the_weightiest_first() -> None:
    (pair,) = pairs(ONE, replace(ONE, id=2, phones=("+6285711112222",)))
    sizes = [abs(reason.weight) for reason in pair.reasons]
    assert sizes == sorted(sizes, reverse=True)
    told = {reason.field: reason.text for reason in pair.reasons}
    assert told["nib"] == {"id": "NIB sama", "en": "same NIB"}
    assert told["phone"]["en"] == "different telephones"


@pytest.mark.parametrize(
    "other",
    [
        # Another stall of the same name in the same market.
        replace(ONE, id=2, nib="", phones=("+6285798765432",), owner="Ujang Hidayat", address="Jl. Merdeka No. 80"),
        # The owner's second business, at the same door with the same telephone.
        replace(ONE, id=2, nib="", name="Batik Kencana"),
        replace(ONE, id=2, nib="", name="Keripik Sumber Rasa"),
        # Everything alike but the number that the state gave.
        replace(ONE, id=2, nib="8120109876543"),
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_not_sure(other: Entry) -> None:
    assert [pair for pair in pairs(ONE, other) if pair.likeness == Likeness.SURE] == []


def test_a_name_and_a_region_alone_are_never_sure() -> None:
    bare = Entry(1, "Sirikaya Lumbana", province="32", regency="32.05")
    found = pairs(bare, replace(bare, id=2), size=30)
    assert [pair.likeness for pair in found] == [Likeness.DOUBTFUL]


def test_only_pairs_with_something_new_when_asked() -> None:
    twice = [ONE, replace(ONE, id=2), replace(ONE, id=3)]
    assert {(pair.a, pair.b) for pair in find(twice, new={3})} == {(1, 3), (2, 3)}
    assert find(twice, new=()) == []


def test_the_search_stops_when_told() -> None:
    entries, _ = register(4_000)
    heard: list[int] = []

    def stop(compared: int) -> bool:
        heard.append(compared)
        return False

    stopped = find(entries, on_progress=stop)
    assert heard == [STEP]
    assert len(stopped) < len(find(entries))


def test_generated_damage_is_found_with_few_mistakes() -> None:
    entries, truth = register(6_000, seed=5)
    sure = {(pair.a, pair.b) for pair in find(entries) if pair.likeness == Likeness.SURE}
    assert len(sure & truth) >= 0.98 * len(sure)
    assert len(sure & truth) >= 0.9 * len(truth)


def test_blocking_loses_next_to_nothing_against_comparing_all_pairs() -> None:
    entries, _truth = register(600, doubles=0.3, seed=9)
    forms = [features(entry) for entry in entries]
    rare = Statistics(forms)
    likely = {
        (min(a.id, b.id), max(a.id, b.id))
        for a, b in combinations(forms, 2)
        if (found := weights(a, b, rare)) is not None and sum(bits for _, _, bits in found) > 25
    }
    assert len(likely) > 100
    found_ids = {(pair.a, pair.b) for pair in find(entries)}
    assert len(likely - found_ids) <= 0.01 * len(likely)


NAMES = st.sampled_from(["Kopi Maju", "Kopi Madju", "Batik Sari", "", "12", "Ünïcödé 漢字"])
ENTRIES = st.lists(
    st.builds(
        Entry, id=st.just(0), name=NAMES, nib=st.sampled_from(["", "9120001234567", "9120001234568"]),
        phones=st.sampled_from([(), ("+6281200001111",), ("+6281200001112",)]),
        owner=st.sampled_from(["", "Siti", "H. Siti", "."]), regency=st.sampled_from(["", "32.05", "33.01"]),
        address=st.sampled_from(["", "Jl. Melati No. 3", "Pasar Baru"]),
    ), max_size=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(ENTRIES)
def test_any_register_is_answered_and_no_group_has_two_numbers(entries: list[Entry]) -> None:
    numbered = [replace(entry, id=n) for n, entry in enumerate(entries)]
    found = find(numbered)
    assert all(pair.a < pair.b and 0.3 <= pair.probability <= 1 for pair in found)
    assert len({(pair.a, pair.b) for pair in found}) == len(found)
    nibs = {entry.id: entry.nib for entry in numbered if entry.nib}
    for group in clusters(found, nibs):
        assert len({nibs[one] for one in group if one in nibs}) <= 1


@given(ENTRIES)
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_register_does_not_matter(entries: list[Entry]) -> None:
    numbered = [replace(entry, id=n) for n, entry in enumerate(entries)]
    assert find(numbered) == find(numbered[::-1])
