"""The day on real devices: a phone without a network at the door, and a board that nobody looks after."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ekspora.core.clock import now
from ekspora.meetings.models import TimetableVersion
from ekspora.meetings.services import boards
from ekspora.programmes.models import AttendanceMark, Participation
from tests import world as worlds
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.meetings.crowd import drafted
from tests.world import JAKARTA, World

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.django_db(transaction=True)
Device = Callable[..., "BrowserContext"]


@pytest.fixture
def today(transactional_db: None) -> World:
    """The activity is now: its first meetings began five minutes ago."""
    world = worlds.build()
    ahead = now() - timedelta(minutes=5) - worlds.at(9)
    for item in world.activity.agenda.all():
        item.starts_at += ahead
        item.ends_at += ahead
        item.save()
    world.activity.starts_on = world.activity.ends_on = now().astimezone(JAKARTA).date()
    world.activity.save()
    TimetableVersion.objects.filter(pk=drafted(world).pk).update(state="published")
    return world


def phone(device: Device, base: str, world: World, actor: str = "lead_officer", **options: Any) -> Visitor:
    """An officer signed in on the list at the door."""
    world.people[actor].language = "en"
    world.people[actor].save()
    page = device(**options).new_page()
    visitor = Visitor(page, base, None)
    visitor.go(story.link(world, actor, everywhere=True))
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    visitor.go(reverse("check_in", args=[world.activity.pk]))
    return visitor


def came(visitor: Visitor, who: Participation) -> None:
    visitor.page.locator(f'button[value="came:{who.pk}"]').click()


def sent(visitor: Visitor) -> None:
    """Wait until the phone keeps nothing any more."""
    visitor.page.locator("[data-kept-alert]").wait_for(state="hidden", timeout=30_000)
    assert visitor.page.evaluate("Object.keys(localStorage).length") == 0


def chip(visitor: Visitor, who: Participation) -> Any:
    return visitor.page.locator(f'li[data-who="{who.pk}"] [data-chip]')


def board(device: Device, base: str, world: World, **options: Any) -> Visitor:
    address = boards.open_board(activity=world.activity, actor=world.actor("lead_officer"))
    page = device(1920, 1080, **options).new_page()
    page.clock.install(time=datetime(2020, 1, 1))
    visitor = Visitor(page, base, None)
    visitor.go(address[address.index("/board/") :])
    return visitor


def test_taps_without_a_network_arrive_when_it_is_back(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = phone(device, live_server.url, today)
    page = visitor.page
    page.context.set_offline(True)
    came(visitor, today.guest)
    came(visitor, today.maker)
    page.locator("input[type=search]").fill("puntang")
    assert page.locator("#people > li:visible").count() == 1
    assert "kept on this phone" in chip(visitor, today.maker).inner_text()
    assert page.locator("[data-kept-count]").inner_text() == "2"
    visitor.look("check-in-offline")
    assert not AttendanceMark.objects.exists()
    page.context.set_offline(False)
    sent(visitor)
    assert re.match(r"came \d\d:\d\d$", chip(visitor, today.maker).inner_text())
    assert set(AttendanceMark.objects.values_list("participation", "kind")) == {
        (today.guest.pk, "came"), (today.maker.pk, "came"),
    }  # fmt: skip


def test_taps_outlive_a_closed_page_and_undo_follows_in_order(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = phone(device, live_server.url, today)
    context = visitor.page.context
    context.set_offline(True)
    came(visitor, today.guest)
    came(visitor, today.other_guest)
    visitor.page.locator(f'button[value="undo:{today.guest.pk}"]').click()
    visitor.page.close()
    context.set_offline(False)
    again = Visitor(context.new_page(), live_server.url, None)
    again.go(reverse("check_in", args=[today.activity.pk]))
    sent(again)
    marks = AttendanceMark.objects.values_list("participation", "kind")
    assert list(marks) == [
        (today.guest.pk, "came"), (today.other_guest.pk, "came"), (today.guest.pk, "undo"),
    ]  # fmt: skip
    today.guest.refresh_from_db()
    assert not today.guest.is_there


def test_an_answer_that_gets_lost_makes_no_second_mark(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = phone(device, live_server.url, today)
    lost: list[int] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    visitor.page.route("**/check-in/marks/", lose)
    came(visitor, today.guest)
    sent(visitor)
    assert lost == [200, 200]
    assert AttendanceMark.objects.count() == 1


def test_a_phone_a_day_behind_and_a_second_phone(device: Device, live_server: Any, today: World) -> None:
    first = phone(device, live_server.url, today)
    second = phone(device, live_server.url, today, "co_officer", color_scheme="dark")
    first.page.clock.set_fixed_time(now() - timedelta(days=1))
    came(first, today.guest)
    sent(first)
    came(second, today.guest)
    sent(second)
    second.look("check-in-second")
    today.guest.refresh_from_db()
    assert today.guest.came_at is not None
    assert abs(now() - today.guest.came_at) < timedelta(minutes=5)
    assert AttendanceMark.objects.count() == 2
    said = AttendanceMark.objects.first().said_at  # type: ignore[union-attr]
    assert said is not None
    assert now() - said > timedelta(hours=20)


def test_signed_out_is_said_and_loses_nothing(device: Device, live_server: Any, today: World) -> None:
    visitor = phone(device, live_server.url, today)
    visitor.page.context.clear_cookies()
    came(visitor, today.guest)
    visitor.page.locator("[data-signed-out]").wait_for(state="visible")
    assert "kept on this phone" in chip(visitor, today.guest).inner_text()
    assert not AttendanceMark.objects.exists()


def test_the_board_shows_the_servers_time_whatever_the_device_says(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = board(device, live_server.url, today)
    before = now().astimezone(JAKARTA)
    shown = visitor.page.locator("[data-clock]").inner_text()
    assert shown in {f"{moment:%H:%M}" for moment in (before, before + timedelta(minutes=1))}
    minutes = int(visitor.page.locator("[data-bell]").inner_text().split(":")[0])
    assert 13 <= minutes <= 15
    visitor.look("board")


def test_board_and_table_are_accessible(visit: Callable[..., Visitor], today: World) -> None:
    address = boards.open_board(activity=today.activity, actor=today.actor("lead_officer"))
    screens = [(width, scheme) for width in (1920, 1280, 360) for scheme in ("light", "dark")]
    visitor = visit(language="en", screens=screens)
    for rest in ("", "1/"):
        visitor.go(address[address.index("/board/") :] + rest)
        visitor.look(f"board{rest.strip('/')}")


def test_a_board_without_its_server_stays_says_so_and_recovers(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = board(device, live_server.url, today)
    page = visitor.page
    answer = {"status": 502, "body": "restarting"}
    # An answer asked for before the server went away may still arrive: then the minute begins anew.
    page.wait_for_load_state("networkidle")
    page.route("**/board/**", lambda route: route.fulfill(**answer))
    page.clock.run_for(60_000)
    if page.locator("[data-stale]").is_hidden():
        page.clock.run_for(60_000)
    page.locator("[data-stale]").wait_for(state="visible")
    assert page.locator("[data-closed]").is_hidden()
    answer |= {"status": 200, "body": "<p>Welcome to our Wi-Fi</p>"}
    page.clock.run_for(60_000)
    page.locator("[data-stale]").wait_for(state="visible")
    page.context.set_offline(True)
    page.unroute("**/board/**")
    page.clock.run_for(60_000)
    assert page.get_by_text("Kopi Puntang").first.is_visible()
    visitor.look("board-stale")
    page.context.set_offline(False)
    page.clock.run_for(16_000)
    page.locator("[data-stale]").wait_for(state="hidden", timeout=60_000)


def test_a_board_open_for_ten_hours_is_as_light_as_at_first(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = board(device, live_server.url, today)
    page = visitor.page
    browser = page.context.new_cdp_session(page)

    def weight() -> dict[str, int]:
        browser.send("HeapProfiler.collectGarbage")
        counted: dict[str, int] = browser.send("Memory.getDOMCounters")
        return counted

    def hours(count: int) -> None:
        for _ in range(count):
            page.clock.fast_forward(180_000)
            with page.expect_response("**/board/**"):
                page.clock.run_for(16_000)

    hours(10)
    first = weight()
    hours(190)
    # What was shown last may wait for the collector for a while; what leaks never goes.
    later = [weight()]
    for _more in range(11):
        hours(1)
        later.append(weight())
    assert min(seen["nodes"] for seen in later) < first["nodes"] + 60
    assert min(seen["jsEventListeners"] for seen in later) < first["jsEventListeners"] + 10
    assert min(seen["documents"] for seen in later) <= first["documents"]
    Participation.objects.filter(pk=today.maker.pk).update(came="came", came_at=now())
    hours(1)
    page.get_by_text("Please come").wait_for()
    assert page.locator("[data-stale]").is_hidden()


def test_a_closed_board_says_so_and_keeps_what_it_showed(
    device: Device, live_server: Any, today: World
) -> None:
    visitor = board(device, live_server.url, today)
    boards.close_board(activity=today.activity, actor=today.actor("lead_officer"))
    visitor.page.clock.run_for(16_000)
    visitor.page.locator("[data-closed]").wait_for(state="visible")
    assert visitor.page.get_by_text("Kopi Puntang").first.is_visible()
