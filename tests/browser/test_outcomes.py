"""After a meeting, on a phone whose network comes and goes: three taps, kept, sent once; contacts; officers."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from ekspora.core.clock import now
from ekspora.core.models import Person
from ekspora.demand.models import ContactAgreement, Encounter, Outcome
from ekspora.meetings.models import Meeting
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.browser.tours import PHONE, Visit, arrive, languages, walk
from tests.meetings.factories import version
from tests.world import JAKARTA, World

pytestmark = pytest.mark.django_db(transaction=True)


def _today() -> World:
    """The world with two meetings that ended a little while ago."""
    world = story.begin()
    world.activity.starts_on = world.activity.ends_on = now().astimezone(JAKARTA).date()
    world.activity.save()
    version(world, (world.maker, world.guest, 1, "7"), (world.maker, world.other_guest, 2, "7"))
    start = now() - timedelta(minutes=30)
    Meeting.objects.update(starts_at=start, ends_at=start + timedelta(minutes=20))
    Person.objects.filter(pk=world.people["owner"].pk).update(phone="+628111222333")
    return world


def _three_taps(visitor: Visitor, place: str, verdict: str) -> None:
    visitor.page.locator(f"{place} summary").first.click()
    visitor.page.locator(f"{place} label:has([value={verdict}])").click()
    visitor.page.locator(f"{place} button.go").click()


def _waiting(visitor: Visitor) -> int:
    """How many answers the phone still keeps."""
    return len(visitor.page.evaluate("JSON.parse(localStorage.getItem('ekspora.outcomes') || '[]')"))


def _wait_until_sent(visitor: Visitor) -> None:
    for _time in range(50):
        if not _waiting(visitor):
            return
        visitor.page.wait_for_timeout(100)
    raise AssertionError("the answer stays on the phone")


def test_an_answer_given_without_network_arrives_once(visit: Visit, transactional_db: None) -> None:
    world = _today()
    visitor = arrive(visit, world, "owner", "id", screens=PHONE)
    page, place = visitor.page, f"#m{world.maker.pk}-{world.guest.pk}"
    page.clock.set_fixed_time(datetime(2020, 1, 1))  # a phone whose clock is years behind
    visitor.go(reverse("my_agenda", args=[world.maker.pk]))
    page.context.set_offline(True)
    _three_taps(visitor, place, "informative")
    page.locator("#kept").get_by_text("tersimpan di ponsel ini").wait_for()
    assert page.locator(f"{place} [data-state]").inner_text() == "tersimpan di ponsel ini"
    assert not Outcome.objects.exists()
    visitor.look("outcome-kept")
    page.context.set_offline(False)
    page.evaluate("for (let i = 0; i < 5; i++) dispatchEvent(new Event('online'))")
    page.locator(f"{place} .chip.ok").wait_for()
    assert page.locator("#kept").is_hidden()
    assert Outcome.objects.get().verdict == "informative"


def test_the_answer_to_a_lost_reply_is_sent_again_and_stays_one(visit: Visit, transactional_db: None) -> None:
    world = _today()
    visitor = arrive(visit, world, "owner", "id", screens=PHONE)
    page, place = visitor.page, f"#m{world.maker.pk}-{world.guest.pk}"
    visitor.go(reverse("my_agenda", args=[world.maker.pk]))

    def lose(route: object) -> None:
        route.fetch()  # type: ignore[attr-defined]  # Playwright's route
        route.abort()  # type: ignore[attr-defined]  # the server has it, the phone does not know

    page.route("**/outcomes/**", lose)
    _three_taps(visitor, place, "possible")
    page.locator("#kept").wait_for(state="visible")
    page.wait_for_timeout(500)
    assert _waiting(visitor) == 1
    page.unroute_all(behavior="wait")  # a sending again may be under way
    visitor.go(reverse("my_agenda", args=[world.maker.pk]))  # opened again: what was kept goes by itself
    _wait_until_sent(visitor)
    assert Outcome.objects.count() == 1


def test_who_signs_in_next_on_the_same_phone_sends_nothing_of_the_other(
    visit: Visit, transactional_db: None
) -> None:
    world = _today()
    visitor = arrive(visit, world, "owner", "id", screens=PHONE)
    page, place = visitor.page, f"#m{world.maker.pk}-{world.guest.pk}"
    visitor.go(reverse("my_agenda", args=[world.maker.pk]))
    page.route("**/outcomes/**", lambda route: route.abort())
    _three_taps(visitor, place, "none")
    page.locator("#kept").get_by_text("tersimpan").wait_for()
    page.unroute("**/outcomes/**")
    visitor.go(story.link(world, "representative"))
    page.locator("main form button").first.click()
    visitor.go(reverse("my_agenda", args=[world.guest.pk]))
    page.wait_for_timeout(500)
    assert page.locator("#kept").is_hidden()
    assert not Outcome.objects.exists()
    visitor.go(story.link(world, "owner"))
    page.locator("main form button").first.click()
    visitor.go(reverse("my_agenda", args=[world.maker.pk]))
    _wait_until_sent(visitor)
    assert Outcome.objects.get().told_by == world.people["owner"]


def test_both_share_their_contacts(visit: Visit, transactional_db: None) -> None:
    world = _today()
    place = f"#m{world.maker.pk}-{world.guest.pk}"
    owner = arrive(visit, world, "owner", "id", screens=PHONE)
    owner.go(reverse("my_agenda", args=[world.maker.pk]))
    owner.page.locator(f"{place} summary").first.click()
    owner.page.locator(f"{place} label:has([value=possible])").click()
    owner.page.locator(f"{place} label.share input").check()
    owner.page.locator(f"{place} button.go").click()
    owner.page.locator(f"{place} .contact").wait_for()
    assert ContactAgreement.objects.get().card["phone"] == "+628111222333"
    guest = arrive(visit, world, "representative", "en", screens=PHONE)
    guest.go(reverse("my_outcome", args=[world.guest.pk, f"{world.maker.pk}-{world.guest.pk}"]))
    assert "+628111222333" not in guest.page.content()
    guest.page.locator("label:has([value=possible])").click()
    guest.page.locator("label.share input").check()
    guest.page.locator("button.go").click()
    guest.page.get_by_text("You exchanged contacts").wait_for()
    assert "+628111222333" in guest.page.locator(place).inner_text()
    assert Encounter.objects.get().exchanged_at is not None
    guest.look("contacts-exchanged")


@languages
def test_pages(visit: Visit, transactional_db: None, language: str) -> None:
    world = _today()
    place = f"#m{world.maker.pk}-{world.guest.pk}"
    for actor, who in (("owner", world.maker), ("representative", world.guest)):
        visitor = arrive(visit, world, actor, language)
        visitor.look(f"home-after-{actor}-{language}")
        visitor.go(reverse("my_agenda", args=[who.pk]))
        visitor.look(f"agenda-after-{actor}-{language}")
        visitor.page.locator(f"{place} summary").first.click()
        visitor.page.locator(f"{place} label:has([value=possible])").click()
        visitor.page.locator(f"{place} .good input[type=checkbox]").first.check()
        visitor.page.locator(f"{place} .good input[type=number]").first.fill("500")
        visitor.page.locator(f"{place} .steps-next label").first.click()
        visitor.look(f"agenda-telling-{actor}-{language}")
        visitor.page.locator(f"{place} label.share input").check()
        visitor.page.locator(f"{place} button.go").click()
        visitor.page.locator(f"{place} .contact").wait_for()
        visitor.look(f"agenda-told-{actor}-{language}")
    officer, activity = arrive(visit, world, "lead_officer", language), world.activity.pk
    walk(
        officer, language, ("outcomes", (activity,)),
        ("outcome", (activity, f"{world.maker.pk}-{world.guest.pk}")), ("activity", (activity,)),
    )  # fmt: skip
