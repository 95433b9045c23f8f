"""The pages of the send queue, of a job and of the trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from ekspora.core.models import Agency, AutomaticKind, Job, Membership, Message
from ekspora.core.services import audit, jobs, outbox
from ekspora.programmes.models import Organiser
from tests.cost import cost
from tests.world import World, person

State = Message.State


def _chats(world: World, count: int, *, state: str = State.RELEASED, start: int = 0) -> list[Message]:
    rows = []
    for number in range(start, start + count):
        who = person(f"Maker {number}", phone=f"+6281{number:08}")
        rows.append(
            Message.objects.create(
                agency=world.lead, topic=world.activity.scope, kind="invitation", key=f"k{number}",
                person=who, channel="whatsapp", address=who.phone, language="id", body="Halo {link}",
                state=state, link_scope=world.activity.scope, link_target="/my/",
            )
        )  # fmt: skip
    return rows


def _queue(world: World) -> str:
    return reverse("queue", args=[world.activity.scope])


@pytest.mark.parametrize("address", ["queue", "audit"])
def test_long_lists_cost_as_many_queries_as_short_ones(world: World, sign_in: Any, address: str) -> None:
    client = sign_in(world, "lead_officer")
    url = _queue(world) if address == "queue" else reverse("audit")
    costs = []
    for start, more in ((0, 3), (3, 27)):
        for message in _chats(world, more, start=start):
            with transaction.atomic():
                audit.record(agency=world.lead, actor=message.person, action="test", target=message)
        costs.append(cost(client, url))
    assert costs[0] == costs[1]


def test_an_empty_queue_says_what_will_come(world: World, sign_in: Any) -> None:
    page = sign_in(world, "lead_officer").get(_queue(world))
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_filters_keep_what_matches(world: World, sign_in: Any) -> None:
    _chats(world, 1)
    _chats(world, 2, state=State.DRAFT, start=1)
    client = sign_in(world, "lead_officer")
    for query, expected in (("", 3), ("?state=draft", 2), ("?channel=email", 0), ("?kind=invitation", 3)):
        assert client.get(_queue(world) + query).context["page"].paginator.count == expected


def test_releasing_all_and_some(world: World, sign_in: Any) -> None:
    first = _chats(world, 3, state=State.DRAFT)[0]
    client = sign_in(world, "co_officer")  # shares the activity with the agency that prepared them
    release = reverse("queue_release", args=[world.activity.scope])
    client.post(release, {})
    assert not Message.objects.filter(state=State.RELEASED).exists()
    client.post(release, {"message": [first.pk, "nonsense", "²", "9" * 30]})
    assert list(Message.objects.filter(state=State.RELEASED)) == [first]
    client.post(release, {"all": "1"})
    assert Message.objects.filter(state=State.RELEASED).count() == 3


def test_one_chat_after_the_other_and_going_on_later(world: World, sign_in: Any) -> None:
    first, second, third = _chats(world, 3)
    client = sign_in(world, "lead_officer")
    opened = client.post(reverse("queue_open", args=[first.pk]))
    assert opened.status_code == 303
    assert opened["Location"].startswith("https://wa.me/6281")
    assert opened["Referrer-Policy"] == "no-referrer"
    following = client.post(reverse("queue_sent", args=[first.pk]))["Location"]
    assert following == reverse("queue_message", args=[second.pk])
    assert client.post(reverse("queue_cancel", args=[second.pk]))["Location"] == reverse(
        "queue_message", args=[third.pk]
    )
    # Days later: the queue knows where to go on.
    assert client.get(_queue(world)).context["next_chat"] == third
    assert client.post(reverse("queue_sent", args=[third.pk]))["Location"] == _queue(world)
    assert [m.state for m in (Message.objects.get(pk=row.pk) for row in (first, second, third))] == [
        State.SENT,
        State.CANCELLED,
        State.SENT,
    ]


def test_a_colleague_gets_the_next_free_chat(world: World, sign_in: Any) -> None:
    first, second = _chats(world, 2)
    client = sign_in(world, "lead_officer")
    client.post(reverse("queue_open", args=[first.pk]))
    colleague = sign_in(world, "co_officer")
    assert colleague.get(_queue(world)).context["next_chat"] == second
    refused = colleague.post(reverse("queue_open", args=[first.pk]), follow=True)
    assert world.people["lead_officer"].name in refused.content.decode()
    assert refused.redirect_chain[0][0] == reverse("queue_message", args=[first.pk])


def test_the_preview_shows_no_link_that_works(world: World, sign_in: Any) -> None:
    (message,) = _chats(world, 1)
    page = sign_in(world, "lead_officer").get(reverse("queue_message", args=[message.pk])).content.decode()
    assert "{link}" not in page
    assert "/l/" not in page


def test_a_kind_is_switched_for_the_officers_own_agency_only(world: World, sign_in: Any) -> None:
    _chats(world, 1)
    client = sign_in(world, "co_officer")
    switch = reverse("queue_automatic", args=[world.activity.scope])
    client.post(switch, {"kind": "invitation", "on": "1"})
    assert list(AutomaticKind.objects.values_list("agency", flat=True)) == [world.co.pk]
    client.post(switch, {"kind": "invitation"})
    assert not AutomaticKind.objects.exists()
    assert client.post(switch, {"kind": "unknown", "on": "1"}).status_code == 404


def test_a_topic_no_room_knows_shows_ones_own_messages_only(world: World, sign_in: Any) -> None:
    (message,) = _chats(world, 1)
    Message.objects.update(topic="other:5")
    address = reverse("queue", args=["other:5"])
    assert sign_in(world, "lead_officer").get(address).status_code == 200
    assert sign_in(world, "co_officer").get(address).status_code == 404
    assert message.agency == world.lead


def _job(world: World, **values: Any) -> Job:
    job = jobs.start(
        kind=outbox.SEND, arguments={}, agency=world.lead, person=world.people["lead_officer"],
        topic=world.activity.scope, back_to="/there/",
    )  # fmt: skip
    Job.objects.filter(pk=job.pk).update(**values)
    return job


def test_a_running_job_asks_again_and_can_be_stopped(world: World, sign_in: Any) -> None:
    job = _job(world, state="running", attempts=1, progress={"done": 1, "total": 4})
    client = sign_in(world, "lead_officer")
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    assert f'hx-get="{reverse("job_progress", args=[job.pk])}"' in page
    assert 'value="25"' in page
    assert "HX-Redirect" not in client.get(reverse("job_progress", args=[job.pk]))
    client.post(reverse("job_stop", args=[job.pk]))
    assert Job.objects.get().stop_requested


def test_a_finished_job_leads_to_its_result(world: World, sign_in: Any) -> None:
    job = _job(world, state="done", finished_at="2027-03-01T00:00Z")
    client = sign_in(world, "lead_officer")
    assert client.get(reverse("job_progress", args=[job.pk]))["HX-Redirect"] == "/there/"
    page = client.get(reverse("job", args=[job.pk])).content.decode()
    assert 'href="/there/"' in page
    assert "hx-get" not in page


def test_a_failed_job_says_why(world: World, sign_in: Any) -> None:
    job = _job(world, state="failed", finished_at="2027-03-01T00:00Z", error="Lembar 2 kosong.")
    client = sign_in(world, "lead_officer")
    assert "Lembar 2 kosong." in client.get(reverse("job", args=[job.pk])).content.decode()


def test_the_trail_of_one_record_and_of_each_own_agency(world: World, client: Client) -> None:
    officer = world.people["lead_officer"]
    second = Agency.objects.create(kind="team", name="Pokja", short_name="Pokja")
    Membership.objects.create(person=officer, agency=second, role="officer")
    with transaction.atomic():
        audit.record(agency=world.lead, actor=officer, action="outbox.release", target=world.activity)
        audit.record(agency=world.lead, actor=officer, action="link.issue", target=world.business)
        audit.record(agency=second, actor=None, action="odd.action", target=second)
    client.force_login(world.account("lead_officer"), backend="django.contrib.auth.backends.ModelBackend")
    target = f"programmes.activity:{world.activity.pk}"
    one = client.get(reverse("audit"), {"agency": str(world.lead.pk), "target": target})
    assert [entry.action for entry, *_words in one.context["rows"]] == ["outbox.release"]
    assert officer.protocol_name in one.content.decode()
    other = client.get(reverse("audit"), {"agency": second.pk})
    assert "odd.action" in other.content.decode()
    assert client.get(reverse("audit"), {"agency": world.elsewhere.pk}).status_code == 404


def test_a_sponsor_looks_and_does_not_send(world: World, sign_in: Any) -> None:
    Organiser.objects.filter(agency=world.co).update(role=Organiser.Role.SPONSOR)
    (message,) = _chats(world, 1, state=State.DRAFT)
    client = sign_in(world, "co_officer")
    assert client.get(_queue(world)).status_code == 200
    assert client.get(reverse("queue_message", args=[message.pk])).status_code == 200
    client.post(reverse("queue_release", args=[world.activity.scope]), {"all": "1"})
    assert Message.objects.get().state == State.DRAFT
    for name in ("queue_open", "queue_sent", "queue_cancel"):
        assert client.post(reverse(name, args=[message.pk])).status_code == 404


def test_who_only_looks_sees_no_phone_number(world: World, sign_in: Callable[[World, str], Client]) -> None:
    Organiser.objects.create(activity=world.activity, agency=world.elsewhere, role=Organiser.Role.SPONSOR)
    message = Message.objects.create(
        agency=world.lead, topic=world.activity.scope, kind="invitation", key="one", language="id",
        person=world.people["owner"], channel="whatsapp", address="+6281200001234", body="Halo",
    )  # fmt: skip
    address = reverse("queue_message", args=[message.pk])
    assert "+6281200001234" in sign_in(world, "lead_officer").get(address).content.decode()
    looking = sign_in(world, "other_officer").get(address)
    assert looking.status_code == 200
    assert "+6281200001234" not in looking.content.decode()
