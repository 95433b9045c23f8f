"""Doubles on an agency's list: found, decided, made one, given back."""

import pytest
from django.test import Client

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, AuditEntry, Job, Person
from ekspora.core.services import jobs
from ekspora.directory.models import Business, Double, ExportRecord, ImportedRow, Listing, Merger, Product
from ekspora.directory.services import doubles, merging
from ekspora.directory.services.businesses import list_with
from ekspora.programmes.models import Participation
from tests.world import World

pytestmark = pytest.mark.django_db


def twin(world: World, **values: object) -> Business:
    """``world.business`` as another office wrote it, on the lists of both organisers."""
    made = Business.objects.create(
        **{"name": "UD KOPI PUNTANG", "province": "32", "regency": "32.04", "phone": "+628121110000"} | values
    )
    for agency in (world.lead, world.co):
        Listing.objects.create(business=made, agency=agency)
    return made


def pair(world: World, likeness: str = "sure") -> Double:
    """A double of ``world.business`` and a twin."""
    Business.objects.filter(pk=world.business.pk).update(phone="+628121110000")
    one, other = sorted((world.business, twin(world)), key=lambda business: business.pk)
    return Double.objects.create(one=one, other=other, likeness=likeness, probability=0.99, reasons=[
        {"field": "phone", "weight": 13.0, "text": {"id": "nomor telepon sama", "en": "same telephone"}}
    ])  # fmt: skip


def look(agency: Agency, actor: Person) -> Job:
    """Look for doubles as the worker does."""
    job = doubles.look(agency=agency, actor=actor)
    jobs.run_job.func(job.pk)
    job.refresh_from_db()
    return job


def test_looking_finds_a_double_and_tells_why(world: World) -> None:
    pair(world)
    Double.objects.all().delete()
    job = look(world.lead, world.people["lead_officer"])
    assert job.result == {"sure": 1, "doubtful": 0}
    found = Double.objects.get()
    assert "nomor telepon sama" in {reason["text"]["id"] for reason in found.reasons}


def test_what_was_decided_is_not_asked_again(world: World) -> None:
    double = pair(world)
    doubles.keep_apart(double=double, agency=world.lead, actor=world.people["lead_officer"])
    look(world.lead, world.people["lead_officer"])
    assert [found.state for found in Double.objects.all()] == ["apart"]


def test_an_open_one_that_is_no_longer_alike_goes(world: World) -> None:
    double = pair(world)
    Business.objects.filter(pk=double.other_id).update(name="Gula Semut", phone="")
    look(world.lead, world.people["lead_officer"])
    assert not Double.objects.exists()


def test_two_presses_are_one_look(world: World) -> None:
    officer = world.people["lead_officer"]
    assert doubles.look(agency=world.lead, actor=officer) == doubles.look(agency=world.lead, actor=officer)


def test_merging_moves_everything_and_fills_what_was_missing(world: World) -> None:
    kept, gone = world.business, twin(world, nib="9120001234567", email="kopi@example.org", founded=1999)
    product = Product.objects.create(business=gone, name="Kopi hijau")
    export = ExportRecord.objects.create(business=gone, market="JP", year=2024)
    done = merging.merge(kept=kept, gone=gone, agency=world.lead, actor=world.people["lead_officer"])
    kept.refresh_from_db()
    assert (kept.nib, kept.email, kept.founded, kept.name) == (
        "9120001234567", "kopi@example.org", 1999, "Kopi Puntang",
    )  # fmt: skip
    for row in (product, export):
        row.refresh_from_db()
        assert row.business == kept
    gone.refresh_from_db()
    # It stays on no list but those it could not leave: the kept one stands there already.
    assert {label for label, _, _ in done.moved} == {"directory.Product", "directory.ExportRecord"}
    assert AuditEntry.objects.filter(action="business.merge").exists()


def test_a_merged_record_is_on_nobodys_list(world: World) -> None:
    gone = twin(world)
    merging.merge(kept=world.business, gone=gone, agency=world.lead, actor=None)
    assert not Listing.objects.filter(business=gone).exists()


def test_undoing_gives_back_what_was_moved_and_leaves_later_changes(world: World) -> None:
    officer = world.people["lead_officer"]
    kept, gone = world.business, twin(world, nib="9120001234567", email="kopi@example.org", founded=1999)
    product = Product.objects.create(business=gone, name="Kopi hijau")
    done = merging.merge(kept=kept, gone=gone, agency=world.lead, actor=officer)
    later = Product.objects.create(business=kept, name="Kopi baru")
    Business.objects.filter(pk=kept.pk).update(founded=2001)
    merging.undo(merger=done, actor=officer)
    merging.undo(merger=done, actor=officer)  # a second press changes nothing
    kept.refresh_from_db()
    gone.refresh_from_db()
    product.refresh_from_db()
    later.refresh_from_db()
    assert (kept.nib, kept.email, kept.founded) == ("", "", 2001)
    assert (gone.nib, product.business, later.business) == ("9120001234567", gone, kept)
    assert set(gone.listings.values_list("agency", flat=True)) == {world.lead.pk, world.co.pk}


def test_rows_of_imports_follow_their_business(world: World) -> None:
    from ekspora.directory.models import Import

    gone = twin(world)
    source = Import.objects.create(agency=world.lead, kind="businesses", file_name="a.csv", digest="x")
    row = ImportedRow.objects.create(
        source=source, row=1, hash="h", target_type="directory.business", target_id=gone.pk, effect="created"
    )
    done = merging.merge(kept=world.business, gone=gone, agency=world.lead, actor=None)
    row.refresh_from_db()
    assert row.target_id == world.business.pk
    merging.undo(merger=done, actor=world.people["lead_officer"])
    row.refresh_from_db()
    assert row.target_id == gone.pk


@pytest.mark.parametrize(
    ("values", "words"),
    [({"nib": "9120009999999"}, "NIB"), ({}, "Dinas lain"), ({}, "Promosi")],
    ids=["two numbers", "another agency keeps one", "both take part"],
)
def test_what_stands_against_it_is_said(world: World, values: dict[str, str], words: str) -> None:
    Business.objects.filter(pk=world.business.pk).update(nib="9120001234567")
    world.business.refresh_from_db()
    gone = twin(world, **values)
    if words == "Dinas lain":
        list_with(business=gone, agency=world.elsewhere, actor=None)
    if words == "Promosi":
        Participation.objects.create(activity=world.activity, side="maker", business=gone)
    with pytest.raises(DomainError, match=words):
        merging.merge(kept=world.business, gone=gone, agency=world.lead, actor=None)
    assert not Merger.objects.exists()


def test_who_is_late_is_told(world: World) -> None:
    officer, double = world.people["lead_officer"], pair(world)
    merging.merge(kept=double.one, gone=double.other, agency=world.lead, actor=officer)
    with pytest.raises(Conflict):
        merging.merge(kept=double.other, gone=double.one, agency=world.lead, actor=officer)
    with pytest.raises(Conflict):
        doubles.keep_apart(double=double, agency=world.lead, actor=officer)


def test_chains_are_undone_from_their_end(world: World) -> None:
    officer = world.people["lead_officer"]
    first, second = twin(world), twin(world, name="Kopi Puntang 2")
    one = merging.merge(kept=first, gone=second, agency=world.lead, actor=officer)
    merging.merge(kept=world.business, gone=first, agency=world.lead, actor=officer)
    with pytest.raises(Conflict):
        merging.undo(merger=one, actor=officer)


def test_the_page_shows_both_sides_and_acts(client: Client, world: World) -> None:
    double = pair(world)
    client.force_login(world.account("lead_officer"))
    page = client.get("/businesses/doubles/").content.decode()
    assert "nomor telepon sama" in page
    assert page.count("+628121110000") == 2
    client.post(f"/businesses/doubles/{double.pk}/merge/", {"keep": str(double.one_id)})
    merged = client.get("/businesses/merged/").content.decode()
    assert "UD KOPI PUNTANG" in merged
    client.post(f"/businesses/merged/{Merger.objects.get().pk}/undo/")
    assert Double.objects.get().state == "open"


def test_all_sure_ones_of_a_page_at_once(client: Client, world: World) -> None:
    sure, doubtful = (
        pair(world),
        Double.objects.create(
            one=world.business, other=twin(world, name="Kopi Lain"), likeness="doubtful", probability=0.5
        ),
    )
    client.force_login(world.account("lead_officer"))
    client.post("/businesses/doubles/merge/", {"pair": [sure.pk, doubtful.pk, "x"]})
    assert {double.state for double in Double.objects.filter(pk__in=(sure.pk, doubtful.pk))} == {
        "merged",
        "open",
    }


def test_queries_do_not_grow(client: Client, world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pair(world)
    client.force_login(world.account("lead_officer"))
    client.get("/businesses/doubles/")
    with CaptureQueriesContext(connection) as few:
        client.get("/businesses/doubles/")
    for n in range(12):
        Double.objects.create(
            one=world.business, other=twin(world, name=f"Kopi {n}"), likeness="doubtful", probability=0.5
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/businesses/doubles/")
    assert len(many) == len(few)
