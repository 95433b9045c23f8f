"""The score: what the issue's example says, properties against random facts, words in two languages."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ekspora.engines.matching import Fair, Goods, Guest, Maker, Quantity, Want, score
from ekspora.engines.matching.glossary import known
from ekspora.engines.matching.phrases import amounts
from ekspora.engines.matching.regions import REGIONS, region_of
from ekspora.engines.matching.words import broader, called, meanings

COFFEE = Goods(
    {"id": "Kopi sangrai", "en": "Roasted coffee"}, {}, "09012110", Quantity(Decimal(2000), "kg"), "halal"
)  # fmt: skip
NAMES = [
    "Kopi sangrai",
    "Batik tulis",
    "Keripik singkong",
    "Sepatu kulit",
    "Mesin sangrai",
    "Aplikasi kasir",
    "Zzz",
]
WORDS = [
    "coffee",
    "processed food",
    "snacks",
    "footwear",
    "batik and garments",
    "software",
    "machinery",
    "zzz",
]
SECTORS = ["", "agro", "fashion", "culinary", "it"]
PLACES = ["MY", "IN", "JP", "ID", "FJ", "SG"]

goods = st.builds(
    Goods,
    st.fixed_dictionaries({"id": st.sampled_from(NAMES)}),
    st.fixed_dictionaries({"id": st.sampled_from(["", "teman minum kopi", "makanan ringan"])}),
    st.sampled_from(["", "0901", "090121", "6403", "8419"]),
    st.none() | st.builds(Quantity, st.sampled_from([Decimal(0), Decimal(5), Decimal(2000)]), st.just("kg")),
    st.sampled_from(["", "halal"]),
)
wants = st.builds(
    Want,
    st.fixed_dictionaries({"en": st.sampled_from(WORDS)}),
    st.sampled_from(SECTORS),
    st.sampled_from(["", "09", "0901", "6403", "84"]),
    st.none() | st.builds(Quantity, st.sampled_from([Decimal(3), Decimal(3000)]), st.just("kg")),
)
fairs = st.builds(Fair, st.sampled_from(["Thaifex", "Inacraft"]), st.sampled_from(["", *PLACES]))
makers = st.builds(
    Maker,
    st.sampled_from(SECTORS),
    st.lists(goods, max_size=3).map(tuple),
    st.frozensets(st.sampled_from(PLACES), max_size=3),
    st.frozensets(fairs, max_size=2),
)
guests = st.builds(
    Guest,
    st.sampled_from(PLACES),
    st.frozensets(st.sampled_from(SECTORS[1:])),
    st.lists(wants, max_size=3).map(tuple),
)


def test_wants_coffee_you_sell_roasted_coffee() -> None:
    maker = Maker("agro", (COFFEE,), frozenset({"MY"}))
    found = score(maker, Guest("IN", wants=(Want({"en": "coffee"}),)))
    assert [r.to_maker["en"] for r in found.reasons] == [
        "wants coffee; you sell roasted coffee", "2 t a month free", "you have exported to Malaysia",
        "certified: halal",
    ]  # fmt: skip
    assert found.reasons[0].to_guest == {
        "id": "Anda mencari kopi: ada kopi sangrai", "en": "you look for coffee: sells roasted coffee"
    }  # fmt: skip
    assert found.points == 30 + 10 + 4 + 5


def test_everything_that_fits_gives_a_hundred() -> None:
    maker = Maker("agro", (COFFEE,), frozenset({"MY"}), frozenset({Fair("MIHAS", "MY")}))
    want = Want({"en": "coffee"}, "agro", "0901", Quantity(Decimal(1500), "kg"))
    assert score(maker, Guest("MY", wants=(want,))).points == 100


def test_nothing_known_gives_nothing() -> None:
    assert score(Maker(), Guest("IN")).points == 0


@given(makers, guests)
def test_the_score_is_the_sum_of_its_reasons_in_both_languages(maker: Maker, guest: Guest) -> None:
    found = score(maker, guest)
    assert found.points == sum(r.points for r in found.reasons)
    assert 0 <= found.points <= 100
    assert len({r.kind for r in found.reasons}) == len(found.reasons)
    assert all(
        text[code] for r in found.reasons for text in (r.to_guest, r.to_maker) for code in ("id", "en")
    )


@given(makers, guests, goods, wants, st.sampled_from(PLACES), fairs, st.sampled_from(SECTORS[1:]))
def test_more_facts_never_lower_the_score(
    maker: Maker, guest: Guest, more: Goods, want: Want, place: str, fair: Fair, sector: str
) -> None:
    before = score(maker, guest).points
    larger_makers = [
        replace(maker, goods=(*maker.goods, more)),
        replace(maker, exports=maker.exports | {place}),
        replace(maker, fairs=maker.fairs | {fair}),
        replace(maker, goods=tuple(replace(g, certificates=g.certificates or "SNI") for g in maker.goods)),
        replace(maker, goods=tuple(replace(g, hs=g.hs or "090121") for g in maker.goods)),
    ]
    assert all(score(larger, guest).points >= before for larger in larger_makers)
    larger_guests = [
        replace(guest, wants=(*guest.wants, want)), replace(guest, sectors=guest.sectors | {sector})
    ]  # fmt: skip
    assert all(score(maker, larger).points >= before for larger in larger_guests)


@given(makers, guests, st.integers(0, 9))
def test_the_order_of_facts_does_not_matter(maker: Maker, guest: Guest, seed: int) -> None:
    dice = random.Random(seed)
    shuffled = replace(maker, goods=tuple(dice.sample(maker.goods, len(maker.goods))))
    asked = replace(guest, wants=tuple(dice.sample(guest.wants, len(guest.wants))))
    assert score(shuffled, asked) == score(maker, guest)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kopi-kopi pilihan", "coffee"), ("biji kopinya", "coffee"), ("Cookies", "cake"),
        ("alas kaki", "footwear"), ("Rumput laut kering", "seaweed"), ("IT", "it"), ("Batik", "batik"),
        ("T-shirts, shoes", "garment"), ("mesin sangrai", "roaster"), ("Dresses", "garment"),
    ],
)  # fmt: skip
def test_words_of_both_languages_mean_the_same(text: str, meant: str) -> None:
    assert meant in meanings(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("we like it", "it"),
        ("coffee roaster", "coffee"),
        ("glass", "=glas"),
        ("Mesin sangrai kopi 5 kg", "coffee"),
    ],
)
def test_words_that_look_alike_do_not(text: str, other: str) -> None:
    assert other not in meanings(text)


@pytest.mark.parametrize(("want", "name", "points"), [
    ("processed food", "Keripik singkong", 30), ("snacks", "Keripik singkong", 30), ("snacks", "Makanan", 15),
    ("footwear", "Sandal kulit", 30), ("garments", "Batik tulis", 30), ("coffee", "Teh", 0),
])  # fmt: skip
def test_a_kind_of_what_is_wanted_counts_fully(want: str, name: str, points: int) -> None:
    found = score(Maker(goods=(Goods({"id": name}, {}),)), Guest("IN", wants=(Want({"en": want}),)))
    assert sum(r.points for r in found.reasons if r.kind == "words") == points


def test_a_near_market_counts_less_than_the_same_and_more_than_a_far_one() -> None:
    points = [score(Maker(exports=frozenset({c})), Guest("MY")).points for c in ("MY", "SG", "NG", "ID")]
    assert points == [15, 8, 4, 0]


def test_every_broader_meaning_exists_and_no_word_has_two() -> None:
    table = known()
    assert {m.kind_of for m in table.values() if m.kind_of} <= table.keys()
    words = [word for m in table.values() for word in m.words]
    assert len(words) == len(set(words))
    assert broader(["coffee"]) == {"coffee", "drink"}


def test_a_country_lies_in_one_region() -> None:
    codes = [code for codes in REGIONS.values() for code in codes.split()]
    assert len(codes) == len(set(codes))
    assert region_of("PG") == "oceania"
    assert region_of("??") == ""


def test_the_goods_closest_to_the_words_are_named_and_their_capacity_told() -> None:
    green = Goods({"en": "Green coffee beans"}, {}, "090111", Quantity(Decimal(4000), "kg"))
    want = Want({"en": "roasted coffee for hotels"})
    first = score(Maker(goods=(green, COFFEE)), Guest("IN", wants=(want,))).reasons
    assert [r.to_guest["en"] for r in first[:2]] == [
        "you look for coffee: sells roasted coffee", "2 t a month free"
    ]  # fmt: skip


def test_an_export_to_a_market_that_is_not_known_counts_as_one_to_another_country() -> None:
    unknown, known = (score(Maker(exports=frozenset(m)), Guest("IN")) for m in ({""}, {"", "MY"}))
    assert unknown.points == known.points == 4
    assert unknown.reasons[0].to_guest == {"id": "pernah mengekspor", "en": "has exported"}
    assert known.reasons[0].to_guest["en"] == "has exported to Malaysia"


@pytest.mark.parametrize(("amount", "unit", "said"), [
    (1, "pair", ("1 pasang", "1 pair")), (1500, "pair", ("1.500 pasang", "1,500 pairs")),
    (1500, "kg", ("1,5 t", "1.5 t")), (3, "kebun", ("3 kebun", "3 kebun")),
])  # fmt: skip
def test_amounts_are_told_in_both_languages(amount: int, unit: str, said: tuple[str, str]) -> None:
    told = amounts(Quantity(Decimal(amount), unit))
    assert (told["id"], told["en"]) == said


@pytest.mark.parametrize(("text", "indonesian"), [
    ("Processed food", "makanan olahan"), ("Batik and garments", "batik, pakaian"),
    ("Zwieback", "Zwieback"), ("", ""),
])  # fmt: skip
def test_interests_are_called_in_the_readers_language(text: str, indonesian: str) -> None:
    assert called(text)["id"] == indonesian
