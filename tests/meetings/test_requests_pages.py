"""Officers decide about pairs, enter wishes for others, and remind who has not marked anybody."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ekspora.core import clock
from ekspora.core.actors import Actor
from ekspora.core.errors import DomainError
from ekspora.core.models import AuditEntry, Message
from ekspora.directory.models import Listing, Stewardship
from ekspora.meetings.models import MeetingRequest, Wish
from ekspora.meetings.queries.requests import effective_requests, open_slots, pairs, shown, silent
from ekspora.meetings.services import requests
from ekspora.meetings.services.requests import Decision
from ekspora.meetings.wishes_step import cards, steps
from ekspora.programmes.models import AgendaItem, Organiser, Participation
from tests.meetings.test_requests import machines_for_north_korea, wish
from tests.world import World, at

SignIn = Callable[[World, str], Client]


pytestmark = pytest.mark.usefixtures("in_english")


def officer(world: World, who: str = "lead_officer") -> Actor:
    """An officer of the lead or the co-organiser."""
    agency = {"lead_officer": world.lead, "co_officer": world.co}[who]
    return Actor(world.people[who], frozenset({("officer", agency.pk)}))


def decide(world: World, **facts: object) -> MeetingRequest:
    """An officer decides about the first maker and the first guest."""
    decision = Decision(**facts)  # type: ignore[arg-type]  # facts of a decision
    return requests.decide(maker=world.maker, guest=world.guest, decision=decision, actor=officer(world))


def test_adding_weighing_requiring_and_fixing(world: World) -> None:
    decide(world)
    assert [r.weight for r in effective_requests(world.activity)] == [3]
    decide(world, weight=9, required=True, fixed_at=at(9, 25))
    (request,) = effective_requests(world.activity)
    assert (request.weight, request.required, request.fixed_at) == (9, True, at(9, 25))


def test_the_same_decision_twice_leaves_one_trace(world: World) -> None:
    decide(world, weight=5)
    decide(world, weight=5)
    assert AuditEntry.objects.filter(action="request.decide").count() == 1


def test_a_decision_can_be_taken_back(world: World) -> None:
    decide(world, weight=5)
    for _again in range(2):
        requests.withdraw(maker=world.maker, guest=world.guest, actor=officer(world))
    assert effective_requests(world.activity) == []


@pytest.mark.parametrize("moment", [at(9, 10), at(8), at(10, 30), at(11, 26)])
def test_only_a_time_at_which_a_meeting_of_both_begins_can_be_fixed(world: World, moment: datetime) -> None:
    with pytest.raises(DomainError, match="can begin"):
        decide(world, fixed_at=moment)


def test_a_time_at_which_one_of_them_is_away_cannot_be_fixed(world: World) -> None:
    world.guest.arrives_at = at(11)
    world.guest.save()
    visit = AgendaItem.objects.create(
        activity=world.activity, kind="visit", title="Saung Udjo", starts_at=at(11), ends_at=at(11, 24),
        audience="named",
    )  # fmt: skip
    visit.attendees.add(world.maker)
    assert [slot.starts_at for slot in open_slots(world.maker, world.guest)] == [at(11, 25), at(11, 50)]
    with pytest.raises(DomainError):
        decide(world, fixed_at=at(9))
    decide(world, fixed_at=at(11, 25))


def test_ruling_out_needs_a_reason_and_excludes_requiring(world: World) -> None:
    for facts in ({"excluded": True}, {"excluded": True, "note": "x", "required": True}):
        with pytest.raises(DomainError):
            decide(world, **facts)
    decide(world, excluded=True, note="Sudah bertemu di Jakarta.")
    assert effective_requests(world.activity) == []


def test_a_pair_that_a_side_refuses_cannot_be_required(world: World) -> None:
    wish(world.maker, world.guest, "no")
    with pytest.raises(DomainError, match="does not want"):
        decide(world, required=True)
    decide(world, excluded=True, note="Ditolak.")


def test_a_pair_under_sanctions_cannot_be_added(world: World) -> None:
    machines_for_north_korea(world)
    world.guest.refresh_from_db()
    with pytest.raises(DomainError, match="sanctions"):
        decide(world)


def test_somebody_who_has_not_accepted_cannot_be_scheduled(world: World) -> None:
    world.maker.answer = "invited"
    world.maker.save()
    with pytest.raises(DomainError, match="Kopi Puntang has not accepted"):
        decide(world)


def test_sides_and_activities_cannot_be_mixed_up(world: World) -> None:
    with pytest.raises(DomainError):
        requests.decide(
            maker=world.guest, guest=world.maker, decision=Decision(), actor=officer(world)
        )  # fmt: skip


def test_the_list_shows_what_is_asked_for(world: World) -> None:
    wish(world.guest, world.maker, "must")
    wish(world.maker, world.guest, "like")
    wish(world.other_guest, world.maker, "like")
    wish(world.other_maker, world.guest, "no")
    found = pairs(world.activity)
    keys = {
        show: [(p.maker.pk, p.guest.pk) for p in shown(found, show=show)]
        for show in ("requests", "mutual", "must", "decided", "out", "stopped")
    }
    both, fiji = (world.maker.pk, world.guest.pk), (world.maker.pk, world.other_guest.pk)
    assert keys["requests"] == [both, fiji]
    assert keys["mutual"] == keys["must"] == [both]
    assert keys["out"] == [(world.other_maker.pk, world.guest.pk)]
    assert keys["decided"] == keys["stopped"] == []
    assert [p.guest.pk for p in shown(found, words="fiji puntang")] == [world.other_guest.pk]


def test_stopped_pairs_are_listed_with_the_reason(world: World, sign_in: SignIn) -> None:
    machines_for_north_korea(world)
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("requests", args=[world.activity.pk]), {"show": "stopped"}).content.decode()
    assert "Kopi Puntang" in page
    one = reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk])
    page = client.get(one).content.decode()
    assert "S/RES/2397" in page
    assert "S/RES/2375" in page, "joint ventures"


def test_a_country_without_notes_is_not_called_cleared(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    world.people["lead_officer"].language = "en"
    world.people["lead_officer"].save()
    one = reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk])
    assert "That is no clearance" in client.get(one).content.decode()


def test_an_officer_decides_on_the_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "co_officer")
    page = reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk])
    chosen = reverse("request_new", args=[world.activity.pk])
    asked = client.get(chosen, {"maker": world.maker.pk, "guest": world.guest.pk})
    assert asked["Location"] == page
    data = {"weight": "7", "required": "on", "fixed_at": at(9).astimezone(UTC).isoformat(), "note": "VIP"}
    assert client.post(page, data)["Location"] == reverse("requests", args=[world.activity.pk])
    (request,) = effective_requests(world.activity)
    assert (request.weight, request.required, request.fixed_at) == (7, True, at(9))
    assert 'value="7"' in client.get(page).content.decode()
    client.post(page, {"withdraw": "1"})
    assert effective_requests(world.activity) == []


def test_a_decision_that_cannot_be_is_told_and_nothing_is_lost(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    page = reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk])
    answer = client.post(page, {"excluded": "on", "weight": "5"}).content.decode()
    assert 'role="alert"' in answer
    assert 'value="5"' in answer
    assert not MeetingRequest.objects.exists()


def test_an_officer_enters_what_somebody_said_on_the_phone(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    with clock.at(datetime(2027, 3, 9, tzinfo=UTC)):
        address = reverse("wishes_for", args=[world.activity.pk, world.guest.pk])
        assert client.post(address, {"mark": f"{world.maker.pk}:must"}).status_code == 302
        assert "aria-pressed" in client.get(address).content.decode()
    assert Wish.objects.get().marked_by == world.people["lead_officer"]


def test_officers_of_a_sponsor_see_no_wishes(world: World, sign_in: SignIn) -> None:
    Organiser.objects.filter(agency=world.co).update(role=Organiser.Role.SPONSOR)
    wish(world.guest, world.maker, "no")
    client = sign_in(world, "co_officer")
    page = client.get(reverse("requests", args=[world.activity.pk])).content.decode()
    assert "Kopi Puntang" not in page
    one = reverse("request_edit", args=[world.activity.pk, world.maker.pk, world.guest.pk])
    assert client.get(one).status_code == 404


def test_who_marked_nobody_is_reminded_once_a_day_in_their_language(world: World) -> None:
    wish(world.guest, world.maker, "must")
    quiet = list(silent(world.activity))
    assert {row.pk for row in quiet} == {world.other_guest.pk, world.maker.pk, world.other_maker.pk}
    for _again in range(2):
        count = requests.remind(activity=world.activity, silent=quiet, actor=officer(world))
    assert count == Message.objects.count() == 3
    message = Message.objects.get(person=world.people["other_representative"])
    assert (message.kind, message.state, message.language) == ("wishes", "draft", "en")
    assert message.link_target == reverse("my_wishes", args=[world.other_guest.pk])
    assert "{link}" in message.body
    assert "mark on your phone" in message.body


def test_reminders_go_to_the_send_queue_by_button(world: World, sign_in: SignIn) -> None:
    client = sign_in(world, "lead_officer")
    answer = client.post(reverse("requests_remind", args=[world.activity.pk]))
    assert answer["Location"] == reverse("queue", args=[world.activity.scope])
    assert Message.objects.count() == 4


def test_who_cannot_be_reached_is_not_counted(world: World) -> None:
    owner = world.people["owner"]
    owner.email = owner.phone = ""
    owner.save()
    companion = world.people["companion"]
    companion.email = ""
    companion.save()
    quiet = [Participation.objects.get(pk=world.maker.pk)]
    assert requests.remind(activity=world.activity, silent=quiet, actor=officer(world)) == 0


def test_home_leads_to_marking_once_for_each_activity(world: World) -> None:
    Listing.objects.create(business=world.other_business, agency=world.co)
    Stewardship.objects.create(
        business=world.other_business, person=world.people["companion"], role="companion",
        consent_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    actor = Actor(world.people["companion"])
    with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
        wish(world.maker, world.guest, "like")
        (card,) = cards(actor)
        assert card.url == reverse("my_wishes", args=[world.other_maker.pk])
        assert card.urgency > 0
        wish(world.other_maker, world.guest, "no")
        (card,) = cards(actor)
        assert card.urgency == 0
    with clock.at(datetime(2027, 3, 4, tzinfo=UTC)):
        assert list(cards(actor)) == []


def test_the_activitys_line_asks_to_remind_while_there_is_time(world: World) -> None:
    with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
        (step,) = steps(officer(world), world.activity)
        assert step.todo is not None
        assert [figure.value for figure in step.figures] == [0, 0, 4]
        wish(world.maker, world.guest, "like")
        wish(world.guest, world.maker, "must")
    with clock.at(datetime(2027, 3, 4, tzinfo=UTC)):
        (step,) = steps(officer(world), world.activity)
        assert step.todo is None
        assert step.done
        assert [figure.value for figure in step.figures] == [1, 1, 2]
