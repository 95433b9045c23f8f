"""What the register knows of a product: carton, photos, a price that is calculated, and what is missing next."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry
from ekspora.directory.completeness import missing_step
from ekspora.directory.models import Business, Product
from ekspora.directory.pricing import COSTS, Inputs, price
from ekspora.directory.queries.businesses import public_facts
from ekspora.directory.services import businesses, photos, products
from tests.directory.addresses import jpeg
from tests.world import World

SignIn = Callable[[World, str], Client]
KOPI = {
    "making": Decimal(90_000),
    "packing": Decimal(6_000),
    "inland": Decimal(3_000),
    "documents": Decimal(1_000),
}


def test_the_steps_lead_from_cost_to_fob_and_cif() -> None:
    found = price(Inputs(KOPI, Decimal(20), Decimal(16_000), Decimal("0.50"), Decimal("0.5")))
    # 100,000 is 80 % of 125,000; at 16,000 that is 7.8125; CIF = 8.3125 / (1 - 1.1 × 0.005) = 8.35847…
    assert (found.fob, found.cif) == (Decimal("7.81"), Decimal("8.36"))
    assert [line.name for line in found.lines] == [
        *COSTS,
        "cost",
        "margin",
        "fob",
        "freight",
        "insurance",
        "cif",
    ]
    by_name = {line.name: line for line in found.lines}
    assert (by_name["margin"].rupiah, by_name["fob"].dollars) == (Decimal(25_000), Decimal("7.8125"))


@pytest.mark.parametrize(
    ("margin", "rate", "freight", "insurance"),
    [(100, 1, 0, 0), (0, 0, 0, 0), (-1, 1, 0, 0), (0, 1, 0, 91), (0, 1, -1, 0)],
)
def test_amounts_from_which_no_price_follows_are_refused(
    margin: int, rate: int, freight: int, insurance: int
) -> None:
    with pytest.raises(ValueError, match="no price"):
        price(Inputs(KOPI, Decimal(margin), Decimal(rate), Decimal(freight), Decimal(insurance)))


amounts = st.decimals(min_value=0, max_value=10**9, places=0)
shares = st.decimals(min_value=0, max_value=90, places=2)


@given(
    amounts,
    amounts,
    shares,
    st.decimals(min_value=1, max_value=10**6, places=2),
    st.decimals(0, 1000, places=2),
    shares,
)
def test_the_steps_add_up_and_the_margin_is_what_stays(
    making: Decimal, packing: Decimal, margin: Decimal, rate: Decimal, freight: Decimal, insurance: Decimal
) -> None:
    found = price(
        Inputs({"making": making, "packing": packing}, margin, rate, freight, min(insurance, Decimal(20)))
    )
    lines = {line.name: line for line in found.lines}
    fob, cif = lines["fob"].dollars, lines["cif"].dollars
    assert fob is not None
    assert cif is not None
    parts = [lines[name].dollars or Decimal(0) for name in ("cost", "margin")]
    assert abs(sum(parts) - fob) < Decimal("1e-9") * (1 + fob)
    assert abs(fob * (1 - margin / 100) - parts[0]) < Decimal("1e-9") * (1 + fob)
    premium = lines["insurance"].dollars or Decimal(0)
    assert abs(premium - cif * Decimal("1.1") * min(insurance, Decimal(20)) / 100) < Decimal("1e-9") * (
        1 + cif
    )
    assert cif >= fob


@pytest.mark.django_db
def test_an_owner_calculates_and_takes_a_price_over(world: World, sign_in: SignIn) -> None:
    client, product = sign_in(world, "owner"), world.business.products.get()
    address = reverse("my_product_price", args=[product.pk])
    data = {"making": "90 ribu", "packing": "6.000", "inland": "3000", "documents": "1000", "margin": "20",
            "rate": "16.000", "rate_on": "2026-03-02", "rate_source": "Bank Indonesia", "freight": "0.5",
            "insurance": "0.5"}  # fmt: skip
    page = client.post(address, data).content.decode()
    for text in ("125.000", "7,81", "8,36", "Bank Indonesia"):
        assert text in page
    product.refresh_from_db()
    assert product.price is None
    before = AuditEntry.objects.count()
    assert client.post(address, data | {"take": "CIF"}).status_code == 302
    product = world.business.products.get()
    assert (product.price, product.currency, product.incoterm) == (Decimal("8.36"), "USD", "CIF")
    assert product.price_basis == "1 USD = Rp16,000, 2026-03-02, Bank Indonesia"
    assert "90" not in repr(AuditEntry.objects.order_by("pk")[before:].values_list("details", flat=True))
    client.post(reverse("my_product_step", args=[product.pk, "price"]), {"price": "9", "currency": "USD"})
    product = world.business.products.get()
    assert (product.price, product.price_basis) == (Decimal(9), "")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"rate": "0"}, {"rate_on": "2999-01-01"}, {"rate_source": ""}, {"making": "mahal"},
                                    {"margin": "100"}])  # fmt: skip
def test_a_price_without_its_rate_is_not_calculated(
    world: World, sign_in: SignIn, change: dict[str, str]
) -> None:
    client, product = sign_in(world, "owner"), world.business.products.get()
    data = {
        "making": "90000",
        "margin": "20",
        "rate": "16000",
        "rate_on": "2026-03-02",
        "rate_source": "BI",
        "take": "FOB",
    }
    answer = client.post(reverse("my_product_price", args=[product.pk]), data | change)
    assert answer.status_code == 200
    product.refresh_from_db()
    assert product.price is None


@pytest.mark.django_db
def test_a_carton_has_sides_above_nothing_and_weighs_more_than_its_content(world: World) -> None:
    product = world.business.products.get()
    carton = {"carton_length": Decimal(60), "carton_width": Decimal(40), "carton_height": Decimal(40),
              "net_weight": Decimal(10), "gross_weight": Decimal("11.5"), "units_per_carton": 20}  # fmt: skip
    products.edit(product=product, actor=None, values=carton)
    product.refresh_from_db()
    assert (product.carton_volume, product.air_weight) == (Decimal("0.096"), Decimal(16))
    for wrong in ({"carton_width": Decimal(0)}, {"gross_weight": Decimal(9)}, {"units_per_carton": 0},
                  {"is_service": True, "hs": ""}):  # fmt: skip
        with pytest.raises(DomainError):
            products.edit(product=product, actor=None, values=wrong)


@pytest.mark.django_db
def test_a_service_has_no_page_for_a_carton(world: World, sign_in: SignIn) -> None:
    Product.objects.update(is_service=True, hs="")
    product = world.business.products.get()
    address = reverse("my_product_step", args=[product.pk, "package"])
    assert sign_in(world, "owner").get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_photos_are_described_put_in_order_and_taken_out(world: World, sign_in: SignIn) -> None:
    client, product = sign_in(world, "owner"), world.business.products.get()
    address = reverse("my_product_photos", args=[product.pk])
    for colour in ("red", "green", "blue"):
        picture = SimpleUploadedFile("foto.jpg", jpeg(colour))
        assert client.post(address, {"picture": picture, "alt": colour}).status_code == 302
    assert [p.alt for p in product.photos.all()] == ["red", "green", "blue"]
    blue = product.photos.get(alt="blue")
    change = reverse("my_product_photo", args=[blue.pk])
    client.post(change, {"first": ""})
    assert [p.alt for p in product.photos.all()] == ["blue", "red", "green"]
    client.post(change, {"alt": "Biji kopi"})
    assert "Biji kopi" in client.get(reverse("my_business", args=[world.business.pk])).content.decode()
    client.post(change, {"remove": ""})
    assert [p.alt for p in product.photos.all()] == ["red", "green"]
    assert not default_storage.exists(str(blue.file.name))
    assert client.post(change, {"remove": ""}).status_code == 404


@pytest.mark.django_db
def test_a_product_shows_no_more_photos_than_a_phone_can_carry(world: World) -> None:
    product = world.business.products.get()
    for _ in range(photos.MOST):
        photos.add(product=product, data=jpeg(), actor=None)
    with pytest.raises(DomainError, match=str(photos.MOST)):
        photos.add(product=product, data=jpeg(), actor=None)


def _next(world: World) -> str:
    step = missing_step(public_facts(Business.objects.filter(pk=world.business.pk)).get())
    return step.url if step else ""


@pytest.mark.django_db
def test_one_next_thing_after_the_other_until_nothing_is_missing(world: World) -> None:
    """In the order of ``RANKING``: each thing that is filled in shows the next."""
    product, b = world.business.products.get(), world.business
    Business.objects.filter(pk=b.pk).update(sector="", regency="")
    Product.objects.filter(pk=product.pk).update(name_en="", monthly_capacity=None, free_capacity=None, hs="")

    def of(**values: object) -> Callable[[], object]:
        return lambda: businesses.edit(business=b, actor=None, values=values)

    def by(**values: object) -> Callable[[], object]:
        return lambda: products.edit(product=product, actor=None, values=values)

    carton = {f"carton_{side}": Decimal(40) for side in ("length", "width", "height")}
    way: list[tuple[str, str, Callable[[], object]]] = [
        ("my_business_step", "about", of(sector="agro")),
        ("my_business_step", "contact", of(phone="+6281234567890")),
        ("my_product_photos", "", lambda: photos.add(product=product, data=jpeg(), actor=None)),
        ("my_product_step", "about", by(name_en="Roasted coffee")),
        ("my_product_step", "supply", by(monthly_capacity=Decimal(5))),
        ("my_business_step", "about", of(about="Kopi dari gunung.")),
        ("my_product_step", "price", by(price=Decimal(9), currency="USD")),
        ("my_product_step", "supply", by(free_capacity=Decimal(2))),
        ("my_business_step", "place", of(regency="32.04")),
        ("my_business_step", "legal", of(nib="1" * 13)),
        ("my_product_step", "about", by(hs="090121")),
        ("my_product_step", "package", by(**carton)),
        ("my_business_step", "legal", of(legal_form="cv")),
    ]
    for name, step, fill in way:
        pk = b.pk if "business" in name else product.pk
        assert _next(world) == reverse(name, args=[pk, step] if step else [pk])
        fill()
    assert _next(world) == ""
