from decimal import Decimal

import pytest

from ekspora.directory.models import Business, Certificate, ExportRecord, Fair
from ekspora.directory.product_sheet import product_sheet
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.services import businesses, products
from tests.directory.addresses import jpeg
from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = b"/Type /Page\n"
LONG = "Kopi arabika pilihan dari lereng gunung, dipetik merah dan dijemur di para-para. " * 20


def sheet(business: Business, language: str = "en") -> bytes:
    return product_sheet(public_facts(Business.objects.filter(pk=business.pk)).get(), language)


def pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type/Page/") + pdf.count(b"/Type/Page\n")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 6, 20])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_one_page_however_much_there_is_to_say(world: World, count: int, language: str) -> None:
    world.business.products.all().delete()
    values = {"name": ("Perusahaan " * 13).strip(), "about": LONG, "about_en": LONG, "founded": 1890, "employees": 5000,
              "has_branches": True, "size": "large", "is_fictitious": True}  # fmt: skip
    businesses.edit(business=world.business, actor=None, values=values)
    for code in ("MY", "JP", "SG", "TW", "BN", "TH", "QA", "OM"):
        ExportRecord.objects.create(business=world.business, market=code, year=2020)
    for n in range(9):
        Certificate.objects.create(business=world.business, type="other", name=f"ISO {22000 + n}")
        Fair.objects.create(business=world.business, name=f"Pameran internasional ke-{n}", year=2000 + n)
    for n in range(count):
        products.add(
            business=world.business, actor=None, photo=jpeg() if n % 2 else None,
            values={"name": f"Produk {n} " + "panjang " * 15, "name_en": f"Product {n} " + "long " * 20,
                    "description": LONG, "description_en": LONG, "hs": "09012110", "unit": "kg",
                    "monthly_capacity": Decimal(99_000), "minimum_order": Decimal(500), "lead_time_days": 30,
                    "shelf_life_days": 365, "price": Decimal("9.80"), "price_to": Decimal("12.40"),
                    "currency": "USD", "incoterm": "FOB"},
        )  # fmt: skip
    assert pages(sheet(world.business, language)) == 1


def test_markup_in_a_name_is_only_text(world: World) -> None:
    name = '#panic("x") $ * _ ` \\ <b> "'
    businesses.edit(business=world.business, actor=None, values={"name": name, "about": name})
    assert sheet(world.business).startswith(b"%PDF")


def test_it_tells_nothing_of_people(world: World) -> None:
    from ekspora.directory.product_sheet import _told

    Business.objects.filter(pk=world.business.pk).update(phone="+6281234567890", email="a@example.org")
    business = public_facts(Business.objects.filter(pk=world.business.pk)).get()
    told = repr([_told(business, list(business.products.all()), [], language) for language in ("id", "en")])
    assert "+62" not in told
    assert "@" not in told
    assert "Owner" not in told
    assert "Setditjen Aspasaf" in told


def test_only_prices_in_dollars_are_named(world: World) -> None:
    from ekspora.directory.product_sheet import _price

    product = world.business.products.get()
    product.price, product.currency, product.incoterm = Decimal("9.8"), "USD", "FOB"
    assert _price(product) == "USD\u00a09,80 / kg FOB"
    product.currency = "IDR"
    assert _price(product) == ""
