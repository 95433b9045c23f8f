import pytest

from ekspora.core.models import Person
from ekspora.directory.models import Import, ImportedRow, Mission, Representative
from ekspora.directory.queries.guests import origins_of
from ekspora.directory.services import importing
from tests.directory.registers import REPRESENTATIVES, as_csv, officer
from tests.world import World

pytestmark = pytest.mark.django_db

FIJI = ("Mr.", "Ratu Naulivou", "Trade Attaché", "Fiji", "", "trade@fiji.example.org", "Kopi; Alas kaki")
UGANDA = ("", "Grace Akello", "Counsellor", "Uganda", "Malaysia", "", "")


def take(world: World, *rows: tuple[str, ...]) -> Import:
    actor = officer(world.people["lead_officer"], world.lead)
    return importing.take(
        agency=world.lead,
        actor=actor,
        kind="representatives",
        file_name="guests.csv",
        data=as_csv(REPRESENTATIVES, *rows),
    )


def bring(world: World, *rows: tuple[str, ...]) -> Import:
    source = take(world, *rows)
    importing.write(source=source)
    source.refresh_from_db()
    return source


def test_a_row_becomes_a_person_of_a_mission(world: World) -> None:
    bring(world, FIJI)
    made = Representative.objects.get(person__email="trade@fiji.example.org")
    assert made.person.protocol_name == "Mr. Ratu Naulivou"
    assert (made.person.language, made.function, made.mission) == (
        "en",
        "Trade Attaché",
        Mission.objects.get(country="FJ"),
    )
    assert made.sectors == ["agro", "footwear"]
    assert made.interests == "Kopi; Alas kaki"
    assert made.listed_by.get() == world.lead


def test_a_mission_without_residence_goes_in(world: World) -> None:
    source = bring(world, (*UGANDA[:4], "", *UGANDA[5:]))
    mission = Representative.objects.get(person__name="Grace Akello").mission
    assert (mission.country, mission.residence_country) == ("UG", "")
    assert source.report["bad"] == []


def test_the_country_of_residence_is_kept(world: World) -> None:
    bring(world, UGANDA)
    assert Mission.objects.get(country="UG").residence_country == "MY"


def test_an_unknown_country_is_a_bad_row(world: World) -> None:
    source = take(world, FIJI, ("", "Anna", "", "Wakanda", "", "", ""))
    (issue,) = source.report["bad"]
    assert (issue["row"], issue["field"], issue["value"], issue["code"]) == (
        3,
        "country",
        "Wakanda",
        "unknown_country",
    )
    importing.write(source=source)
    assert not Person.objects.filter(name="Anna").exists()


def test_several_people_of_one_mission(world: World) -> None:
    bring(world, UGANDA, ("", "Peter Okello", "Attaché", "Uganda", "", "", ""))
    assert Mission.objects.get(country="UG").representatives.count() == 2


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    bring(world, FIJI, UGANDA)
    counts = (Person.objects.count(), Representative.objects.count(), Mission.objects.count())
    again = take(world, FIJI, UGANDA)
    assert again.report["anything"] is False
    importing.write(source=again)
    assert counts == (Person.objects.count(), Representative.objects.count(), Mission.objects.count())


def test_a_changed_row_changes_only_what_changed(world: World) -> None:
    bring(world, UGANDA)
    source = bring(world, ("Ms.", "Grace Akello", "", "Uganda", "Singapore", "", ""))
    made = Representative.objects.get(person__name="Grace Akello")
    assert (made.person.title, made.function, made.mission.residence_country) == ("Ms.", "Counsellor", "SG")
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    made.person.refresh_from_db()
    made.mission.refresh_from_db()
    assert (made.person.title, made.mission.residence_country) == ("", "MY")


def test_undo_takes_everything_back(world: World) -> None:
    counts = (Person.objects.count(), Representative.objects.count(), Mission.objects.count())
    source = bring(world, FIJI, UGANDA)
    importing.undo(source=source, actor=officer(world.people["lead_officer"], world.lead))
    assert counts == (Person.objects.count(), Representative.objects.count(), Mission.objects.count())


def test_a_row_that_wrote_person_and_representative_is_told_once(world: World) -> None:
    source = bring(world, FIJI)
    made = Representative.objects.get(person__email="trade@fiji.example.org")
    both = ImportedRow.objects.filter(
        source=source, target_type__in=["core.person", "directory.representative"]
    )
    assert both.count() == 2
    told = origins_of(officer(world.people["lead_officer"], world.lead), made)
    assert [(one.source, one.row, one.effect) for one in told] == [(source, 1, "created")]
    assert origins_of(officer(world.people["other_officer"], world.elsewhere), made) == []
