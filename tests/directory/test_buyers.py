"""Buyers: named, never a mission, the same one for everybody, with notes that stay at home."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Agency, AuditEntry, Person
from ekspora.core.services import audit
from ekspora.core.services.erasure import erase
from ekspora.directory.models import Buyer, Mission
from ekspora.directory.names_of_buyers import buyer_key, mission_named, says_mission
from ekspora.directory.queries.buyers import buyer_for, buyers_for
from ekspora.directory.services.buyers import edit_buyer, name_buyer, verify_buyer
from tests.world import World


def named(
    world: World, name: str, *, agency: Agency | None = None, actor: str = "lead_officer", **more: Any
) -> Buyer:
    """A buyer as an agency names it."""
    return name_buyer(
        agency=agency or world.lead, name=name, country=more.pop("country", "IN"), kind=more.pop("kind", "unknown"),
        values=more.pop("values", {}), introduced_by=more.pop("introduced_by", None), actor=world.people[actor],
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Embassy of India", "EMBASSY OF INDIA", "Embasy of India", "Kedutaan Besar India", "Kedubes India di Jakarta",
        "Konsulat Jenderal Jepang", "High Commission of India", "Consulate-General of Fiji", "Ambassade de France",
        "Atase Perdagangan KBRI Tokyo", "Emabssy of India", "Permanent Mission of Fiji",
    ],
)  # fmt: skip
def test_a_mission_is_no_buyer(world: World, name: str) -> None:
    with override("en"), pytest.raises(DomainError, match=r"buys nothing itself.*company or shop"):
        named(world, name)
    assert not Buyer.objects.exists()


def test_a_name_close_to_a_known_mission_is_refused_and_the_mission_is_named(world: World) -> None:
    Mission.objects.create(name="Taipei Economic and Trade Office", country="TW", residence_country="ID")
    with override("en"), pytest.raises(DomainError, match="Taipei Economic and Trade Office"):
        named(world, "Taipei Economic & Trade Ofice", country="TW")
    with pytest.raises(DomainError):
        named(world, "Taipei Economic and Trade Office, Jakarta", country="TW")


@pytest.mark.parametrize(
    "name", ["Kaveri Coffee Traders", "Indiana Foods", "Councilman Imports", "Toko Nusantara"]
)
def test_companies_are_not_taken_for_missions(world: World, name: str) -> None:
    assert not says_mission(name)
    assert named(world, name).name == name


@pytest.mark.parametrize("name", ["", "   ", " . "])
def test_a_buyer_has_a_name(world: World, name: str) -> None:
    with pytest.raises(DomainError):
        named(world, name)


def test_names_are_compared_without_legal_form_case_and_accents() -> None:
    same = {
        buyer_key(name)
        for name in ("Kaveri Coffee Pvt. Ltd.", "KAVERI COFFEE", "Kavéri Coffee Private Limited")
    }
    assert len(same) == 1
    assert buyer_key("Ltd") == "ltd"
    assert buyer_key("株式会社") != ""
    assert mission_named("Kaveri", ["Embassy of India"]) == ""


def test_the_same_name_in_the_same_country_is_the_same_buyer(world: World) -> None:
    first = named(world, "Kaveri Coffee Pvt Ltd")
    assert named(world, "kaveri  coffee", agency=world.co, actor="co_officer") == first
    assert named(world, "Kaveri Coffee", country="NP") != first
    assert set(first.listed_by.all()) == {world.lead, world.co}
    with pytest.raises(IntegrityError):
        Buyer.objects.create(name="Kaveri Coffee Ltd", country="IN")


def test_naming_again_fills_gaps_and_overwrites_nothing(world: World) -> None:
    named(world, "Kaveri", introduced_by=world.mission, values={"website": "kaveri.example"})
    fiji = world.other_guest.representative
    assert fiji is not None
    again = named(
        world, "Kaveri", kind="broker", introduced_by=fiji.mission, values={"website": "other.example"}
    )
    assert (again.kind, again.website, again.introduced_by) == ("broker", "kaveri.example", world.mission)
    assert named(world, "Kaveri", kind="importer").kind == "broker"


def test_a_note_stays_with_its_agency(world: World) -> None:
    named(world, "Kaveri", values={"note": "Pays late."})
    other = named(world, "Kaveri", agency=world.co, actor="co_officer", values={"note": "Good payer."})
    seen = {
        name: buyer_for(world.actor(name), other.pk)
        for name in ("lead_officer", "co_officer", "other_officer")
    }
    assert [note.text for note in seen["lead_officer"].own_notes] == ["Pays late."]  # type: ignore[union-attr]
    assert [note.text for note in seen["co_officer"].own_notes] == ["Good payer."]  # type: ignore[union-attr]
    assert seen["other_officer"] is None


def test_verifying_says_how_and_another_name_has_to_be_verified_anew(world: World) -> None:
    buyer, officer = named(world, "Kaveri"), world.people["lead_officer"]
    with pytest.raises(DomainError):
        verify_buyer(buyer=buyer, how=" ok ", agency=world.lead, actor=officer)
    for _twice in range(2):
        buyer = verify_buyer(
            buyer=buyer, how="Register of companies, 3 March", agency=world.lead, actor=officer
        )
    assert buyer.verified_by == officer
    assert AuditEntry.objects.filter(action="buyer.verify").count() == 1
    values = {"name": "Kaveri", "country": "IN", "kind": "unknown", "website": "k.example"}
    edit_buyer(buyer=buyer, agency=world.lead, values=values, note="", actor=officer)
    assert Buyer.objects.get().verified_at is not None
    edit_buyer(buyer=buyer, agency=world.lead, values=values | {"kind": "broker"}, note="", actor=officer)
    assert Buyer.objects.get().verified_at is None
    assert all(not report.why for report in audit.verify())


def test_a_name_that_is_anothers_or_a_missions_is_not_taken_by_changing(world: World) -> None:
    named(world, "Kaveri")
    other, officer = named(world, "Malabar"), world.people["lead_officer"]
    values = {"country": "IN", "kind": "unknown", "website": ""}
    with pytest.raises(Conflict):
        edit_buyer(
            buyer=other, agency=world.lead, values=values | {"name": "KAVERI Ltd"}, note="", actor=officer
        )
    with pytest.raises(DomainError):
        edit_buyer(
            buyer=other,
            agency=world.lead,
            values=values | {"name": "Embassy of India"},
            note="",
            actor=officer,
        )


def test_the_list_narrows_and_costs_the_same_however_long(
    world: World, sign_in: "Callable[[World, str], Client]", django_assert_num_queries: Any
) -> None:
    for n in range(60):
        named(world, f"Buyer {n:02}", kind="broker" if n % 2 else "importer", introduced_by=world.mission)
    actor = world.actor("lead_officer")
    assert buyers_for(actor, show="broker").count() == 30
    assert buyers_for(actor, words="india 07").count() == 1
    assert buyers_for(actor, words="Embassy", show="verified").count() == 0
    client = sign_in(world, "lead_officer")
    client.get(reverse("buyers"))
    with django_assert_num_queries(8):
        page = client.get(reverse("buyers"))
    assert page.context["page"].paginator.count == 60
    assert len(page.context["page"]) == 50


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_warn_of_brokers_and_of_who_was_never_checked(
    world: World, sign_in: "Callable[[World, str], Client]", language: str
) -> None:
    buyer = named(world, "Kaveri", kind="broker")
    Person.objects.update(language=language)
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("buyer", args=[buyer.pk])).text
    assert ("This is a broker." in page) == (language == "en")
    client.post(reverse("buyer_verify", args=[buyer.pk]), {"how": "Called their switchboard"})
    buyer.refresh_from_db()
    assert buyer.verified_how == "Called their switchboard"


def test_the_form_refuses_a_mission_beside_what_was_typed(
    world: World, sign_in: "Callable[[World, str], Client]"
) -> None:
    client = sign_in(world, "lead_officer")
    data = {"name": "Embassy of India", "country": "India", "kind": "importer", "agency": world.lead.pk}
    page = client.post(reverse("buyer_new"), data)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()
    page = client.post(reverse("buyer_new"), data | {"name": "Kaveri"})
    assert page["Location"] == reverse("buyer", args=[Buyer.objects.get().pk])


def test_an_erased_person_is_nobodys_contact_and_no_note_names_them(world: World) -> None:
    who = world.people["stranger"]
    buyer = named(world, "Kaveri", values={"note": f"Ask {who.name}.", "person": who})
    verify_buyer(buyer=buyer, how=f"Called {who.name}", agency=world.lead, actor=world.people["lead_officer"])
    name = who.name
    erase(person=who, actor=None)
    note = buyer.notes.get()
    assert note.person is None
    assert name not in note.text + Buyer.objects.get().verified_how
