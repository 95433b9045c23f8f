"""What a phone keeps of a form goes from whichever page is opened next, and with whoever leaves."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from ekspora.core.models import AccessLink, Person
from ekspora.core.services import erasure, links
from tests.browser import story
from tests.world import World

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.django_db(transaction=True)
Device = Callable[..., "BrowserContext"]
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
OLDER = """() => {
  for (const name of Object.keys(localStorage)) {
    const draft = JSON.parse(localStorage.getItem(name));
    draft.at -= 8 * 24 * 3600 * 1000;
    localStorage.setItem(name, JSON.stringify(draft));
  }
}"""


def typed(page: "Page", base: str, world: World) -> None:
    """The owner typed something that was never sent."""
    Person.objects.filter(pk=world.people["owner"].pk).update(language="en")
    page.goto(base + story.link(world, "owner", everywhere=True))
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(base + reverse("my_business_edit", args=[world.business.pk]))
    page.locator("[name=about]").fill("Rahasia pemilik")
    assert "Rahasia" in page.evaluate(STORED)


def test_a_draft_of_a_week_ago_goes_from_a_page_without_a_form(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    typed(page, live_server.url, world)
    page.goto(live_server.url + reverse("home"))
    assert "Rahasia" in page.evaluate(STORED)
    page.evaluate(OLDER)
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    assert "Rahasia" not in page.evaluate(STORED)


def test_erasing_oneself_leaves_nothing_on_the_phone(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    typed(page, live_server.url, world)
    page.goto(live_server.url + reverse("my_data"))
    page.locator("[name=sure]").check()
    page.locator(f"form[action='{reverse('my_data_erase')}'] button").click()
    page.wait_for_url(f"**{reverse('home')}")
    assert "Rahasia" not in page.evaluate(STORED)
    assert Person.objects.get(pk=world.people["owner"].pk).is_erased


@pytest.mark.parametrize("way", ["erased", "closed"])
def test_what_an_office_ended_leaves_nothing_on_the_phone(
    device: Device, live_server: Any, transactional_db: None, way: str
) -> None:
    world, page = story.begin(), device().new_page()
    typed(page, live_server.url, world)
    owner = world.people["owner"]
    if way == "erased":
        erasure.erase(person=owner, agency=world.lead, actor=world.people["lead_officer"])
    else:
        for link in AccessLink.objects.filter(person=owner):
            links.revoke(person=owner, scope=link.scope, revoked_by=None, agency=None)
    page.goto(live_server.url + reverse("home"))
    page.wait_for_load_state()
    assert "Rahasia" not in page.evaluate(STORED)


def test_somebody_elses_draft_goes_from_any_page_of_ones_own(
    device: Device, live_server: Any, transactional_db: None
) -> None:
    world, page = story.begin(), device().new_page()
    typed(page, live_server.url, world)
    page.goto(live_server.url + story.link(world, "companion", everywhere=True))
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(live_server.url + reverse("my_data"))
    assert "Rahasia" not in page.evaluate(STORED)
