"""Who may use the addresses of this room."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from ekspora.core.models import Person
from ekspora.directory.models import (
    Bulk,
    Business,
    Certificate,
    Consent,
    Double,
    ExportRecord,
    Import,
    Listing,
    Product,
    SavedFilter,
    Stewardship,
)
from ekspora.directory.services import bulk, consents, importing, merging, notes, products, rows
from ekspora.directory.services.buyers import name_buyer
from tests.directory.arrivals import claimed, in_register, registered
from tests.directory.registers import COFFEE, HEADERS, as_csv, officer
from tests.permissions.rows import OFFICERS, Row
from tests.world import ACTORS, World

ALL_OFFICERS = OFFICERS | {"other_officer"}
OWN = frozenset({"owner", "companion"})
GUESTS = frozenset({"representative", "other_representative"})
LEAD = frozenset({"lead_officer"})


def jpeg(colour: str = "brown", size: tuple[int, int] = (60, 40)) -> bytes:
    """A small photo."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def of_buyer(world: World) -> tuple[object, ...]:
    """A buyer on the lead's list."""
    made = name_buyer(
        agency=world.lead, name="Kaveri Coffee Traders", country="IN", kind="importer", values={},
        introduced_by=world.mission, actor=world.people["lead_officer"],
    )  # fmt: skip
    return (made.pk,)


def of_business(world: World) -> tuple[object, ...]:
    return (world.business.pk,)


def _product(world: World) -> Product:
    product: Product = world.business.products.get()
    return product


def of_product(world: World) -> tuple[object, ...]:
    return (_product(world).pk,)


def of_photo(world: World) -> tuple[object, ...]:
    product = _product(world)
    products.edit(product=product, actor=None, values={}, photo=jpeg())
    return (product.photos.get().pk,)


def of_product_step(world: World) -> tuple[object, ...]:
    return (_product(world).pk, "supply")


def of_step(world: World) -> tuple[object, ...]:
    return (world.business.pk, "place")


def of_rows(world: World) -> tuple[object, ...]:
    return (world.business.pk, "certificates")


def _row(world: World, kind: str, **values: object) -> Any:
    return rows.add(business=world.business, kind=kind, values=values, actor=None, paper=jpeg())


def of_row(world: World) -> tuple[object, ...]:
    made = _row(world, "certificates", type="halal", number=str(Certificate.objects.count()))
    return (world.business.pk, "certificates", made.pk)


def of_paper(world: World) -> tuple[object, ...]:
    return (of_row(world)[2],)


def of_evidence(world: World) -> tuple[object, ...]:
    return (_row(world, "exports", market="MY", year=2001 + ExportRecord.objects.count(), evidence="peb").pk,)


def of_representative(world: World) -> tuple[object, ...]:
    return (world.people["representative"].representative.pk,)


def an_import(world: World) -> Import:
    """A register of the lead agency, looked at and not written."""
    actor = officer(world.people["lead_officer"], world.lead)
    data = as_csv(HEADERS, COFFEE)
    return importing.take(agency=world.lead, actor=actor, kind="businesses", file_name="umkm.csv", data=data)


def of_import(world: World) -> tuple[object, ...]:
    return (an_import(world).pk,)


def of_written_import(world: World) -> tuple[object, ...]:
    source = an_import(world)
    importing.write(source=source)
    return (source.pk,)


def of_companion(world: World) -> tuple[object, ...]:
    # The world's companion must stay one while other actors are tried.
    extra = Person.objects.create(name="Pendamping lain", phone="+628111111111")
    steward = Stewardship.objects.create(
        business=world.business, person=extra, role="companion", consent_at=world.business.created_at
    )
    return (steward.pk,)


ROWS: list[Row] = [
    Row("businesses", ALL_OFFICERS),
    Row("business_new", ALL_OFFICERS),
    Row("business", OFFICERS, of_business),
    Row("business_edit", OFFICERS, of_business),
    Row("business_step", OFFICERS, of_step),
    Row("business_rows", OFFICERS, of_rows),
    Row("business_row", OFFICERS, of_row),
    Row("business_row_remove", OFFICERS, of_row, method="post", ok=frozenset({302, 404}),
        note="once taken out the second officer finds nothing"),
    Row("business_verify", OFFICERS, of_business),
    Row("certificate_file", OFFICERS | OWN, of_paper),
    Row("export_file", OFFICERS | OWN, of_evidence),
    Row("business_companion", OFFICERS, of_business, method="post", data={}, ok=frozenset({422})),
    Row("business_share", OFFICERS, of_business, method="post", data={}),
    Row("steward_withdraw", OFFICERS, of_companion, method="post", ok=frozenset({302, 404}),
        note="once withdrawn the second officer finds nothing"),
    Row("product_new", OFFICERS, of_business),
    Row("product_edit", OFFICERS, of_product),
    Row("product_step", OFFICERS, of_product_step),
    Row("product_photos", OFFICERS, of_product),
    Row("product_photo", OFFICERS, of_photo, method="post"),
    Row("product_price", OFFICERS, of_product),
    Row("photo", OFFICERS | OWN | GUESTS, of_photo),
    Row("product_sheet", OFFICERS | OWN | GUESTS, lambda world: (world.business.pk, "en")),
    Row("representatives", ALL_OFFICERS),
    Row("representative_new", ALL_OFFICERS),
    Row("representative", LEAD, of_representative),
    Row("representative_edit", LEAD, of_representative),
    Row("imports", ALL_OFFICERS),
    Row("import_new", ALL_OFFICERS),
    Row("import_template", ALL_OFFICERS, lambda world: ("businesses",)),
    Row("import_preview", LEAD, of_import),
    Row("import_columns", LEAD, of_import, method="post"),
    Row("import_confirm", LEAD, of_import, method="post"),
    Row("import_sheets", LEAD, of_import, method="post"),
    Row("import_corrections", LEAD, of_import),
    Row("import_undo", LEAD, of_written_import, method="post"),
    Row("my_businesses", OWN | {"other_owner"}),
    Row("my_business", OWN, of_business),
    Row("my_business_edit", OWN, of_business),
    Row("my_business_step", OWN, of_step),
    Row("my_rows", OWN, of_rows),
    Row("my_row", OWN, of_row),
    Row("my_row_remove", OWN, of_row, method="post", ok=frozenset({302, 404}),
        note="once taken out the second one finds nothing"),
    Row("my_product_new", OWN, of_business),
    Row("my_product_edit", OWN, of_product),
    Row("my_product_step", OWN, of_product_step),
    Row("my_product_photos", OWN, of_product),
    Row("my_product_photo", OWN, of_photo, method="post"),
    Row("my_product_price", OWN, of_product),
    Row("buyers", ALL_OFFICERS),
    Row("buyer_new", ALL_OFFICERS),
    Row("buyer", LEAD, of_buyer),
    Row("buyer_edit", LEAD, of_buyer),
    Row("buyer_verify", LEAD, of_buyer, method="post", ok=frozenset({422})),
]  # fmt: skip


def _double(world: World, **values: object) -> Double:
    """Two businesses that only the lead keeps and that look alike."""
    twins = [Business.objects.create(name="Sari Rasa") for _ in range(2)]
    for business in twins:
        Listing.objects.create(business=business, agency=world.lead)
    one, other = twins
    return Double.objects.create(one=one, other=other, likeness="doubtful", probability=0.5, **values)


def of_double(world: World) -> tuple[object, ...]:
    return (_double(world).pk,)


def of_merger(world: World) -> tuple[object, ...]:
    double = _double(world)
    return (merging.merge(kept=double.one, gone=double.other, agency=world.lead, actor=None).pk,)


ROWS += [
    Row("businesses_by_area", ALL_OFFICERS),
    Row("businesses_export", ALL_OFFICERS, lambda world: ("csv",)),
    Row("doubles", ALL_OFFICERS),
    Row("import_rows", LEAD, of_import),
    Row("doubles_look", LEAD, lambda world: (world.lead.pk,), method="post"),
    Row("doubles_merge_sure", ALL_OFFICERS, method="post"),
    Row("double_merge", LEAD, of_double, method="post"),
    Row("double_apart", LEAD, of_double, method="post"),
    Row("mergers", ALL_OFFICERS),
    Row("merger_undo", LEAD, of_merger, method="post"),
]


def of_registration(world: World) -> tuple[object, ...]:
    return (registered(world).pk,)


def of_letter(world: World) -> tuple[object, ...]:
    made = registered(world)
    assert made.consent is not None
    made.consent.paper.save("izin.jpg", ContentFile(jpeg()))
    return (made.pk,)


def _consent(world: World) -> Consent:
    owner = world.people["owner"]
    return consents.give(person=owner, words="Saya setuju.", agency=world.lead, business=world.business)


def of_consents(world: World) -> tuple[object, ...]:
    _consent(world)
    return ()


def of_consent(world: World) -> tuple[object, ...]:
    return (_consent(world).pk,)


def of_claim(world: World) -> tuple[object, ...]:
    in_register(world)
    return (claimed(world, world.people["owner"]).pk,)


BRINGS_IN = OWN | {"other_owner"}
ROWS += [
    Row("register", public=True),
    Row("my_consents", frozenset({"owner"}), of_consents),
    Row("my_consent_withdraw", frozenset({"owner"}), of_consent, method="post"),
    Row("my_key", BRINGS_IN),
    Row("my_business_new", BRINGS_IN),
    Row("claim_new", BRINGS_IN),
    Row("my_claim", frozenset({"owner"}), of_claim),
    Row("my_claim_withdraw", frozenset({"owner"}), of_claim, method="post"),
    Row("arrived", ALL_OFFICERS),
    Row("reception", ALL_OFFICERS),
    Row("registration", LEAD, of_registration),
    Row("consent_letter", LEAD, of_letter),
    Row("claim", LEAD, of_claim),
]
ROWS += [Row("my_person", frozenset(ACTORS)), Row("my_data_xlsx", frozenset(ACTORS))]


def of_saved_filter(world: World) -> tuple[object, ...]:
    """A filter that the lead's officers share."""
    made = SavedFilter.objects.create(
        agency=world.lead, person=world.people["lead_officer"], name=str(SavedFilter.objects.count()),
        query="province=32", is_shared=True,
    )  # fmt: skip
    return (made.pk,)


def of_note(world: World) -> tuple[object, ...]:
    """A note of the lead on a business that the other organiser keeps as well."""
    made = notes.write(
        business=world.business, agency=world.lead, text="Pernah batal.", actor=world.people["lead_officer"]
    )
    return (made.pk,)


def a_bulk(world: World, action: str = "inactive") -> Bulk:
    """The lead's officer has selected a business."""
    return bulk.draft(
        agency=world.lead, actor=world.people["lead_officer"], action=action, chosen=[world.business.pk],
        query=None,
    )  # fmt: skip


def of_bulk(world: World) -> tuple[object, ...]:
    return (a_bulk(world).pk,)


def of_bulk_file(world: World) -> tuple[object, ...]:
    made = a_bulk(world, "file")
    made.file.save("list.csv", ContentFile(b"a"))
    return (made.pk,)


ROWS += [
    Row("saved_filters", ALL_OFFICERS, method="post"),
    Row("saved_filter", LEAD, of_saved_filter, method="post", data={"name": "Jawa Barat"}),
    Row("bulks", ALL_OFFICERS),
    Row("bulk", LEAD, of_bulk),
    Row("bulk_begin", LEAD, of_bulk, method="post"),
    Row("bulk_undo", LEAD, of_bulk, method="post"),
    Row("bulk_file", LEAD, of_bulk_file),
    Row("business_notes", OFFICERS, of_business, method="post", data={"text": "Menunggu contoh."}),
    Row("note", LEAD, of_note, method="post"),
]
