"""My data: whoever types a name or number neither reads nor wipes what is about others."""

import pytest

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import AccessLink, AutomaticKind, Message, Person
from ekspora.core.services import erasure, links, people
from ekspora.directory import wording
from ekspora.directory.models import Bulk, Business, Contact, Import, Note, SavedFilter, Stewardship
from ekspora.directory.rules import acts_for
from ekspora.directory.services import bulk, businesses, notes, saved_filters, statements, stewards
from ekspora.programmes.models import Participation
from tests.directory.addresses import an_import
from tests.directory.arrivals import by_link, claimed, in_register, registered
from tests.world import World, activity

pytestmark = pytest.mark.django_db
NUMBER = "+6281311112222"


def _noted(world: World, text: str) -> Note:
    officer = world.people["lead_officer"]
    return notes.write(business=world.other_business, agency=world.lead, text=text, actor=officer)


def _kept(world: World, name: str, query: str) -> None:
    officer = world.people["other_officer"]
    saved_filters.save(agency=world.elsewhere, actor=officer, name=name, query=query, is_shared=True)


def _asked(world: World, query: str) -> Bulk:
    officer = world.people["lead_officer"]
    made = bulk.draft(agency=world.lead, actor=officer, action="file", chosen=[], query=query)
    bulk.begin(bulk=made, arguments={"kind": "csv"}, actor=officer)
    return made


def test_a_name_of_one_word_takes_nothing_from_others(world: World) -> None:
    _kept(world, "Pertanian Jabar", "province=32&q=sari+buah")
    note = _noted(world, "Pesaing utama Sari Roti")
    for name in ("Ani", "Sari"):
        erasure.erase(person=Person.objects.create(name=name))
    note.refresh_from_db()
    assert note.text == "Pesaing utama Sari Roti"
    assert SavedFilter.objects.count() == 1


def test_who_is_named_without_doubt_is_in_no_note_and_no_filter(world: World) -> None:
    _kept(world, "Usaha ibu", "q=Siti+Rahmawati&province=32")
    note = _noted(world, "Tanya Siti Rahmawati")
    erasure.erase(person=Person.objects.create(name="Siti Rahmawati"))
    note.refresh_from_db()
    assert note.text == "Tanya …"
    assert not SavedFilter.objects.exists()


def test_who_goes_by_the_name_of_their_business_takes_no_files_along_that_name_it(world: World) -> None:
    made, source = registered(world, name="Kopi Gayo"), an_import(world)
    Person.objects.filter(pk=made.person.pk).update(name="Kopi Gayo", phone="")
    Import.objects.filter(pk=source.pk).update(report={"first_rows": [["Kopi Gayo Arabika", "Aceh"]]})
    made.person.refresh_from_db()
    erasure.erase(person=made.person)
    source.refresh_from_db()
    assert source.report["first_rows"] == [["Kopi Gayo Arabika", "Aceh"]]
    assert source.file


def test_a_list_being_made_stays_as_narrow_as_it_was(world: World) -> None:
    made, by_name = _asked(world, "q=puntang"), _asked(world, "q=Siti+Rahmawati")
    assert list(bulk.selection(made)) == [world.business]
    erasure.erase(person=Person.objects.create(name="Siti Rahmawati"))
    made.refresh_from_db()
    by_name.refresh_from_db()
    assert list(bulk.selection(made)) == [world.business]
    assert (by_name.query, list(bulk.selection(by_name))) == ("", [])


def test_a_number_typed_as_ones_own_wipes_nothing_at_others(world: World) -> None:
    owner, theirs = world.people["owner"], world.other_business
    Business.objects.filter(pk__in=(theirs.pk, world.business.pk)).update(phone=NUMBER)
    for business in (theirs, world.business):
        Contact.objects.create(business=business, name="Rina", phone=NUMBER)
    people.correct(person=owner, name="Siti Rahmawati", phone=NUMBER, has_whatsapp=False)
    erasure.erase(person=owner)
    theirs.refresh_from_db()
    world.business.refresh_from_db()
    assert (theirs.phone, theirs.contacts.count()) == (NUMBER, 1)
    assert (world.business.phone, world.business.contacts.count()) == ("", 0)


def test_what_the_person_stated_of_a_business_they_left_goes_until_somebody_states_it_anew(
    world: World,
) -> None:
    owner, left = world.people["owner"], world.business
    Person.objects.filter(pk=owner.pk).update(phone=NUMBER)
    for business in (left, world.other_business):
        businesses.edit(business=business, actor=owner, values={"phone": NUMBER})
    officer = world.people["lead_officer"]
    statements.note(world.other_business, ["phone"], officer)
    Stewardship.objects.filter(person=owner).delete()
    owner.refresh_from_db()
    erasure.erase(person=owner)
    assert Business.objects.get(pk=left.pk).phone == ""
    assert Business.objects.get(pk=world.other_business.pk).phone == NUMBER


def test_a_typed_name_and_number_show_nothing_that_is_about_others(world: World) -> None:
    Contact.objects.create(business=world.other_business, name="Rina", phone=NUMBER, email="rina@example.org")
    _noted(world, f"Siti Rahmawati menunggak pajak, telepon {NUMBER}")
    person = Person.objects.create(name="Siti Rahmawati", phone=NUMBER)
    for who in (person, world.people["owner"]):
        people.correct(person=who, name="Siti Rahmawati", phone=NUMBER, has_whatsapp=False)
        who.refresh_from_db()
        found = privacy.everything_about(Actor(who))
        assert (found["notes"], found["contacts"]) == ([], [])


def test_a_limited_session_takes_along_no_more_than_its_pages_show(world: World) -> None:
    made = registered(world)
    stewards.name_owner(business=world.other_business, person=made.person, actor=None)
    limited = by_link(made.person)
    assert not acts_for(limited, world.other_business)
    assert world.other_business.name in str(privacy.everything_about(Actor(made.person)))
    found = privacy.everything_about(limited)
    assert world.other_business.name not in str(found)
    assert found["participations"] == []
    assert [one["name"] for one in found["businesses"]] == [made.business.name]
    assert len(found["registrations"]) == 1


def test_a_link_into_one_activity_takes_along_nothing_of_others(world: World) -> None:
    owner = world.people["owner"]
    other = activity(world.lead, name="Pameran lain")
    Participation.objects.create(activity=other, side="maker", business=world.business, person=owner)
    links.issue(
        person=owner, kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=world.lead, scope=other.scope
    )
    everything = privacy.everything_about(Actor(owner))
    assert len(everything["participations"]) == 2
    found = privacy.everything_about(Actor(owner, scope=world.activity.scope))
    assert [one["activity__name"] for one in found["participations"]] == [world.activity.name]
    assert [one["name"] for one in found["businesses"]] == [world.business.name]
    assert (len(everything["links"]), found["links"]) == (1, [])


def test_what_one_stated_elsewhere_is_not_within_a_link_into_an_activity(world: World) -> None:
    owner, far = world.people["owner"], world.other_business
    Person.objects.filter(pk=owner.pk).update(phone=NUMBER)
    owner.refresh_from_db()
    contact = Contact.objects.create(business=far, name="Owner", phone=NUMBER)
    statements.note(far, ["about", f"contacts:{contact.pk}"], owner)
    statements.note(world.business, ["about"], owner)
    assert far.name in str(privacy.everything_about(Actor(owner)))
    found = privacy.everything_about(Actor(owner, scope=world.activity.scope))
    assert far.name not in str(found)
    assert [row["business__name"] for row in found["statements"]] == [world.business.name]


def test_what_is_held_does_not_tell_whether_a_number_fits(world: World) -> None:
    in_register(world)
    AutomaticKind.objects.create(agency=world.lead, kind=wording.KIND)

    def told(number: str) -> tuple[set[str], ...]:
        person = Person.objects.create(name="Budi")
        claim = claimed(world, person, name="Keripik Sari", number=number)
        if Message.objects.filter(person=person).exists():  # as sending does
            scope, target = claim.own_scope, "/"
            links.issue(
                person=person,
                kind=AccessLink.Kind.PERSONAL,
                issued_by=None,
                agency=world.lead,
                scope=scope,
                target=target,
            )
        found = privacy.everything_about(Actor(person)), privacy.everything_about(by_link(person))
        return tuple({f"{title}: {len(rows)}" for title, rows in one.items()} for one in found)

    fits, fits_not = told("+6281111111111"), told("+6281533334444")
    assert Message.objects.count() == AccessLink.objects.count() == 1
    assert fits == fits_not
    assert "claims: 1" in fits[0]
