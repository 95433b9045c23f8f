"""The floor: what runs now and next, who is missing, the bells; the board's address and its end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from ekspora.core.clock import at as clock_at
from ekspora.core.models import AccessLink, AuditEntry
from ekspora.core.services import links
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.queries.floor import Floor, floor_of
from ekspora.meetings.services import boards, publishing
from ekspora.programmes.models import Participation
from ekspora.programmes.services.attendance import Tap, mark
from tests.meetings.crowd import crowd, drafted, greedy
from tests.programmes.actors import actor
from tests.world import EVENT_DAY, World, at

SignIn = Callable[[World, str], Client]


@pytest.fixture
def published(world: World) -> World:
    """Slot 1 (9.00): Kopi Puntang × India at 1, Batik Lain × Fiji at 2; slot 2 (9.25): Kopi Puntang × Fiji at 1."""
    with clock_at(at(7, day=EVENT_DAY - timedelta(days=30))):
        publishing.publish(version=drafted(world), actor=world.people["lead_officer"], seen=0)
    return world


def floor(world: World, hour: int, minute: int = 0) -> Floor:
    with clock_at(at(hour, minute)), override("en"):
        found = floor_of(world.activity)
    assert found is not None
    return found


def check_in(world: World, *people: Participation, kind: str = "came") -> None:
    for who in people:
        mark(activity=world.activity, actor=actor(world, "lead_officer"), tap=Tap(who.pk, kind))


def board_of(world: World) -> str:
    address = boards.open_board(activity=world.activity, actor=actor(world, "lead_officer"))
    return address[address.index("/board/") :]


def test_nothing_published_is_no_floor(world: World) -> None:
    drafted(world)
    assert floor_of(world.activity) is None


def test_now_and_next_at_each_table(published: World) -> None:
    seen = floor(published, 9, 5)
    first, second = seen.tables[:2]
    assert first.now is not None
    assert [seat.name for seat in first.now.seats] == ["Kopi Puntang", "India"]
    assert first.next is not None
    assert [seat.name for seat in first.next.seats] == ["Kopi Puntang", "Fiji"]
    assert (second.now is not None, second.next) == (True, None)
    assert [one.table for one in seen.tables] == ["1", "2", "3", "4", "5"]
    assert (seen.heading, seen.begun, seen.meetings) == ("Meeting 1 of 6", 2, 3)


@pytest.mark.parametrize(
    ("hour", "minute", "heading", "calling"),
    [(7, 0, "The next meetings begin at 09:00", False), (8, 30, "Opening", False),
     (8, 50, "Please go to your table", True), (9, 0, "Meeting 1 of 6", False),
     (9, 20, "Please go to your table", True), (9, 25, "Meeting 2 of 6", False),
     (10, 20, "Site visit", False), (15, 0, "The meetings are over", False)],
)  # fmt: skip
def test_the_heading_says_what_is_going_on(
    published: World, hour: int, minute: int, heading: str, calling: bool
) -> None:
    seen = floor(published, hour, minute)
    assert (seen.heading, seen.calling) == (heading, calling)


def test_bells_ring_when_something_begins_or_ends(published: World) -> None:
    bells = [(bell.at, bell.words) for bell in floor(published, 9, 50).bells[:4]]
    assert bells == [
        (at(10, 10), "until the meetings change"), (at(10, 15), "until: Site visit"),
        (at(11), "until the meetings begin"), (at(11, 20), "until the meetings change"),
    ]  # fmt: skip
    assert floor(published, 13).bells == ()
    with clock_at(at(8) - timedelta(days=2)):
        before = floor_of(published.activity)
    assert before is not None
    assert before.bells == ()  # no countdown of days


def test_nobody_is_missing_while_nobody_was_checked_in(published: World) -> None:
    assert floor(published, 9, 10).waiting == ()


def test_who_is_missing_where_and_for_how_long(published: World) -> None:
    check_in(published, published.maker, published.other_maker, published.other_guest)
    before = floor(published, 8, 50).waiting
    assert [(one.table, one.name, one.minutes) for one in before] == [("1", "India", 0)]
    (one,) = floor(published, 9, 4).waiting
    assert (one.table, one.name, one.minutes) == ("1", "India", 4)
    assert floor(published, 9, 4).late == [one]
    check_in(published, published.guest)
    assert floor(published, 9, 4).waiting == ()


def test_who_left_is_missing(published: World) -> None:
    check_in(published, published.maker, published.other_maker, published.other_guest, published.guest)
    check_in(published, published.maker, kind="left")
    assert [one.name for one in floor(published, 9, 25).waiting] == ["Kopi Puntang"]


def test_the_floor_costs_the_same_for_few_and_many(published: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found, clock_at(at(9, 5)):
            floor_of(published.activity)
        return len(found)

    few = cost()
    crowd(published, 12, 6, share=1.0)
    with clock_at(at(7, day=EVENT_DAY - timedelta(days=30))):
        TimetableVersion.objects.update(state="superseded")
        many = greedy(published)
        TimetableVersion.objects.filter(pk=many.pk).update(state="published")
    assert many.meetings.count() > 20
    assert cost() == few


def test_the_board_needs_no_sign_in_and_asks_again_for_a_small_part(published: World, client: Client) -> None:
    path = board_of(published)
    with clock_at(at(9, 5)):
        page = client.get(path)
        part = client.get(path, headers={"HX-Request": "true"})
    assert b"Kopi Puntang" in page.content
    assert page["Cache-Control"].find("no-store") >= 0
    assert b"<html" not in part.content
    assert b"Kopi Puntang" in part.content
    assert len(part.content) < 8_000


def test_a_table_for_a_helper(published: World, client: Client) -> None:
    path = board_of(published)
    with clock_at(at(9, 5)):
        assert b"Kopi Puntang" in client.get(f"{path}1/").content
        assert client.get(f"{path}99/").status_code == 404
        assert b"<html" not in client.get(f"{path}1/", headers={"HX-Request": "true"}).content


def test_unknown_closed_replaced_and_ended_addresses_do_not_exist(world: World, client: Client) -> None:
    lead = actor(world, "lead_officer")
    first = board_of(world)
    assert client.get(first).status_code == 200
    second = board_of(world)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert AuditEntry.objects.filter(action="link.revoke").count() == 1
    assert boards.close_board(activity=world.activity, actor=lead) == 1
    assert client.get(second).status_code == 404
    third = board_of(world)
    with clock_at(at(23, day=EVENT_DAY + timedelta(days=1))):
        assert client.get(third).status_code == 200
    with clock_at(at(1, day=EVENT_DAY + timedelta(days=2))):
        assert client.get(third).status_code == 404
    assert client.get("/board/nothing/").status_code == 404


def test_the_boards_address_signs_nobody_in_and_other_links_show_no_board(
    world: World, client: Client
) -> None:
    token = board_of(world).split("/")[2]
    assert client.get(f"/l/{token}/").status_code == 404
    client.post(f"/l/{token}/")
    assert "_auth_user_id" not in client.session
    personal = links.issue(
        person=world.people["owner"], kind=AccessLink.Kind.PERSONAL, issued_by=None, agency=None,
        scope=world.activity.scope,
    )  # fmt: skip
    assert client.get(reverse("board", args=[personal])).status_code == 404


def test_officers_make_and_close_the_address_and_see_it_once(published: World, sign_in: SignIn) -> None:
    client = sign_in(published, "lead_officer")
    page = reverse("floor", args=[published.activity.pk])
    assert b"/board/" in client.post(page, {"action": "open"}).content
    assert b"/board/" not in client.get(page).content
    client.post(page, {"action": "close"})
    assert not AccessLink.objects.filter(kind="board", revoked_at__isnull=True).exists()
    assert client.post(page, {"action": "dance"}).status_code == 404


def test_officers_who_only_look_make_no_address(published: World, sign_in: SignIn) -> None:
    published.activity.organiser_rows.filter(agency=published.co).update(role="support")
    client = sign_in(published, "co_officer")
    page = reverse("floor", args=[published.activity.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"action": "open"}).status_code == 404
    assert not AccessLink.objects.filter(kind="board").exists()


def test_a_board_without_a_timetable_waits_for_one(world: World, client: Client) -> None:
    page = client.get(board_of(world))
    assert page.status_code == 200
    assert b'hx-trigger="every 15s' in page.content


def test_nothing_of_wishes_or_phones_is_on_the_board(published: World, client: Client) -> None:
    published.activity.wishes.filter(chooser=published.guest).update(mark="no")
    published.people["owner"].phone = "+628123456789"
    published.people["owner"].save()
    with clock_at(at(9, 5)):
        content = client.get(board_of(published)).content.decode()
    assert "628123456789" not in content
    assert "owner@" not in content
