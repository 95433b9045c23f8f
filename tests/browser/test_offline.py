"""A reload without a network: the day's pages come back, for their own person only, and go on keeping taps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import links
from ekspora.demand.models import Outcome
from ekspora.programmes.models import AttendanceMark
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.browser.line import Line
from tests.browser.test_outcomes import _three_taps, _today, _wait_until_sent
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
Device = Callable[..., "BrowserContext"]
KEPT = "(async () => (await (await caches.open('ekspora-day')).keys()).map((r) => new URL(r.url).pathname))()"


def arrive(page: "Page", base: str, link: str) -> None:
    """From the message: the page of the link, where the script that keeps pages is set up, and its button."""
    page.goto(base + link)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def open_agenda(page: "Page", base: str, world: World, actor: str, who: int) -> None:
    Person.objects.filter(pk=world.people[actor].pk).update(language="en")
    arrive(page, base, story.link(world, actor))
    page.goto(base + reverse("my_agenda", args=[who]))


def is_kept(page: "Page", who: int) -> bool:
    return reverse("my_agenda", args=[who]) in page.evaluate(KEPT)


def wait_until_kept(page: "Page", path: str) -> None:
    page.wait_for_function(f"{KEPT}.then((kept) => kept.includes({path!r}))")


def test_an_agenda_comes_back_says_from_when_and_takes_an_answer(
    device: Device, line: Line, transactional_db: None
) -> None:
    world, page = _today(), device().new_page()
    open_agenda(page, line.url, world, "owner", world.maker.pk)
    wait_until_kept(page, reverse("my_agenda", args=[world.maker.pk]))
    assert page.locator("[data-offline]").is_hidden()
    line.cut()
    page.reload()
    page.get_by_text("You see this page as it was at").wait_for()
    visitor = Visitor(page, line.url, None)
    visitor.look("agenda-offline")
    _three_taps(visitor, f"#m{world.maker.pk}-{world.guest.pk}", "informative")
    page.locator("#kept").wait_for(state="visible")
    page.reload()
    page.locator("#kept").wait_for(state="visible")
    assert not Outcome.objects.exists()
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    _wait_until_sent(visitor)
    assert Outcome.objects.get().verdict == "informative"
    page.reload()
    page.get_by_text("Informative").first.wait_for()
    assert page.locator("[data-offline]").is_hidden()


def test_who_signs_in_next_finds_nothing_of_the_other(
    device: Device, line: Line, transactional_db: None
) -> None:
    world, page = _today(), device().new_page()
    open_agenda(page, line.url, world, "owner", world.maker.pk)
    wait_until_kept(page, reverse("my_agenda", args=[world.maker.pk]))
    open_agenda(page, line.url, world, "representative", world.guest.pk)
    wait_until_kept(page, reverse("my_agenda", args=[world.guest.pk]))
    assert not is_kept(page, world.maker.pk)
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        page.goto(line.url + reverse("my_agenda", args=[world.maker.pk]))


def test_a_link_that_was_withdrawn_takes_what_was_kept_with_it(
    device: Device, line: Line, transactional_db: None
) -> None:
    world, page = _today(), device().new_page()
    open_agenda(page, line.url, world, "owner", world.maker.pk)
    wait_until_kept(page, reverse("my_agenda", args=[world.maker.pk]))
    links.revoke(person=world.people["owner"], scope=world.activity.scope, revoked_by=None, agency=world.lead)
    assert AccessLink.objects.filter(revoked_at__isnull=False).exists()
    page.reload()
    page.wait_for_url("**/account/**")
    page.wait_for_timeout(300)
    assert not is_kept(page, world.maker.pk)


def test_signing_out_takes_the_list_at_the_door_with_it(
    device: Device, line: Line, transactional_db: None
) -> None:
    world, page = _today(), device().new_page()
    arrive(page, line.url, story.link(world, "lead_officer", everywhere=True))
    path = reverse("check_in", args=[world.activity.pk])
    page.goto(line.url + path)
    wait_until_kept(page, path)
    line.cut()
    page.reload()
    page.locator("[data-offline]").wait_for(state="visible")
    page.locator(f'button[value="came:{world.guest.pk}"]').click()
    page.locator("[data-kept-alert]").wait_for(state="visible")
    line.mend()
    page.reload()
    page.locator("[data-kept-alert]").wait_for(state="hidden", timeout=30_000)
    assert AttendanceMark.objects.get().participation == world.guest
    page.goto(line.url + path)
    page.locator("header form button").click()
    page.wait_for_load_state()
    page.wait_for_timeout(300)
    assert path not in page.evaluate(KEPT)
