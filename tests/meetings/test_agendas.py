"""Everybody's own day: what it holds, in which language, for whom, at which cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar

from ekspora.core.models import Message
from ekspora.meetings import prints, workbook
from ekspora.meetings.models import Meeting, TimetableVersion
from ekspora.meetings.queries import agendas
from ekspora.meetings.services import announcing, subscribing
from ekspora.programmes import queries as programmes
from ekspora.programmes.models import Participation
from tests.meetings.factories import another_maker, version
from tests.world import World, at

SignIn = Callable[[World, str], Client]


def test_a_day_joins_agenda_and_meetings_in_order_of_time(world: World) -> None:
    version(world, (world.maker, world.guest, 2, "3"), (world.maker, world.other_guest, 1, "1"))
    with override("en"):
        day = agendas.day_of(world.maker)
    assert [(s.kind, s.title, s.place) for s in day.stops] == [
        ("presentation", "Opening", ""),
        ("meeting", "Embassy of Fiji", "Table 1"),
        ("meeting", "Embassy of India", "Table 3"),
        ("visit", "Site visit", ""),
    ]
    assert day.meetings == 2


def test_a_table_names_its_hall_where_blocks_are_at_two_places(world: World) -> None:
    version(world, (world.maker, world.guest, 1, "1"), (world.maker, world.other_guest, 6, "1"))
    for block, place in zip(
        world.activity.agenda.filter(kind="meetings"), ("Hall", "Saung Udjo"), strict=True
    ):
        block.place = place
        block.save()
    with override("en"):
        places = [stop.place for stop in agendas.day_of(world.maker).stops if stop.kind == "meeting"]
    assert places == ["Table 1 · Hall", "Table 1 · Saung Udjo"]


def test_a_draft_is_nobodys_agenda(world: World) -> None:
    version(world, (world.maker, world.guest, 2, "3"), state=TimetableVersion.State.DRAFT)
    assert agendas.day_of(world.maker).meetings == 0


def test_who_leaves_early_does_not_read_of_what_comes_later(world: World) -> None:
    world.maker.leaves_at = at(10)
    world.maker.save()
    with override("en"):
        titles = [stop.title for stop in agendas.day_of(world.maker).stops]
    assert titles == ["Opening", "Business meetings"]


def test_blocks_stand_in_for_meetings_until_a_timetable_is_published(world: World) -> None:
    def blocks() -> int:
        return sum(stop.kind == "meetings" for stop in agendas.day_of(world.maker).stops)

    assert blocks() == 2
    version(world, (world.maker, world.guest, 1, "1"))
    assert blocks() == 0


def test_guests_read_what_a_maker_makes_in_english(world: World) -> None:
    version(world, (world.maker, world.guest, 1, "1"))
    with override("en"):
        (met,) = [stop for stop in agendas.day_of(world.guest).stops if stop.kind == "meeting"]
    assert (met.title, met.text) == ("Kopi Puntang", "Roasted coffee")


def test_a_substitute_is_named_instead_of_the_invited(world: World) -> None:
    world.guest.substitute = world.people["stranger"]
    world.guest.save()
    version(world, (world.maker, world.guest, 1, "1"))
    with override("en"):
        (met,) = [stop for stop in agendas.day_of(world.maker).stops if stop.kind == "meeting"]
    assert met.text == "Stranger · India"


def test_one_day_loads_the_own_meetings_only(world: World) -> None:
    version(world, (world.maker, world.guest, 1, "1"), (world.other_maker, world.other_guest, 1, "2"))
    loaded: list[object] = []

    def note(instance: object, **rest: object) -> None:
        loaded.append(instance)

    post_init.connect(note, sender=Meeting)
    try:
        assert agendas.day_of(world.maker).meetings == 1
    finally:
        post_init.disconnect(note, sender=Meeting)
    assert len(loaded) == 1


def test_days_cost_the_same_for_few_and_for_many(world: World) -> None:
    version(world, (world.maker, world.guest, 1, "1"))
    people = list(programmes.coming(world.activity))

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            agendas.days(world.activity, people)
        return len(queries)

    before = cost()
    made = version(world, state=TimetableVersion.State.DRAFT)
    TimetableVersion.objects.exclude(pk=made.pk).update(state="superseded")
    more = [another_maker(world, n) for n in range(8)]
    extra = [(maker, world.guest, slot, "1") for slot, maker in enumerate(more, start=1)]
    made.delete()
    version(world, *extra)
    people += more
    assert cost() == before


@pytest.mark.parametrize(
    ("actor", "side"), [("owner", "maker"), ("companion", "maker"), ("representative", "guest")]
)
def test_the_agenda_page_shows_the_own_day(world: World, sign_in: SignIn, actor: str, side: str) -> None:
    version(world, (world.maker, world.guest, 1, "4"))
    page = sign_in(world, actor).get(reverse("my_agenda", args=[getattr(world, side).pk]))
    assert page.status_code == 200
    assert b"09" in page.content
    assert ("Table 4" if side == "guest" else "Meja 4") in page.content.decode()


def test_the_calendar_file_holds_each_stop_with_a_lasting_id(world: World, sign_in: SignIn) -> None:
    version(world, (world.maker, world.guest, 1, "4"))
    client = sign_in(world, "owner")
    address = reverse("my_calendar", args=[world.maker.pk])
    events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert len(events) == 3
    TimetableVersion.objects.update(state="superseded")
    version(world, (world.maker, world.guest, 2, "1"))
    moved = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    assert {str(e["uid"]) for e in moved} == {str(e["uid"]) for e in events}


def test_a_name_with_a_line_break_adds_no_line_to_the_calendar(world: World, sign_in: SignIn) -> None:
    name = "Temu bisnis, Bandung\r\nATTENDEE:mailto:x@example.org"
    type(world.activity).objects.update(name=name, venue=name)
    version(world, (world.maker, world.guest, 1, "4"))
    file = sign_in(world, "owner").get(reverse("my_calendar", args=[world.maker.pk])).content
    assert b"X-WR-CALNAME:Temu bisnis\\, Bandung\\nATTENDEE" in file
    assert not any(line.startswith(b"ATTENDEE") for line in file.splitlines())


def test_a_feed_needs_no_session_and_ends_with_the_next_one(world: World, client: Client) -> None:
    token = subscribing.subscribe(participation=world.maker, person=world.people["owner"])
    address = reverse("calendar_feed", args=[token])
    found = client.get(address)
    assert found["Content-Type"].startswith("text/calendar")
    assert "no-store" in found["Cache-Control"]
    subscribing.subscribe(participation=world.maker, person=world.people["owner"])
    assert client.get(address).status_code == 404


def test_everybody_who_comes_is_told_once_and_a_newer_version_replaces_the_drafts(world: World) -> None:
    first = version(world, (world.maker, world.guest, 1, "4"))
    assert announcing.announce(version=first, actor=world.people["lead_officer"]) == 4
    TimetableVersion.objects.update(state="superseded")
    announcing.announce(version=version(world), actor=world.people["lead_officer"])
    drafts = Message.objects.filter(kind="timetable")
    assert drafts.count() == 4
    owner = drafts.get(person=world.people["owner"])
    assert "{link}" in owner.body
    assert owner.link_target == reverse("my_agenda", args=[world.maker.pk])
    assert drafts.get(person=world.people["representative"]).subject.startswith("Your agenda")


def test_every_print_is_a_pdf_whatever_the_names(world: World) -> None:
    world.business.name = '=HYPERLINK("#") #strong[*x*] \\ $1$ 😀 مريم'
    world.business.save()
    made = version(world, (world.maker, world.guest, 1, "4"), (world.other_maker, world.guest, 2, "1"))
    people = list(programmes.coming(world.activity))
    for pdf in (
        prints.agendas(world.activity, people),
        prints.badges(world.activity, people),
        prints.door_list(world.activity, people),
        prints.table_cards(world.activity, made),
    ):
        assert pdf.startswith(b"%PDF")


def test_the_workbook_keeps_a_formula_as_a_name(world: World) -> None:
    from io import BytesIO
    from zipfile import ZipFile

    from python_calamine import CalamineWorkbook

    world.business.name = '=HYPERLINK("http://x")'
    world.business.save()
    made = version(world, (world.maker, world.guest, 1, "4"))
    data = workbook.timetable(world.activity, made)
    sheets = [name for name in ZipFile(BytesIO(data)).namelist() if name.startswith("xl/worksheets/")]
    assert all(b"<f>" not in ZipFile(BytesIO(data)).read(name) for name in sheets)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1][3] == '=HYPERLINK("http://x")'


def test_the_home_card_opens_the_day_once_it_is_published(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "owner")
    address = reverse("my_agenda", args=[world.maker.pk])
    assert address not in client.get("/").content.decode()
    version(world, (world.maker, world.guest, 2, "3"))
    page = client.get("/").content.decode()
    assert address in page
    assert "09.25" in page


def test_a_meeting_with_somebody_who_declined_meanwhile_is_said_to_be_checked(world: World) -> None:
    version(world, (world.maker, world.guest, 1, "1"))
    Participation.objects.filter(pk=world.guest.pk).update(answer="declined")
    with override("en"):
        (met,) = [stop for stop in agendas.day_of(world.maker).stops if stop.kind == "meeting"]
    assert met.text.startswith("The organisers are checking")
