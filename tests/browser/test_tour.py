"""Officer, owner, companion and representative walk through programme A up to the morning of the event.

Each in both languages, on a phone and at a desk, light and dark; every page is checked as it stands.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from ekspora.meetings.models import Wish
from ekspora.programmes.models import Participation
from tests.browser import story
from tests.browser.conftest import Visitor
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]
DEVICES = [("id", 360, "light"), ("en", 360, "dark"), ("id", 1280, "dark"), ("en", 1280, "light")]
devices = pytest.mark.parametrize(
    ("language", "width", "scheme"), DEVICES, ids=["-".join(map(str, device)) for device in DEVICES]
)


def _arrive(visit: Visit, world: World, actor: str, device: tuple[str, int, str]) -> Visitor:
    """Open the personal link as the actor does and press its button."""
    language, width, scheme = device
    person = world.people[actor]
    person.language = language
    person.save()
    visitor = visit(language=language, width=width, scheme=scheme)
    visitor.go(story.link(world, actor, everywhere=actor.endswith("officer")))
    visitor.look(f"link-{actor}-{language}-{width}")
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state()
    return visitor


def _walk(visitor: Visitor, who: str, paths: list[tuple[str, tuple[object, ...]]]) -> None:
    for name, arguments in paths:
        visitor.go(reverse(name, args=arguments))
        visitor.look(f"{name}-{who}")


@devices
def test_officer(visit: Visit, transactional_db: None, language: str, width: int, scheme: str) -> None:
    world = story.begin()
    story.wish(world)
    story.publish(world)
    visitor = _arrive(visit, world, "lead_officer", (language, width, scheme))
    activity = world.activity.pk
    people = (world.maker.pk, world.guest.pk)
    _walk(visitor, f"officer-{language}-{width}", [
        ("home", ()), ("activities", ()), ("activity_new", ()), ("activity", (activity,)),
        ("activity_edit", (activity,)), ("organisers", (activity,)), ("agenda", (activity,)),
        ("agenda_item_new", (activity,)), ("participants", (activity,)), ("participant_add", (activity,)),
        ("participation_walk_in", (activity,)), ("participation", people[:1]), ("participation", people[1:]),
        ("invite", (activity,)), ("requests", (activity,)), ("request_edit", (activity, *people)),
        ("wishes_for", (activity, world.guest.pk)), ("timetable", (activity,)), ("versions", (activity,)),
        ("prints", (activity,)), ("check_in", (activity,)), ("floor", (activity,)), ("floor_table", (activity, 1)),
        ("queue", (world.activity.scope,)),
        ("businesses", ()), ("business_new", ()), ("business", (world.business.pk,)),
        ("business_edit", (world.business.pk,)), ("representatives", ()),
        ("representative", (world.guest.representative_id,)), ("imports", ()), ("import_new", ()),
        ("demands", ()), ("demand_new", ()), ("audit", ()),
    ])  # fmt: skip


@devices
def test_owner(visit: Visit, transactional_db: None, language: str, width: int, scheme: str) -> None:
    world = story.begin()
    visitor = _arrive(visit, world, "owner", (language, width, scheme))
    who = f"owner-{language}-{width}"
    own = (world.maker.pk,)
    _walk(visitor, who, [("home", ()), ("my_invitation", own), ("my_wishes", own), ("my_agenda", own)])
    visitor.go(reverse("my_wishes", args=own))
    visitor.page.locator("button.must").first.click()
    visitor.page.wait_for_timeout(500)
    visitor.look(f"my_wishes-marked-{who}")
    story.wish(world)
    story.publish(world)
    business = (world.business.pk,)
    _walk(visitor, f"{who}-published", [
        ("my_agenda", own), ("my_wish", (world.maker.pk, world.guest.pk)), ("my_businesses", ()),
        ("my_business", business), ("my_business_edit", business), ("my_product_new", business),
    ])  # fmt: skip


@devices
def test_companion(visit: Visit, transactional_db: None, language: str, width: int, scheme: str) -> None:
    world = story.begin()
    story.wish(world)
    visitor = _arrive(visit, world, "companion", (language, width, scheme))
    own = (world.maker.pk,)
    _walk(visitor, f"companion-{language}-{width}", [
        ("home", ()), ("my_businesses", ()), ("my_business", (world.business.pk,)), ("my_invitation", own),
        ("my_wishes", own), ("my_agenda", own),
    ])  # fmt: skip


@devices
def test_representative(visit: Visit, transactional_db: None, language: str, width: int, scheme: str) -> None:
    world = story.begin()
    Participation.objects.filter(pk=world.guest.pk).update(answer="invited")
    visitor = _arrive(visit, world, "representative", (language, width, scheme))
    who = f"representative-{language}-{width}"
    own = (world.guest.pk,)
    _walk(visitor, who, [("home", ()), ("my_invitation", own)])
    Participation.objects.filter(pk=world.guest.pk).update(answer="accepted")
    _walk(visitor, f"{who}-accepted", [
        ("my_invitation", own), ("my_wishes", own), ("my_wish", (world.guest.pk, world.maker.pk)),
        ("my_demands", own),
    ])  # fmt: skip
    visitor.go(reverse("my_wishes", args=own))
    visitor.page.locator("button.must").first.click()
    visitor.page.wait_for_timeout(800)
    visitor.look(f"my_wishes-marked-{who}")
    assert Wish.objects.filter(chooser=world.guest, mark="must").exists()
    story.wish(world)
    story.publish(world)
    _walk(visitor, f"{who}-published", [("my_agenda", own)])


@devices
def test_visitor(visit: Visit, transactional_db: None, language: str, width: int, scheme: str) -> None:
    visitor = visit(language=language, width=width, scheme=scheme)
    _walk(
        visitor, f"visitor-{language}-{width}", [("home", ()), ("account_login", ()), ("account_signup", ())]
    )
