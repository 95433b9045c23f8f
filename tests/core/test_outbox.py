"""The send queue: seen before sent, sent once, and what happens when two people or a crash get in between."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail

from ekspora.core import clock
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import AccessLink, AuditEntry, Job, Message, Person
from ekspora.core.services import jobs, outbox
from tests.at_once import race, seen_by_both
from tests.world import World

TOPIC = "activity:1"
State = Message.State


def _prepare(
    world: World, *names: str, kind: str = "invitation", body: str = "Halo\n{link}"
) -> list[Message]:
    drafts = [
        outbox.Draft(
            person=world.people[name], kind=kind, key=f"{kind}:{name}", subject="Undangan", body=body,
            link_scope=TOPIC, link_target="/my/",
        )
        for name in names
    ]  # fmt: skip
    outbox.prepare(agency=world.lead, topic=TOPIC, drafts=drafts, actor=world.people["lead_officer"])
    return list(Message.objects.filter(kind=kind))


def _release(world: World, ids: Iterable[int] | None = None) -> int:
    officer = world.people["lead_officer"]
    return outbox.release(agency=world.lead, topic=TOPIC, message_ids=ids, officer=officer)


def _by_phone(world: World, name: str = "owner") -> Message:
    Person.objects.filter(pk=world.people[name].pk).update(phone="+628123456789")
    world.people[name].refresh_from_db()
    _prepare(world, name)
    _release(world)
    return Message.objects.get(person=world.people[name])


def _work() -> None:
    for job in Job.objects.filter(state=Job.State.QUEUED):
        jobs.run_job.func(job.pk)


def test_a_draft_stays_until_it_is_released(world: World) -> None:
    (message,) = _prepare(world, "representative")
    _work()
    assert mail.outbox == []
    assert _release(world) == 1
    _work()
    message.refresh_from_db()
    assert (message.state, len(mail.outbox)) == (State.SENT, 1)
    assert mail.outbox[0].to == [world.people["representative"].email]


def test_the_link_is_made_at_sending_and_stored_nowhere(world: World) -> None:
    _prepare(world, "representative")
    assert not AccessLink.objects.exists()
    _release(world)
    _work()
    token = str(mail.outbox[0].body).rsplit("/l/")[1].strip("/\n ")
    link = AccessLink.objects.get()
    assert (link.person, link.scope, link.target) == (world.people["representative"], TOPIC, "/my/")
    assert token not in str(list(Message.objects.values()) + list(AccessLink.objects.values()))
    assert token not in str(list(AuditEntry.objects.values()))


def test_preparing_again_replaces_what_was_not_sent_and_leaves_what_was(world: World) -> None:
    _prepare(world, "representative", "curator")
    Message.objects.filter(person=world.people["curator"]).update(state=State.SENT, sent_at=clock.now())
    _release(world)
    texts = {
        m.person_id: (m.body, m.state) for m in _prepare(world, "representative", "curator", body="Baru")
    }
    assert texts == {
        world.people["representative"].pk: ("Baru", State.DRAFT),
        world.people["curator"].pk: ("Halo\n{link}", State.SENT),
    }


def test_some_can_be_released(world: World) -> None:
    first, second = _prepare(world, "representative", "curator")
    assert _release(world, [second.pk]) == 1
    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.DRAFT, State.RELEASED]
    assert first.pk != second.pk


def test_an_automatic_kind_leaves_by_itself_and_others_do_not(world: World) -> None:
    officer = world.people["lead_officer"]
    outbox.set_automatic(agency=world.lead, kind="timetable", automatic=True, officer=officer)
    _prepare(world, "representative", kind="timetable")
    _prepare(world, "representative", kind="invitation")
    _work()
    assert dict(Message.objects.values_list("kind", "state")) == {
        "timetable": State.SENT,
        "invitation": State.DRAFT,
    }
    outbox.set_automatic(agency=world.lead, kind="timetable", automatic=False, officer=officer)
    _prepare(world, "curator", kind="timetable")
    assert Message.objects.get(person=world.people["curator"]).state == State.DRAFT


class _Refusing:
    """A mail server that takes the first address only."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.taken = 0

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        self.taken += 1
        if self.taken > 1:
            raise ConnectionRefusedError
        return 1


def test_one_failure_stops_no_other_and_can_be_tried_again(world: World, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.core.test_outbox._Refusing"
    _prepare(world, "representative", "curator")
    _release(world)
    _work()
    states = Message.objects.order_by("pk").values_list("state", "error")
    assert list(states) == [(State.SENT, ""), (State.FAILED, "ConnectionRefusedError")]
    assert _release(world) == 0  # all drafts: failed ones are named by hand
    failed = Message.objects.get(state=State.FAILED)
    assert _release(world, [failed.pk]) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    _work()
    failed.refresh_from_db()
    assert failed.state == State.SENT


def test_what_a_killed_worker_was_handing_over_is_not_sent_twice(world: World) -> None:
    (message,) = _prepare(world, "representative")
    _release(world)
    Message.objects.filter(pk=message.pk).update(
        state=State.SENDING, taken_at=clock.now() - timedelta(minutes=11)
    )
    _work()
    message.refresh_from_db()
    assert (message.state, message.error, mail.outbox) == (State.FAILED, "interrupted", [])


def test_a_chat_opens_with_the_text_and_a_link(world: World) -> None:
    message = _by_phone(world)
    address = outbox.open_chat(message=message, officer=world.people["lead_officer"])
    start, text = address.split("?text=")
    assert start == "https://wa.me/628123456789"
    assert unquote(text).startswith("Halo\nhttp")
    message.refresh_from_db()
    assert message.state == State.RELEASED  # opening sends nothing


def test_a_draft_has_no_chat_yet(world: World) -> None:
    message = _by_phone(world)
    Message.objects.update(state=State.DRAFT)
    with pytest.raises(DomainError):
        outbox.open_chat(message=message, officer=world.people["lead_officer"])
    with pytest.raises(DomainError):
        outbox.mark_sent(message=message, officer=world.people["lead_officer"])


def test_saying_sent_twice_is_one_sending(world: World) -> None:
    message = _by_phone(world)
    for _ in range(2):
        outbox.mark_sent(message=message, officer=world.people["lead_officer"])
    assert AuditEntry.objects.filter(action="outbox.sent").count() == 1


def test_a_colleague_is_told_who_has_the_chat_and_may_take_over_later(world: World) -> None:
    message = _by_phone(world)
    outbox.open_chat(message=message, officer=world.people["lead_officer"])
    outbox.open_chat(message=message, officer=world.people["lead_officer"])  # again: the same officer
    with pytest.raises(Conflict, match=world.people["lead_officer"].name):
        outbox.open_chat(message=message, officer=world.people["co_officer"])
    with pytest.raises(Conflict):
        outbox.mark_sent(message=message, officer=world.people["co_officer"])
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert outbox.open_chat(message=message, officer=world.people["co_officer"])


def test_a_cancelled_message_is_not_sent(world: World) -> None:
    message = _by_phone(world)
    for _ in range(2):
        outbox.cancel(message=message, officer=world.people["lead_officer"])
    assert AuditEntry.objects.filter(action="outbox.cancel").count() == 1
    with pytest.raises(DomainError):
        outbox.open_chat(message=message, officer=world.people["lead_officer"])
    message = _by_phone(world, "companion")
    outbox.mark_sent(message=message, officer=world.people["lead_officer"])
    with pytest.raises(DomainError):
        outbox.cancel(message=message, officer=world.people["lead_officer"])


def test_without_phone_and_email_nobody_is_reached(world: World) -> None:
    Person.objects.filter(pk=world.people["stranger"].pk).update(email="")
    world.people["stranger"].refresh_from_db()
    assert _prepare(world, "stranger") == []


def _both(world: World, take: Callable[[Person], object]) -> list[str]:
    """How it ends when two officers do the same at the same moment."""
    return race(lambda: take(world.people["lead_officer"]), lambda: take(world.people["co_officer"]))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_open_a_chat_once(world: World) -> None:
    for name in ("owner", "companion", "other_owner"):
        message = _by_phone(world, name)
        found = _both(world, lambda who, m=message: outbox.open_chat(message=m, officer=who))  # type: ignore[misc]  # bound per turn
        assert found == ["done", "told"]


@pytest.mark.django_db(transaction=True)
def test_positive_control_looking_before_taking_lets_both_through(world: World) -> None:
    message = _by_phone(world)
    look = seen_by_both(lambda: Message.objects.get(pk=message.pk))

    def look_then_take(officer: Person) -> None:
        seen = look()
        if seen.taken_by_id not in (None, officer.pk):
            raise Conflict("taken")
        Message.objects.filter(pk=message.pk).update(taken_by=officer, taken_at=clock.now())

    assert _both(world, look_then_take) == ["done", "done"]
