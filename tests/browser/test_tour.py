"""Officer, owner, companion and representative walk through programme A up to the morning of the event.

Each in both languages, on a phone and at a desk, light and dark; every page is checked as it stands.
"""

import pytest
from django.urls import reverse

from ekspora.meetings.models import Wish
from ekspora.programmes.models import Participation
from tests.browser import story
from tests.browser.tours import Visit, arrive, begin, languages, walk

pytestmark = pytest.mark.django_db(transaction=True)


@languages
def test_officer(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    story.wish(world)
    story.publish(world)
    visitor = arrive(visit, world, "lead_officer", language, name=f"link-lead_officer-{language}")
    activity = world.activity.pk
    people = (world.maker.pk, world.guest.pk)
    walk(visitor, f"officer-{language}",
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
    )  # fmt: skip


@languages
def test_owner(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    visitor = arrive(visit, world, "owner", language, name=f"link-owner-{language}")
    who = f"owner-{language}"
    own = (world.maker.pk,)
    walk(visitor, who, ("home", ()), ("my_invitation", own), ("my_wishes", own), ("my_agenda", own))
    visitor.go(reverse("my_wishes", args=own))
    visitor.page.locator("button.must").first.click()
    visitor.page.wait_for_timeout(500)
    visitor.look(f"my_wishes-marked-{who}")
    story.wish(world)
    story.publish(world)
    business = (world.business.pk,)
    walk(visitor, f"{who}-published",
        ("my_agenda", own), ("my_wish", (world.maker.pk, world.guest.pk)), ("my_businesses", ()),
        ("my_business", business), ("my_business_edit", business), ("my_product_new", business),
    )  # fmt: skip


@languages
def test_companion(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    story.wish(world)
    visitor = arrive(visit, world, "companion", language, name=f"link-companion-{language}")
    own = (world.maker.pk,)
    walk(visitor, f"companion-{language}",
        ("home", ()), ("my_businesses", ()), ("my_business", (world.business.pk,)), ("my_invitation", own),
        ("my_wishes", own), ("my_agenda", own),
    )  # fmt: skip


@languages
def test_representative(visit: Visit, transactional_db: None, language: str) -> None:
    world = story.begin()
    Participation.objects.filter(pk=world.guest.pk).update(answer="invited")
    visitor = arrive(visit, world, "representative", language, name=f"link-representative-{language}")
    who = f"representative-{language}"
    own = (world.guest.pk,)
    walk(visitor, who, ("home", ()), ("my_invitation", own))
    Participation.objects.filter(pk=world.guest.pk).update(answer="accepted")
    walk(visitor, f"{who}-accepted",
        ("my_invitation", own), ("my_wishes", own), ("my_wish", (world.guest.pk, world.maker.pk)),
        ("my_demands", own),
    )  # fmt: skip
    visitor.go(reverse("my_wishes", args=own))
    visitor.page.locator("button.must").first.click()
    visitor.page.wait_for_timeout(800)
    visitor.look(f"my_wishes-marked-{who}")
    assert Wish.objects.filter(chooser=world.guest, mark="must").exists()
    story.wish(world)
    story.publish(world)
    walk(visitor, f"{who}-published", ("my_agenda", own))


@languages
def test_visitor(visit: Visit, transactional_db: None, language: str) -> None:
    visitor = begin(visit, language)
    walk(visitor, f"visitor-{language}", ("home", ()), ("account_login", ()), ("account_signup", ()))
