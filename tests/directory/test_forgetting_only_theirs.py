"""Erasing takes along what is about the person, and nothing that only bears the same name or number."""

from typing import Any

import pytest

from ekspora.core.models import AuditEntry, Person
from ekspora.core.services import audit, erasure, people
from ekspora.directory.models import Import, ImportedRow, Note, SavedFilter
from ekspora.directory.services import businesses, importing, notes, products, rows, saved_filters
from ekspora.results.models import Report
from tests.directory.addresses import an_import
from tests.directory.arrivals import claimed, in_register, registered
from tests.directory.registers import COFFEE, HEADERS, as_csv, changed
from tests.world import World

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Pasar Baru", "+6281298765432"
QUOTED = {"first_rows": [["Kios di Pasar Baru", "0812-9876-5432"]]}


def _renamed(person: Person, name: str = NAME, phone: str = NUMBER) -> Person:
    Person.objects.filter(pk=person.pk).update(name=name, phone=phone)
    person.refresh_from_db()
    return person


def _told_by_others(world: World) -> tuple[AuditEntry, ...]:
    """Entries of an agency that has nothing to do with the person, with their name and with their number."""
    officer = world.people["other_officer"]
    made = businesses.register(
        agency=world.elsewhere, actor=officer, values={"name": NAME, "province": "32", "phone": NUMBER}
    )
    businesses.edit(business=made, actor=officer, values={"about": "Kios di Pasar Baru, 0812-9876-5432"})
    return tuple(AuditEntry.objects.filter(chain=world.elsewhere.pk).order_by("number"))


def _are_whole(entries: tuple[AuditEntry, ...]) -> bool:
    return all(AuditEntry.objects.get(pk=entry.pk).details == entry.details != {} for entry in entries)


def test_who_is_named_like_their_business_leaves_other_agencies_trail_alone(world: World) -> None:
    owner, officer = _renamed(world.people["owner"], phone=""), world.people["lead_officer"]
    entries = _told_by_others(world)
    businesses.edit(business=world.business, actor=officer, values={"name": NAME})
    named = AuditEntry.objects.filter(action="business.edit", chain=world.lead.pk).get()
    _renamed(owner, phone="+6281200009999")
    rows.add(business=world.business, kind="contacts", actor=officer,
             values={"name": NAME, "phone": "+6281200009999"})  # fmt: skip
    erasure.erase(person=owner)
    assert _are_whole((*entries, named))
    reached = AuditEntry.objects.get(action="row.add")
    assert (reached.details, reached.target_id) == (None, str(world.business.pk))
    assert all(report.broken_at is None for report in audit.verify())


@pytest.mark.parametrize("way", ["registered", "claimed", "corrected"])
def test_a_name_and_number_somebody_gives_themselves_blot_nothing_out_at_others(
    world: World, way: str
) -> None:
    officer = world.people["other_officer"]
    entries = _told_by_others(world)
    made = businesses.register(agency=world.elsewhere, actor=officer, values={"name": "Kios Rina"})
    note = notes.write(business=made, agency=world.elsewhere, text="Dari Pasar Baru", actor=officer)
    saved_filters.save(
        agency=world.elsewhere, actor=officer, name="Kios", query="q=pasar+baru", is_shared=True
    )
    report = Report.objects.create(activity=world.activity, minutes="Rapat di Pasar Baru.")
    if way == "registered":
        person = _renamed(registered(world).person)
    elif way == "claimed":
        in_register(world)
        person = _renamed(claimed(world, number="+6281111111111").person)
    else:
        person = world.people["owner"]
        people.correct(person=person, name=NAME, phone=NUMBER, has_whatsapp=True)
        person.refresh_from_db()
    erasure.erase(person=person)
    note.refresh_from_db()
    report.refresh_from_db()
    assert (note.text, report.minutes) == ("Dari Pasar Baru", "Rapat di Pasar Baru.")
    assert SavedFilter.objects.count() == 1
    assert _are_whole(entries)


def test_of_themselves_everything_goes_also_where_they_gave_the_name(world: World) -> None:
    made, officer = registered(world), world.people["lead_officer"]
    person = _renamed(made.person, "Siti Rahmawati")
    businesses.list_with(business=made.business, agency=world.lead, actor=officer)
    facts = {"about": "Dirintis Siti Rahmawati"}
    businesses.edit(business=made.business, actor=officer, values=facts)
    product = made.business.products.get()
    products.edit(product=product, actor=officer, values={"description": "Buatan Siti Rahmawati"})
    notes.write(business=made.business, agency=world.lead, text="Siti Rahmawati ramah", actor=officer)
    said = [entry.pk for entry in AuditEntry.objects.all() if "Siti Rahmawati" in str(entry.details)]
    assert len(said) == 2
    erasure.erase(person=person)
    assert not [entry for entry in AuditEntry.objects.all() if "Siti Rahmawati" in str(entry.details)]
    assert AuditEntry.objects.filter(pk__in=said, action__in=("business.edit", "product.edit")).count() == 2
    assert Note.objects.get().text == "… ramah"


@pytest.mark.parametrize("rival", ["person", "business"])
def test_a_name_that_others_bear_too_points_at_nobody(world: World, rival: str) -> None:
    officer = world.people["other_officer"]
    made = businesses.register(agency=world.elsewhere, actor=officer, values={"name": "Kios Rina"})
    note = notes.write(business=made, agency=world.elsewhere, text="Tanya Siti Rahmawati", actor=officer)
    if rival == "person":
        Person.objects.create(name="siti rahmawati")
    else:
        businesses.register(agency=world.elsewhere, actor=officer, values={"name": "CV Siti Rahmawati"})
    erasure.erase(person=Person.objects.create(name="Siti Rahmawati"))
    note.refresh_from_db()
    assert note.text == "Tanya Siti Rahmawati"


def _quoting(world: World, **found: Any) -> Import:
    source = an_import(world)
    Import.objects.filter(pk=source.pk).update(report=found or QUOTED)
    return source


def test_a_file_that_only_quotes_a_name_somebody_took_stays(world: World) -> None:
    made, source = registered(world), _quoting(world)
    erasure.erase(person=_renamed(made.person))
    source.refresh_from_db()
    assert source.file
    assert source.report == QUOTED


def test_a_file_that_only_quotes_a_common_name_stays_though_an_agency_brought_the_person_in(
    world: World,
) -> None:
    owner = _renamed(world.people["other_owner"], "Siti Rahmawati")
    source = _quoting(world, first_rows=[["Siti Rahmawati", "0813-1111-2222"]])
    erasure.erase(person=owner)
    source.refresh_from_db()
    assert source.file


def test_a_file_that_touched_their_business_and_quotes_them_goes(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    owner = _renamed(world.people["other_owner"], "Siti Rahmawati")
    source = _quoting(world, first_rows=[["Siti Rahmawati"]])
    ImportedRow.objects.create(source=source, row=2, hash="x", target_type="directory.business",
                               target_id=world.other_business.pk, effect="unchanged")  # fmt: skip
    erasure.erase(person=owner)
    source.refresh_from_db()
    assert not source.file
    assert "Siti" not in str(source.report)


@pytest.mark.parametrize("choice", ["same", "new"])
def test_an_upload_goes_whose_row_is_their_business_and_not_one_that_is_another(
    world: World, choice: str
) -> None:
    _renamed(world.people["owner"], "Siti Rahmawati", "")
    officer = world.actor("lead_officer")
    cells = changed(COFFEE, name="Kopi Puntang", nib="", owner="Siti Rahmawati", phone="")
    source = importing.take(agency=world.lead, actor=officer, kind="businesses", file_name="b.csv",
                            data=as_csv(HEADERS, cells))  # fmt: skip
    assert source.resemblances.filter(business=world.business).update(choice=choice)
    assert "Siti Rahmawati" in str(source.report)
    erasure.erase(person=world.people["owner"])
    source.refresh_from_db()
    assert bool(source.file) == (choice == "new")
