"""The line of an activity, its one next step, and the cards on the home page."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from ekspora.core.clock import at as clock_at
from ekspora.core.models import Message
from ekspora.core.topics import about
from ekspora.programmes import home, overview, steps
from ekspora.programmes.models import Activity, Organiser, Participation
from ekspora.programmes.overview import Step, Todo
from tests.programmes.actors import actor
from tests.world import World, activity, at

SignIn = Callable[[World, str], Client]
BEFORE = datetime(2027, 1, 5, tzinfo=UTC)


def own(world: World, planned: Activity) -> list[Step]:
    who = actor(world, "lead_officer")
    return [step for panel in (steps.plan, steps.invite, steps.day) for step in panel(who, planned)]


def todo(world: World, planned: Activity) -> Todo | None:
    step = overview.next_step(own(world, planned))
    return step.todo if step else None


def test_from_agenda_to_participants_to_invitations_to_the_send_queue(world: World) -> None:
    planned = activity(world.lead, name="Baru")
    agenda = list(planned.agenda.all())
    planned.agenda.all().delete()
    with clock_at(BEFORE):
        first = todo(world, planned)
        assert first is not None
        assert first.url == f"/activities/{planned.pk}/agenda/"
        for item in agenda:
            item.save(force_insert=True)
        second = todo(world, planned)
        assert second is not None
        assert second.url.endswith("/participants/add/?side=maker")
        Participation.objects.create(activity=planned, side="maker", business=world.business)
        third = todo(world, planned)
        assert third is not None
        assert third.url.endswith("?side=guest")
        guest = world.guest.representative
        Participation.objects.create(activity=planned, side="guest", representative=guest)
        fourth = todo(world, planned)
        assert fourth is not None
        assert fourth.url == f"/activities/{planned.pk}/invite/"
        planned.participations.update(answer="invited")
        assert todo(world, planned) is None
        Message.objects.create(
            agency=world.lead, topic=planned.scope, kind="invitation", key="invitation:0", body="…",
            person=world.people["owner"], channel="email", address="o@example.org", language="id",
        )  # fmt: skip
        fifth = todo(world, planned)
        assert fifth is not None
        assert fifth.url == f"/queue/{planned.scope}/"


def test_the_line_marks_one_step_as_now(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="planned")
    with clock_at(BEFORE):
        states = [stop.state for stop in overview.line(own(world, world.activity))]
    assert states == ["done", "now", ""]
    with clock_at(at(9)):
        day = own(world, world.activity)[-1]
    assert day.todo is not None


def test_figures_are_counted(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="declined")
    Participation.objects.filter(pk=world.guest.pk).update(answer="invited")
    figures = {
        str(item.url).partition("answer=")[2]: item.value for item in own(world, world.activity)[1].figures
    }
    assert figures == {"": 4, "accepted": 2, "declined": 1, "invited": 1}


def test_home_of_an_officer_shows_the_next_step_of_coming_activities(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="planned")
    with clock_at(BEFORE):
        cards = list(home.officer_cards(actor(world, "lead_officer")))
        assert [card.url for card in cards] == [f"/activities/{world.activity.pk}/invite/"]
        assert cards[0].urgency > 0
        assert [card.url for card in home.officer_cards(actor(world, "other_officer"))] == [
            "/activities/new/"
        ]
        assert list(home.officer_cards(actor(world, "owner"))) == []
    with clock_at(datetime(2027, 3, 12, tzinfo=UTC)):
        assert [card.url for card in home.officer_cards(actor(world, "lead_officer"))] == ["/activities/new/"]


def test_home_of_the_invited_asks_for_the_answer_first(world: World) -> None:
    Participation.objects.filter(pk=world.maker.pk).update(answer="invited")
    with clock_at(BEFORE):
        for name in ("owner", "companion"):
            (card,) = home.personal_cards(actor(world, name))
            assert (card.url, card.urgency) == (f"/my/invitations/{world.maker.pk}/", home.UNANSWERED)
        (card,) = home.personal_cards(actor(world, "representative"))
        assert card.urgency == 0
        assert list(home.personal_cards(actor(world, "stranger"))) == []
    with clock_at(datetime(2027, 3, 12, tzinfo=UTC)):
        assert list(home.personal_cards(actor(world, "owner"))) == []


def test_the_topic_of_an_activity_is_explained(world: World) -> None:
    info = about(world.activity.scope)
    assert info is not None
    assert info.agencies == {world.lead.pk, world.co.pk}
    assert about("activity:999") is None
    assert about("activity:nonsense") is None


def test_who_only_looks_is_led_to_no_page_that_is_closed_to_them(world: World, sign_in: SignIn) -> None:
    Organiser.objects.filter(agency=world.co).update(role=Organiser.Role.SPONSOR)
    client = sign_in(world, "co_officer")
    page = client.get(reverse("activity", args=[world.activity.pk])).content.decode()
    links = set(re.findall(r'href="(/activities/[^"#]*)', page))
    assert links
    assert {link for link in links if client.get(link).status_code == 404} == set()
