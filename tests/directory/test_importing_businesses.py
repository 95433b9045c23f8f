from decimal import Decimal

import pytest

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job, Person
from ekspora.directory.models import (
    Business,
    Certificate,
    Contact,
    ExportRecord,
    Fair,
    Import,
    ImportedRow,
    Listing,
    Product,
    Statement,
)
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.services import businesses, importing, products, rows
from tests.directory.registers import BATIK, COFFEE, HEADERS, as_csv, as_xlsx, changed, officer
from tests.world import World

pytestmark = pytest.mark.django_db


def take(world: World, data: bytes, *, kind: str = "businesses", name: str = "umkm.csv") -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    return importing.take(agency=world.lead, actor=actor, kind=kind, file_name=name, data=data)


def bring(world: World, *rows: tuple[str, ...], name: str = "umkm.csv") -> Import:
    source = take(world, as_csv(HEADERS, *rows), name=name)
    importing.write(source=source)
    source.refresh_from_db()
    return source


def new_businesses(world: World) -> set[str]:
    return {b.name for b in Business.objects.exclude(pk__in=(world.business.pk, world.other_business.pk))}


def test_looking_at_a_file_writes_nothing_but_says_what_would_happen(world: World) -> None:
    source = take(world, as_csv(HEADERS, COFFEE, BATIK))
    assert new_businesses(world) == set()
    assert source.report["effects"]["businesses"]["created"] == 2
    assert source.report["mapping"]["No WA"] == "phone"
    assert source.report["anything"]


def test_a_row_becomes_a_business_with_owner_product_exports_and_fairs(world: World) -> None:
    bring(world, COFFEE)
    business = Business.objects.get(nib="1234567890123")
    assert (business.name, business.sector, business.regency, business.province) == (
        "CV Kopi Puntang Jaya", "agro", "32.04", "32")  # fmt: skip
    assert business.phone == "+6281234567890"
    assert {e.market for e in business.exports.all()} == {"MY", "JP"}
    assert [(f.name, f.year) for f in business.fairs.all()] == [("Trade Expo Indonesia", 2018)]
    owner = business.stewards.get().person
    assert (owner.name, owner.phone, owner.has_whatsapp) == ("Siti Rahmawati", "+6281234567890", True)
    product = business.products.get()
    assert (product.hs, product.unit, product.monthly_capacity) == ("090121", "kg", Decimal(2000))
    assert (product.price, product.currency, product.price_to) == (Decimal(150000), "IDR", None)
    assert business.listings.get().agency == world.lead


def test_a_range_of_prices_stays_a_range(world: World) -> None:
    bring(world, BATIK)
    product = Product.objects.get(name="Kain batik tulis")
    assert (product.price, product.price_to) == (Decimal(350000), Decimal(900000))


def test_the_same_file_twice_changes_nothing_and_says_so(world: World) -> None:
    bring(world, COFFEE, BATIK)
    kinds = (Business, Product, Person, Listing, ExportRecord, Fair)
    before = [kind.objects.count() for kind in kinds]
    again = take(world, as_csv(HEADERS, COFFEE, BATIK))
    assert again.report["anything"] is False
    importing.write(source=again)
    assert before == [kind.objects.count() for kind in kinds]
    assert not again.rows.exclude(effect="unchanged").exists()


def test_a_changed_row_changes_only_what_changed_and_a_blank_changes_nothing(world: World) -> None:
    bring(world, COFFEE, BATIK)
    source = bring(world, changed(COFFEE, phone="0812-0000-1111", sector="", fairs=""), BATIK)
    business = Business.objects.get(nib="1234567890123")
    assert business.phone == "+6281200001111"
    assert business.sector == "agro"
    assert business.fairs.count() == 1
    assert business.stewards.get().person.phone == "+6281200001111"
    updates = source.rows.filter(effect="updated")
    assert {row.target_type for row in updates} == {"directory.business", "core.person"}
    assert updates.get(target_type="directory.business").changes == {
        "phone": ["+6281234567890", "+6281200001111"]
    }


def test_without_a_nib_name_and_place_find_the_business(world: World) -> None:
    bring(world, BATIK)
    bring(world, changed(BATIK, phone="0813-9999-8888", product="Kemeja batik"))
    business = Business.objects.get(name="Batik Sekar")
    assert business.phone == "+6281399998888"
    assert {p.name for p in business.products.all()} == {"Kain batik tulis", "Kemeja batik"}


def test_the_same_name_elsewhere_is_another_business(world: World) -> None:
    bring(world, BATIK)
    bring(world, changed(BATIK, regency="Kabupaten Cirebon", phone="0813-1111-0000"))
    assert Business.objects.filter(name="Batik Sekar").count() == 2


def test_a_row_that_fits_two_businesses_is_asked(world: World) -> None:
    bring(world, changed(BATIK, phone="0813-1111-0000"), changed(BATIK, phone="0813-1111-0001"))
    source = take(world, as_csv(HEADERS, changed(BATIK, phone="", owner="")))
    assert [issue["code"] for issue in source.report["bad"]] == ["several_fit"]
    assert source.report["good"] == 0


def test_several_rows_of_one_business_are_several_products(world: World) -> None:
    bring(world, COFFEE, changed(COFFEE, product="Kopi robusta", product_en="", hs="090111"))
    business = Business.objects.get(nib="1234567890123")
    assert {p.name for p in business.products.all()} == {"Kopi arabika sangrai", "Kopi robusta"}


def test_an_unknown_market_is_kept_as_exported_somewhere(world: World) -> None:
    bring(world, changed(COFFEE, markets=""))
    assert [e.market for e in ExportRecord.objects.filter(business__nib=COFFEE[1])] == [""]


def test_a_service_has_no_hs_and_no_incoterm(world: World) -> None:
    bring(world, changed(COFFEE, product="Jasa desain kemasan", hs="", product_en="Packaging design"))
    assert Product.objects.get(name="Jasa desain kemasan").is_service


def test_a_business_abroad_has_neither_nib_nor_province(world: World) -> None:
    headers = ("Company", "Country", "City", "NIB", "Phone")
    source = take(world, as_csv(headers, ("Suva Crafts", "Fiji", "", "", "+679 330 1234"),
                                ("Suva Foods", "Fiji", "", "1234567890123", "")))  # fmt: skip
    assert [issue["code"] for issue in source.report["bad"]] == ["nib_abroad"]
    importing.write(source=source)
    made = Business.objects.get(name="Suva Crafts")
    assert (made.country, made.nib, made.province, made.phone) == ("FJ", "", "", "+6793301234")


def test_a_nib_twice_under_two_names_comes_back(world: World) -> None:
    source = take(world, as_csv(HEADERS, COFFEE, changed(BATIK, nib="1234567890123")))
    (issue,) = source.report["bad"]
    assert (issue["row"], issue["field"], issue["code"]) == (3, "nib", "duplicate_nib")
    assert "CV Kopi Puntang Jaya" in issue["remedy"]["en"]
    importing.write(source=source)
    assert new_businesses(world) == {"CV Kopi Puntang Jaya"}


def test_what_a_table_cannot_hold_comes_back_with_the_remedy(world: World) -> None:
    rows = [changed(COFFEE, name="K" * 170), changed(BATIK, capacity="99999999999999999 pcs")]
    source = take(world, as_csv(HEADERS, *rows))
    assert {(i["row"], i["code"]) for i in source.report["bad"]} == {(2, "too_long"), (3, "too_large")}
    assert source.report["rows"] == source.report["good"] + source.report["bad_rows"] + source.report["blank"]


def test_a_public_number_is_no_right_to_what_another_agency_keeps(world: World) -> None:
    theirs = Business.objects.create(name="Kopi Puntang Jaya", nib=COFFEE[1], phone="+62215550000")
    Listing.objects.create(business=theirs, agency=world.elsewhere)
    source = bring(world, COFFEE)
    (issue,) = source.report["bad"]
    assert (issue["row"], issue["field"], issue["code"]) == (2, "nib", "kept_elsewhere")
    assert "Dinas lain" in issue["remedy"]["id"]
    theirs.refresh_from_db()
    assert (theirs.name, theirs.sector) == ("Kopi Puntang Jaya", "")
    assert not theirs.listings.filter(agency=world.lead).exists()
    assert not theirs.stewards.exists()


def test_once_it_is_shared_the_same_row_updates_it(world: World) -> None:
    theirs = Business.objects.create(name="Kopi Puntang Jaya", nib=COFFEE[1])
    for agency in (world.elsewhere, world.lead):
        Listing.objects.create(business=theirs, agency=agency)
    bring(world, COFFEE)
    theirs.refresh_from_db()
    assert theirs.sector == "agro"


def test_undo_takes_everything_back(world: World) -> None:
    counted = (Business, Product, Person, Listing, ExportRecord, Fair)
    before = [kind.objects.count() for kind in counted]
    source = bring(world, COFFEE, BATIK)
    result = importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    assert [kind.objects.count() for kind in counted] == before
    assert result["kept"] == []
    source.refresh_from_db()
    assert source.state == Import.State.UNDONE


def test_undo_puts_back_what_was_changed(world: World) -> None:
    bring(world, COFFEE)
    second = bring(
        world, changed(COFFEE, phone="0812-0000-1111", markets="Malaysia, Jepang, Fiji", product="Kopi luwak")
    )
    business = Business.objects.get(nib=COFFEE[1])
    assert business.products.count() == 2
    importing.undo(source=second, actor=officer(world.people["lead_officer"], world.lead))
    business.refresh_from_db()
    assert business.phone == "+6281234567890"
    assert {e.market for e in business.exports.all()} == {"MY", "JP"}
    assert [p.name for p in business.products.all()] == ["Kopi arabika sangrai"]


def test_undo_keeps_what_is_used_or_changed_since_and_says_why(world: World) -> None:
    from ekspora.programmes.models import Participation

    source = bring(world, COFFEE, BATIK, changed(BATIK, name="Batik Ketiga", phone="", owner=""))
    coffee, batik, third = (Business.objects.get(name=n) for n in (COFFEE[0], BATIK[0], "Batik Ketiga"))
    Participation.objects.create(activity=world.activity, side="maker", business=coffee)
    businesses.edit(business=batik, actor=world.people["lead_officer"], values={"employees": 9})
    products.add(business=third, actor=world.people["lead_officer"], values={"name": "Syal"})
    result = importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    assert new_businesses(world) == {coffee.name, batik.name, third.name}
    assert coffee.products.exists()
    assert coffee.exports.exists()
    whys = {kept["name"]: kept["why"] for kept in result["kept"]}
    assert {coffee.name, batik.name, third.name} <= whys.keys()
    assert "Syal" in whys[third.name]


def test_undo_leaves_a_value_that_was_changed_again(world: World) -> None:
    bring(world, COFFEE)
    second = bring(world, changed(COFFEE, phone="0812-0000-1111"))
    business = Business.objects.get(nib=COFFEE[1])
    businesses.edit(business=business, actor=None, values={"phone": "+6281299990000"})
    result = importing.undo(source=second, actor=officer(world.people["lead_officer"], world.lead))
    business.refresh_from_db()
    assert business.phone == "+6281299990000"
    assert [kept["name"] for kept in result["kept"]] == [business.name]


def test_undo_happens_once(world: World) -> None:
    source = bring(world, COFFEE)
    actor = officer(world.people["lead_officer"], world.lead)
    importing.undo(source=source, actor=actor)
    with pytest.raises(Conflict):
        importing.undo(source=source, actor=actor)


def test_a_second_press_of_confirm_starts_no_second_job(world: World) -> None:
    source = take(world, as_csv(HEADERS, COFFEE))
    actor = officer(world.people["lead_officer"], world.lead)
    importing.confirm(source=source, actor=actor)
    with pytest.raises(Conflict):
        importing.confirm(source=source, actor=actor)
    assert Job.objects.filter(kind="directory.import").count() == 1


def test_writing_twice_writes_once(world: World) -> None:
    source = take(world, as_csv(HEADERS, COFFEE, BATIK))
    importing.write(source=source)
    rows = ImportedRow.objects.count()
    importing.write(source=source)
    assert ImportedRow.objects.count() == rows


def test_a_scope_nobody_knows_is_a_programming_error(world: World) -> None:
    actor = officer(world.people["lead_officer"], world.lead)
    with pytest.raises(KeyError):
        importing.take(agency=world.lead, actor=actor, kind="businesses", file_name="a.csv",
                       data=as_csv(HEADERS, COFFEE), scope="nowhere:1")  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings_of_old_office_programs(world: World, encoding: str) -> None:
    name = "Café Puntang"
    source = take(world, as_csv(HEADERS, changed(COFFEE, name=name), encoding=encoding))
    importing.write(source=source)
    assert Business.objects.get(nib=COFFEE[1]).name == name


def test_a_workbook_reads_like_the_same_csv(world: World) -> None:
    source = take(world, as_xlsx(HEADERS, COFFEE, BATIK), name="umkm.xlsx")
    importing.write(source=source)
    assert new_businesses(world) == {COFFEE[0], BATIK[0]}


def test_a_formula_is_never_kept_as_one(world: World) -> None:
    source = take(
        world, as_csv(HEADERS, changed(COFFEE, hs="#REF!"), changed(BATIK, product='=HYPERLINK("http://x")'))
    )
    assert [issue["code"] for issue in source.report["bad"]] == ["formula_error"]
    from ekspora.engines.registers import corrections

    assert b"<f>" not in corrections(importing.read_again(source), "id")


@pytest.mark.parametrize("data", [b"", b"   \n", bytes(range(256)) * 20_000, b"%PDF-1.7 nothing"])
def test_a_file_that_is_no_register_is_refused_in_words(world: World, data: bytes) -> None:
    with pytest.raises(DomainError) as refusal:
        take(world, data, name="daftar.xlsx")
    assert "daftar.xlsx" in str(refusal.value)
    assert not Import.objects.exists()


def test_a_zip_bomb_behind_xlsx_is_refused(world: World) -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    with pytest.raises(DomainError):
        take(world, buffer.getvalue(), name="bomb.xlsx")
    assert not Import.objects.exists()


def test_a_sheet_of_something_else_says_what_it_lacks(world: World) -> None:
    source = take(world, as_xlsx(("Tanggal", "Suhu"), ("2027-03-10", "23")), name="cuaca.xlsx")
    assert source.report["missing"] == ["name"]
    assert source.report["bad"] == []  # said once of the column, not of each row
    assert source.report["bad_rows"] == 1
    assert source.report["good"] == 0


MORE = ("Nama usaha", "Bentuk usaha", "NPWP", "KBLI", "No WA", "Email", "Kabupaten/Kota", "Kecamatan", "Kelurahan",
        "Lat", "Lon", "Sektor", "Tenaga kerja laki-laki", "Tenaga kerja perempuan", "Sertifikat", "Produk")  # fmt: skip
KOPI = ("Koperasi Kopi Malabar", "Koperasi", "3204050101900001", "10761; 46324", "0812-3456-7890, 0813-1111-2222",
        "a@example.org; b@example.org", "Kabupaten Bandung", "Cileunyi", "Cileunyi Kulon", "-6.93612345", "107.7512",
        "Kuliner, Kriya", "5", "7", "Halal ID32110000123456, CPPOB, Q Grader", "Kopi sangrai")  # fmt: skip


def bring_more(world: World, *rows: tuple[str, ...], name: str = "lengkap.csv") -> Import:
    source = take(world, as_csv(MORE, *rows), name=name)
    importing.write(source=source)
    source.refresh_from_db()
    return source


def test_everything_that_was_read_is_kept_with_its_row(world: World) -> None:
    source = bring_more(world, KOPI)
    b = Business.objects.get(name="Koperasi Kopi Malabar")
    assert (b.legal_form, b.npwp_tail, b.kbli) == ("cooperative", "0001", ["10761", "46324"])
    assert (b.district, b.village) == ("32.04.05", "32.04.05.2001")
    assert (b.latitude, b.longitude) == (Decimal("-6.93612"), Decimal("107.75120"))
    assert (b.sector, b.other_sectors) == ("crafts", ["culinary"])
    assert (b.employees, b.employees_women) == (12, 7)
    assert {(c.phone, c.email) for c in b.contacts.all()} == {("+6281311112222", ""), ("", "b@example.org")}
    assert [(c.type, c.number, c.product_id) for c in b.certificates.order_by("pk")] == [
        ("halal", "ID32110000123456", None), ("gmp", "", None), ("other", "", None)]  # fmt: skip
    told = statements_of(b)
    one = told.of("kbli")
    assert one is not None
    assert (one.origin, one.row, one.source) == (source, 1, "import")
    assert told.of("hs", b.products.get().pk) is not None


def test_the_whole_row_again_changes_nothing(world: World) -> None:
    bring_more(world, KOPI)
    kinds = (Business, Product, Person, Contact, Certificate, Statement)
    before = [kind.objects.count() for kind in kinds]
    again = take(world, as_csv(MORE, KOPI), name="lagi.csv")
    assert again.report["anything"] is False
    importing.write(source=again)
    assert before == [kind.objects.count() for kind in kinds]


def test_undoing_takes_back_contacts_certificates_and_statements(world: World) -> None:
    bare = ("Koperasi Kopi Malabar", *[""] * 5, "Kabupaten Bandung", *[""] * 9)
    bring_more(world, bare, name="dahulu.csv")
    b = Business.objects.get(name="Koperasi Kopi Malabar")
    before = list(b.statements.values_list("pk", flat=True))
    source = bring_more(world, KOPI)
    assert b.certificates.count() == 3
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    b.refresh_from_db()
    assert (b.legal_form, b.kbli, b.latitude, b.npwp_tail, b.village) == ("", [], None, "", "")
    assert not b.contacts.exists()
    assert not b.certificates.exists()
    assert list(b.statements.values_list("pk", flat=True)) == before


def test_a_row_that_moves_a_business_empties_the_village_it_leaves(world: World) -> None:
    bring_more(world, KOPI)
    moved = list(KOPI)
    moved[6:9] = ["Kabupaten Bandung", "Cimenyan", ""]
    bring_more(world, tuple(moved), name="pindah.csv")
    b = Business.objects.get(name="Koperasi Kopi Malabar")
    assert (b.regency, b.district, b.village) == ("32.04", "32.04.06", "")


def test_a_known_value_that_the_row_contradicts_is_not_made_impossible(world: World) -> None:
    bring_more(world, KOPI)
    fewer = list(KOPI)
    fewer[12:14] = ["1", ""]
    Business.objects.filter(name=KOPI[0]).update(employees=7)
    bring_more(world, tuple(fewer), name="sedikit.csv")
    b = Business.objects.get(name=KOPI[0])
    assert (b.employees, b.employees_women) == (7, 7)


def test_what_somebody_added_to_an_imported_product_is_not_undone(world: World) -> None:
    source = bring_more(world, KOPI)
    product = Product.objects.get(business__name=KOPI[0])
    rows.add(business=product.business, kind="certificates", actor=None,
             values={"type": "sni", "product": product})  # fmt: skip
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    assert Product.objects.filter(pk=product.pk).exists()
    assert Certificate.objects.filter(type="sni").exists()
