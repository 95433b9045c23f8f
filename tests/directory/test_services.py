import io
import struct
import zlib

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AuditEntry, Person
from ekspora.directory.models import Business, Product, Stewardship
from ekspora.directory.services import businesses, guests, products, stewards
from tests.directory.addresses import jpeg
from tests.world import World

pytestmark = pytest.mark.django_db


def last_entry() -> AuditEntry:
    return AuditEntry.objects.latest("pk")


def test_a_registered_business_is_on_the_agencys_list_and_leaves_a_trace(world: World) -> None:
    officer = world.people["lead_officer"]
    made = businesses.register(
        agency=world.lead, actor=officer, values={"name": "CV Teh Ciwidey", "nib": "1" * 13}
    )
    assert made.listed_by.get() == world.lead
    assert (last_entry().action, last_entry().actor_id, last_entry().agency) == (
        "business.register", officer.pk, world.lead)  # fmt: skip


def test_a_nib_is_registered_once_for_the_whole_country(world: World) -> None:
    businesses.register(agency=world.lead, actor=None, values={"name": "Satu", "nib": "1" * 13})
    with pytest.raises(Conflict, match="Satu"):
        businesses.register(agency=world.elsewhere, actor=None, values={"name": "Dua", "nib": "1" * 13})
    with pytest.raises(IntegrityError), transaction.atomic():
        Business.objects.create(name="Tiga", nib="1" * 13)


def test_a_bad_value_is_refused_in_words(world: World) -> None:
    with pytest.raises(DomainError, match="13"):
        businesses.edit(business=world.business, actor=None, values={"nib": "123"})
    world.business.refresh_from_db()
    assert world.business.nib == ""


def test_saving_without_a_change_leaves_no_trace(world: World) -> None:
    before = AuditEntry.objects.count()
    values = {"name": world.business.name, "sector": world.business.sector}
    assert businesses.edit(business=world.business, actor=None, values=values) == []
    assert AuditEntry.objects.count() == before


def test_noting_an_export_twice_changes_nothing(world: World) -> None:
    for _ in range(2):
        businesses.record_export(
            business=world.business, market="MY", year=2025, is_indirect=True, agency=world.lead, actor=None
        )
    assert world.business.exports.count() == 1


def test_a_business_moves_on_and_off_lists_and_stays(world: World) -> None:
    assert businesses.list_with(business=world.business, agency=world.elsewhere, actor=None)
    assert not businesses.list_with(business=world.business, agency=world.elsewhere, actor=None)
    assert businesses.unlist(business=world.business, agency=world.elsewhere, actor=None)
    assert Business.objects.filter(pk=world.business.pk).exists()


def test_a_companion_needs_the_owners_consent(world: World) -> None:
    somebody = Person.objects.create(name="Pendamping baru")
    with pytest.raises(DomainError):
        stewards.name_companion(business=world.business, person=somebody, consent="  ", actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stewardship.objects.create(business=world.business, person=somebody, role="companion")
    made = stewards.name_companion(business=world.business, person=somebody, consent="lisan", actor=None)
    assert made.consent_at is not None
    stewards.withdraw(steward=made, actor=None)
    assert not world.business.stewards.filter(person=somebody).exists()


def test_the_owner_cannot_be_made_a_companion(world: World) -> None:
    with pytest.raises(DomainError):
        stewards.name_companion(
            business=world.business, person=world.people["owner"], consent="lisan", actor=None
        )


def test_a_companion_can_become_the_owner(world: World) -> None:
    stewards.name_owner(business=world.business, person=world.people["companion"], actor=None)
    assert world.business.stewards.get(person=world.people["companion"]).role == "owner"


@pytest.mark.parametrize(
    "values",
    [
        {"is_service": True, "hs": "090121"},
        {"is_service": True, "incoterm": "FOB"},
        {"price": 5},
        {"monthly_capacity": 5, "free_capacity": 6},
        {"hs": "12345"},
    ],
)
def test_what_must_never_be_true_is_refused_in_words(world: World, values: dict[str, object]) -> None:
    with pytest.raises(DomainError):
        products.add(business=world.business, actor=None, values={"name": "Salah", **values})
    assert not Product.objects.filter(name="Salah").exists()


def test_a_photo_is_made_anew_without_what_was_hidden_in_it(world: World) -> None:
    buffer = io.BytesIO()
    image = Image.new("RGB", (3000, 1500), "red")
    exif = image.getexif()
    exif[0x010E] = "secret place"
    image.save(buffer, "JPEG", exif=exif)
    product = products.add(
        business=world.business, actor=None, values={"name": "Kopi luwak"}, photo=buffer.getvalue()
    )
    with product.photos.get().file.open("rb") as file:
        stored = file.read()
    assert b"secret place" not in stored
    with Image.open(io.BytesIO(stored)) as kept:
        assert max(kept.size) == 1200


def _bomb() -> bytes:
    """A PNG of a few bytes that says it has 3.6 thousand million pixels."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", b"") + part(b"IEND", b"")


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"", _bomb()], ids=["svg", "empty", "bomb"])
def test_a_file_that_is_no_photo_is_refused_and_nothing_is_kept(world: World, data: bytes) -> None:
    product = world.business.products.get()
    with pytest.raises(DomainError):
        products.edit(product=product, actor=None, values={"name": "Lain"}, photo=data or b" ")
    product.refresh_from_db()
    assert (product.name, product.photos.exists()) == ("Kopi sangrai", False)


@pytest.mark.django_db(transaction=True)
def test_a_replaced_photo_leaves_the_disk(world: World) -> None:
    product = world.business.products.get()
    products.edit(product=product, actor=None, values={}, photo=jpeg("red"))
    old = str(product.photos.get().file.name)
    products.edit(product=product, actor=None, values={}, photo=jpeg("blue"))
    new = str(product.photos.get().file.name)
    assert old != new
    assert not default_storage.exists(old)
    assert default_storage.exists(new)
    products.remove(product=product, actor=None)
    assert not default_storage.exists(new)


def test_a_mission_without_residence_and_its_representative(world: World) -> None:
    mission = guests.enter_mission(
        agency=world.lead, actor=None,
        values={"name": "Uganda", "country": "UG", "residence_note": "Malaysia or Singapore"},
    )  # fmt: skip
    made = guests.register(
        agency=world.lead, actor=None, person={"name": "Grace Akello", "title": "Ms."}, mission=mission,
        values={"function": "Counsellor"},
    )  # fmt: skip
    assert (made.mission.residence_country, made.person.language) == ("", "en")
    changed = guests.edit(
        representative=made,
        agency=world.lead,
        actor=None,
        person={"title": "Dr."},
        mission=mission,
        values={},
    )
    assert changed == ["title"]
