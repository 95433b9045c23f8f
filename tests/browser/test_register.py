"""The officers' list of businesses: empty, short and long, narrowed, done to many; with and without script."""

import pytest
from django.urls import reverse

from ekspora.core.models import Job
from ekspora.core.services import jobs
from ekspora.directory.models import Business, Listing, Note, Product, SavedFilter
from ekspora.directory.sectors import Sector
from tests.browser import story
from tests.browser.tours import Visit, arrive, languages
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def many(world: World, count: int) -> None:
    """More businesses on the lead's list."""
    made = Business.objects.bulk_create(
        Business(
            name=f"Keripik Renyah {n:04d}", sector=Sector.values[n % 8], province="32", regency="32.04",
            size="micro" if n % 5 else "medium",
        )
        for n in range(count)
    )  # fmt: skip
    Listing.objects.bulk_create(Listing(business=one, agency=world.lead) for one in made)


@languages
def test_the_list(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    visitor = arrive(visit, world, "lead_officer", language)
    page = visitor.page
    Business.objects.filter(pk=world.business.pk).update(inactive_since="2026-01-01")
    SavedFilter.objects.create(
        agency=world.lead, person=world.people["lead_officer"], name="Makanan Jawa Barat", query="province=32",
        is_shared=True,
    )  # fmt: skip
    many(world, 120)
    visitor.go(reverse("businesses"))
    visitor.look(f"register-{language}")
    visitor.go(reverse("businesses") + "?sector=agro&province=32&step=not_exported&missing=photo")
    visitor.look(f"register-narrowed-{language}")
    page.locator("nav.narrowed a.chip").first.click()
    page.wait_for_load_state()
    assert page.locator("nav.narrowed a.chip").count() == 3
    page.locator("input[name=business]").first.check()
    assert page.locator("output[data-count]").inner_text() == "1"
    page.select_option("select[name=action]", "note")
    page.locator("form[method=post] .many button").click()
    page.wait_for_load_state()
    page.fill("textarea[name=text]", "Menunggu contoh")
    visitor.look(f"bulk-draft-{language}")
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    jobs.run_job.func(Job.objects.get(kind="directory.bulk").pk)
    assert Note.objects.count() == 1
    visitor.go(reverse("bulks"))
    visitor.look(f"bulks-{language}")
    page.locator("main table a").first.click()
    visitor.look(f"bulk-done-{language}")
    visitor.go(reverse("business", args=[Note.objects.get().business_id]))
    visitor.look(f"business-note-{language}")
    visitor.go(reverse("businesses_by_area"))
    visitor.look(f"area-{language}")


@languages
def test_an_empty_list(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    visitor = arrive(visit, world, "other_officer", language)
    visitor.go(reverse("businesses"))
    visitor.look(f"register-empty-{language}")


def test_narrowing_as_one_types_keeps_the_address_and_offers_regencies(
    visit: Visit, transactional_db: None
) -> None:
    world = story.begin()
    visitor = arrive(visit, world, "lead_officer", "en")
    page = visitor.page
    visitor.go(reverse("businesses"))
    page.fill("input[name=q]", "batik")
    page.wait_for_url("**/businesses/?q=batik")
    assert page.locator("#list li a.item").count() == 1
    page.fill("input[name=q]", "")
    page.select_option("select[name=province]", "32")
    page.wait_for_url("**/businesses/?province=32")
    page.locator("details.further summary").click()
    page.locator("select[name=regency] option[value='32.04']").wait_for(state="attached")
    page.select_option("select[name=regency]", "32.04")
    page.wait_for_url("**/businesses/?province=32&regency=32.04")
    page.go_back()
    page.wait_for_url("**/businesses/?province=32")


def test_without_script_the_list_is_narrowed_and_acted_on(browser: object, live_server: object) -> None:
    """One form, sent by its button; ticks and an action, sent by theirs."""
    world = story.begin()
    Product.objects.filter(business=world.other_business).delete()
    context = browser.new_context(java_script_enabled=False, locale="en")  # type: ignore[attr-defined]  # Playwright's
    page = context.new_page()
    base = str(live_server.url)  # type: ignore[attr-defined]  # pytest-django's live server
    page.goto(base + story.link(world, "lead_officer", everywhere=True))
    page.locator("main form button").first.click()
    page.goto(base + reverse("businesses"))
    page.locator("details.further summary").click()
    page.select_option("select[name=missing]", "product")
    page.locator("details.further button").click()
    assert page.locator("#list li a.item").count() == 1
    page.locator("input[name=all]").check()
    page.select_option("select[name=action]", "inactive")
    page.locator(".many button").click()
    assert "Batik Lain" in page.locator("main").inner_text()
    context.close()
