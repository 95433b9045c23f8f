"""The pages of an activity: phases in one line, the pages of the present phase below, every page two clicks away."""

from collections.abc import Callable

from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override

from ekspora.programmes import tabs
from ekspora.ui.context import NavItem
from tests.world import World

SignIn = Callable[[World, str], Client]


def nav(world: World, current: str) -> list[NavItem]:
    request = RequestFactory().get("/")
    with override("en"):
        tabs.show(request, world.activity, current)
    return list(request.nav)  # type: ignore[attr-defined]  # put there by the function


def test_phases_stand_in_one_line_and_the_present_ones_pages_below(world: World) -> None:
    line = nav(world, "check_in")
    assert [item.label for item in line] == [
        "Overview", "Preparation", "Meetings", "Event day", "Follow-up", "Send queue",
    ]  # fmt: skip
    (here,) = [item for item in line if item.current]
    assert here.label == "Event day"
    assert [(page.label, page.current) for page in here.pages] == [
        ("On the day", False), ("Check-in", True), ("The floor", False),
    ]  # fmt: skip
    assert all(not item.pages for item in line if item is not here)


def test_a_page_that_stands_alone_has_no_second_line(world: World) -> None:
    assert [item.pages for item in nav(world, "overview") if item.current] == [()]


def test_every_page_is_two_clicks_away_from_every_page(world: World) -> None:
    pages = {entry(world.activity).name: entry(world.activity).url for entry in tabs.tabs}
    first = {entry(world.activity).url: entry(world.activity).name for entry in tabs.tabs}
    for name in pages:
        one = [item.url for item in nav(world, name)]
        two = [page.url for url in one for item in nav(world, first[url]) for page in (item, *item.pages)]
        assert set(pages.values()) <= {*one, *two}, name


def test_the_page_marks_where_the_reader_is(world: World, sign_in: SignIn) -> None:
    page = sign_in(world, "lead_officer").get(reverse("check_in", args=[world.activity.pk])).content.decode()
    url = reverse("check_in", args=[world.activity.pk])
    assert f'<a href="{url}" aria-current="page">' in page
    assert f'<a href="{reverse("on_the_day", args=[world.activity.pk])}" aria-current="true">' in page
