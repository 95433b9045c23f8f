"""No telephone number that an owner typed into a text reaches guests; other figures stay."""

from typing import Any

import pytest
import typst

from ekspora.directory.models import Business, Product
from ekspora.directory.product_sheet import product_sheet
from ekspora.directory.public_words import without_numbers
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.queries.maker_cards import maker_card
from tests.world import World

NUMBERS = (
    "081234567890", "0812-3456-7890", "0812 3456 7890", "+62 812 3456 7890", "+62 (812) 3456-7890", "6281234567890",
    "0812.3456.7890", "https://wa.me/6281234567890?text=Halo", "wa.me/6281234567890", "+44 20 7946 0958",
    "(021) 555 1234", "(0274) 512345", "+6281234567890",
)  # fmt: skip
FIGURES = (
    "NIB 9120001234567", "Rp 1.250.000", "Rp4.000 – Rp60.000", "2.000 kg", "HS 0901.21.00 dan 0801 11 00", "1998–2024",
    "PIRT 2063205010812-28", "16.25 × 10 cm", "Halal ID32110000123456789", "3 x 24 jam", "0,8 liter",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_goes_and_the_words_around_it_stay(number: str) -> None:
    assert without_numbers(f"Hubungi {number} ya") == "Hubungi … ya"
    assert without_numbers(f"WA:{number}, dan") == "WA:…, dan"


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_no_telephone_number_stays(figure: str) -> None:
    assert without_numbers(f"Kami: {figure}.") == f"Kami: {figure}."


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_card_and_sheet_that_guests_see_hold_none(
    world: World, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    words = "Kopi dari Ciwidey, WA 0812-3456-7890."
    Business.objects.filter(pk=world.business.pk).update(about=words, about_en=words)
    Product.objects.filter(business=world.business).update(description=words, description_en=words)
    found = public_facts(Business.objects.filter(pk=world.business.pk)).get()
    card = maker_card(found)
    assert (card.about, card.products[0].about) == ("Kopi dari Ciwidey, WA ….",) * 2
    printed: list[str] = []
    compile_ = typst.compile

    def keeping(files: dict[str, bytes], **options: Any) -> bytes:
        printed.append(files["data.json"].decode())
        return compile_(files, **options)  # type: ignore[no-any-return]  # the wheel's stubs promise less

    monkeypatch.setattr(typst, "compile", keeping)
    product_sheet(found, language)
    assert "Ciwidey" in printed[0]
    assert "3456" not in printed[0]
