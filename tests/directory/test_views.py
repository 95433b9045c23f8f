import io
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from ekspora.core.models import Agency, Job, Person
from ekspora.directory.models import Business, Import, Product, Representative
from ekspora.directory.services import importing
from tests.directory.addresses import an_import, jpeg
from tests.directory.registers import COFFEE, HEADERS, as_csv, changed
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[World, str], Client]


def upload(client: Client, data: bytes, *, kind: str = "businesses", name: str = "umkm.csv") -> str:
    """Send a file as an officer does; the address one is sent on to, or the page's text."""
    file = SimpleUploadedFile(name, data)
    agency = Agency.objects.get(short_name="Aspasaf").pk
    answer = client.post(reverse("import_new") + f"?as={kind}", {"file": file, "agency": agency})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_file_goes_from_upload_over_preview_to_the_job(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    address = upload(client, as_csv(HEADERS, COFFEE, changed(COFFEE, name="", nib="9" * 13)))
    page = client.get(address).content.decode()
    assert "Nama usaha" in page
    source = Import.objects.get()
    answer = client.post(reverse("import_confirm", args=[source.pk]))
    job = Job.objects.get(kind="directory.import")
    assert answer["Location"] == reverse("job", args=[job.pk])
    again = client.post(reverse("import_confirm", args=[source.pk]))
    assert again["Location"] == reverse("import_preview", args=[source.pk])
    assert Job.objects.count() == 1


def test_a_file_that_cannot_be_read_is_said_at_the_field(world: World, sign_in: SignIn) -> None:
    page = upload(sign_in(world, "lead_officer"), b"")
    assert "umkm.csv" in page
    assert not Import.objects.exists()


def test_an_unknown_kind_or_scope_is_no_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    assert client.get(reverse("import_new") + "?as=nothing").status_code == 404
    assert client.get(reverse("import_new") + "?scope=nowhere:1").status_code == 404


def test_bad_rows_come_back_as_a_workbook_that_can_be_uploaded_again(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    bad = changed(COFFEE, phone="12", name="Kopi Salah", nib="9" * 13)
    upload(client, as_csv(HEADERS, COFFEE, bad))
    source = Import.objects.get()
    answer = client.get(reverse("import_corrections", args=[source.pk]))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Kopi Salah"]
    corrected = [list(map(str, row[1:])) for row in rows]
    corrected[1][HEADERS.index("No WA")] = "0812-9999-0000"
    upload(client, as_csv(corrected[0], *corrected[1:]), name="perbaikan.csv")
    second = Import.objects.latest("pk")
    assert second.report["good"] == 1
    importing.write(source=second)
    assert Business.objects.get(nib="9" * 13).phone == "+6281299990000"


def test_a_column_can_be_taken_as_something_else(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    upload(client, as_csv(("Kolom A", "Kolom B"), ("Kopi Tunggal", "Kabupaten Bandung")))
    source = Import.objects.get()
    assert source.report["missing"] == ["name"]
    client.post(reverse("import_columns", args=[source.pk]), {"column-0": "name", "column-1": "regency"})
    source.refresh_from_db()
    assert (source.report["missing"], source.report["good"]) == ([], 1)
    importing.write(source=source)
    assert Business.objects.get(name="Kopi Tunggal").regency == "32.04"


def test_another_agencys_import_is_no_page(world: World, sign_in: SignIn) -> None:
    source = an_import(world)
    client = sign_in(world, "other_officer")
    for name in ("import_preview", "import_corrections"):
        assert client.get(reverse(name, args=[source.pk])).status_code == 404
    for name in ("import_confirm", "import_undo", "import_columns"):
        assert client.post(reverse(name, args=[source.pk])).status_code == 404
    assert not Job.objects.exists()


def test_the_page_of_a_record_says_which_row_of_which_file_it_came_from(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in(world, "lead_officer")
    source = an_import(world)
    importing.write(source=source)
    business = Business.objects.get(nib=COFFEE[1])
    page = client.get(reverse("business", args=[business.pk])).content.decode()
    assert "umkm.csv" in page
    assert reverse("import_preview", args=[source.pk]) in page


def test_undoing_from_the_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    source = an_import(world)
    importing.write(source=source)
    client.post(reverse("import_undo", args=[source.pk]))
    assert not Business.objects.filter(nib=COFFEE[1]).exists()
    assert client.get(reverse("import_preview", args=[source.pk])).status_code == 200


def of_form(client: Client, address: str) -> dict[str, object]:
    """What a browser would send back of a form as it is shown."""
    context = client.get(address).context
    data: dict[str, object] = {}
    forms = [context["form"]]
    for form in forms:
        for field in form:
            value = field.field.prepare_value(field.value())
            if value is not None and value is not False and value != "":
                data[field.html_name] = value
    return data


@pytest.mark.parametrize("step", ["about", "trades", "legal", "contact", "size", "place"])
def test_saving_a_form_as_it_is_shown_changes_nothing(world: World, sign_in: SignIn, step: str) -> None:
    from ekspora.core.models import AuditEntry

    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, step])
    before = AuditEntry.objects.count()
    answer = client.post(address, of_form(client, address))
    assert answer.status_code == 302
    assert AuditEntry.objects.count() == before


def test_an_owner_fills_in_what_is_missing(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_business_step", args=[world.business.pk, "contact"])
    data = of_form(client, address) | {"phone": "0812-3456-7890", "languages": ["id", "en"]}
    assert client.post(address, data).status_code == 302
    world.business.refresh_from_db()
    assert (world.business.phone, world.business.languages) == ("+6281234567890", ["id", "en"])
    rows = [("exports", {"market": "Jepang", "year": "2024"}), ("fairs", {"name": "Inacraft"})]
    for kind, row in rows:
        assert client.post(reverse("my_rows", args=[world.business.pk, kind]), row).status_code == 302
    assert [(e.market, e.year) for e in world.business.exports.all()] == [("JP", 2024)]
    assert world.business.fairs.get().name == "Inacraft"


def test_a_wrong_country_is_said_and_nothing_is_saved(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_rows", args=[world.business.pk, "exports"])
    answer = client.post(address, {"market": "Wakanda"})
    assert answer.status_code == 200
    assert "Negara tidak dikenal" in answer.content.decode()
    assert not world.business.exports.exists()


def test_an_owner_adds_a_product_with_a_photo(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    data = {
        "name": "Kopi hijau",
        "unit": "kg",
        "picture": SimpleUploadedFile("foto.jpg", jpeg(), "image/jpeg"),
    }
    assert client.post(reverse("my_product_new", args=[world.business.pk]), data).status_code == 302
    product = Product.objects.get(name="Kopi hijau")
    photo = product.photos.get()
    answer = client.get(reverse("photo", args=[photo.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    again = client.get(reverse("photo", args=[photo.pk]), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    small = client.get(reverse("photo", args=[photo.pk]) + "?small")
    assert small["ETag"] != answer["ETag"]
    with Image.open(io.BytesIO(small.content)) as picture:
        assert max(picture.size) <= 320
    page = client.get(reverse("my_business", args=[world.business.pk])).content.decode()
    assert f"{reverse('photo', args=[photo.pk])}?small" in page


def test_a_second_product_of_the_same_name_is_refused(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    answer = client.post(reverse("my_product_new", args=[world.business.pk]), {"name": "Kopi sangrai"})
    assert answer.status_code == 200
    assert world.business.products.count() == 1


def test_a_companion_is_named_with_the_owners_consent(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    address = reverse("business_companion", args=[world.business.pk])
    assert client.post(address, {"name": "Rina", "phone": "0812-3456-7890"}).status_code == 422
    assert (
        client.post(address, {"name": "Rina", "phone": "0812-3456-7890", "consent": "lisan"}).status_code
        == 302
    )
    assert world.business.stewards.filter(person__name="Rina", role="companion").exists()


def test_the_owner_is_not_withdrawn_by_an_officer(world: World, sign_in: SignIn) -> None:
    owner = world.business.stewards.get(role="owner")
    client = sign_in(world, "lead_officer")
    assert client.post(reverse("steward_withdraw", args=[owner.pk])).status_code == 404
    assert world.business.stewards.filter(pk=owner.pk).exists()


def test_an_officer_registers_a_business_and_a_representative(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    form = {"name": "Suva Crafts", "country": "Fiji", "agency": world.lead.pk, "where": ""}
    answer = client.post(reverse("business_new"), form)
    made = Business.objects.get(name="Suva Crafts")
    assert answer["Location"] == reverse("product_new", args=[made.pk])
    assert made.country == "FJ"
    guest = {"name": "Grace Akello", "mission_name": "High Commission of Uganda", "country": "Uganda",
             "language": "en", "precedence": 0, "agency": world.lead.pk}  # fmt: skip
    assert client.post(reverse("representative_new"), guest).status_code == 302
    grace = Representative.objects.get(person__name="Grace Akello")
    address = reverse("representative_edit", args=[grace.pk])
    assert (
        client.post(
            address, of_form(client, address) | {"mission": grace.mission_id, "title": "Ms."}
        ).status_code
        == 302
    )
    assert Person.objects.get(pk=grace.person_id).title == "Ms."


def test_pages_of_owners_are_light(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    pk = world.business.pk
    addresses = [reverse(name, args=[pk]) for name in ("my_business", "my_product_new")]
    addresses += [
        reverse("my_business_step", args=[pk, step])
        for step in ("about", "trades", "legal", "contact", "size")
    ]
    addresses += [
        reverse("my_rows", args=[pk, kind]) for kind in ("contacts", "exports", "certificates", "fairs")
    ]
    addresses += [
        reverse("my_business_step", args=[pk, "place"]) + at for at in ("?at=", "?at=33", "?at=33.01")
    ]
    product = world.business.products.get().pk
    addresses += [
        reverse("my_product_step", args=[product, step]) for step in ("about", "supply", "price", "package")
    ]
    addresses += [reverse(name, args=[product]) for name in ("my_product_photos", "my_product_price")]
    for address in addresses:
        page = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert page["Content-Encoding"] == "gzip"
        assert len(page.content) < 20_000
        assert b"<script>" not in page.content
