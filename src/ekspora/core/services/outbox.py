"""The send queue: prepare drafts, let an officer release them, send email, open prepared chats."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.limits import hold_of
from ekspora.core.models import AccessLink, Agency, AutomaticKind, Message, Person
from ekspora.core.queries import free_for
from ekspora.core.services import audit, jobs, links

PLACE_OF_LINK = "{link}"
SEND = "outbox.send"
# What people read for a kind of message; rooms add theirs in ``AppConfig.ready``.
labels: dict[str, Any] = {}
_SETTLED = (Message.State.SENT, Message.State.SENDING)


@dataclass(frozen=True, slots=True)
class Draft:
    """What to tell one person: ``key`` names the fact, so that telling it again replaces the draft.

    ``to`` is the channel and address where it does not go to where the person is reached otherwise.
    """

    person: Person
    kind: str
    key: str
    subject: str
    body: str
    link_scope: str = ""
    link_target: str = ""
    to: tuple[str, str] | None = None


def channel_for(person: Person) -> tuple[str, str] | None:
    """The channel and address to reach a person by: WhatsApp for owners, else email; None if neither."""
    if person.phone and person.has_whatsapp and (person.language == "id" or not person.email):
        return Message.Channel.WHATSAPP, person.phone
    if person.email:
        return Message.Channel.EMAIL, person.email
    return None


@transaction.atomic
def prepare(*, agency: Agency, topic: str, drafts: Iterable[Draft], actor: Person | None) -> int:
    """Put drafts into the send queue; returns how many people can be reached.

    A draft whose key was already sent is left alone; one not yet sent is replaced. Kinds that an officer has
    switched to automatic are released at once.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)  # two officers preparing the same do it in turn
    automatic = set(AutomaticKind.objects.filter(agency=agency).values_list("kind", flat=True))
    wanted = {draft.key: draft for draft in drafts}
    told = Message.objects.select_for_update().filter(key__in=wanted)
    settled = {message.key for message in told if message.state in _SETTLED}
    Message.objects.filter(key__in=wanted.keys() - settled).delete()
    rows = [
        _row(draft, agency=agency, topic=topic, automatic=draft.kind in automatic)
        for key, draft in wanted.items()
        if key not in settled and _reach(draft) is not None
    ]
    Message.objects.bulk_create(rows)
    if rows:
        details = {"kinds": sorted({row.kind for row in rows}), "count": len(rows), "topic": topic}
        audit.record(agency=agency, actor=actor, action="outbox.prepare", target=agency, details=details)
    _send_soon(agency=agency, topic=topic, officer=actor)
    return len(rows)


def _reach(draft: Draft) -> tuple[str, str] | None:
    return draft.to or channel_for(draft.person)


def _row(draft: Draft, *, agency: Agency, topic: str, automatic: bool) -> Message:
    reach = _reach(draft)
    assert reach is not None  # asked before
    state = Message.State.RELEASED if automatic else Message.State.DRAFT
    return Message(
        agency=agency, topic=topic, kind=draft.kind, key=draft.key, person=draft.person, channel=reach[0],
        address=reach[1], language=draft.person.language, state=state, subject=draft.subject[:200],
        body=draft.body, link_scope=draft.link_scope, link_target=draft.link_target,
    )  # fmt: skip


@transaction.atomic
def release(*, agency: Agency, topic: str, message_ids: Iterable[int] | None, officer: Person | None) -> int:
    """Let drafts go: all of a topic, or those named (then also failed ones). Returns how many.

    Email is then sent by the worker; chats wait to be opened one after the other.
    """
    waiting = Message.objects.filter(agency=agency, topic=topic)
    if message_ids is None:
        waiting = waiting.filter(state=Message.State.DRAFT)
    else:
        again = (Message.State.DRAFT, Message.State.FAILED)
        waiting = waiting.filter(pk__in=list(message_ids), state__in=again)
    count = waiting.update(state=Message.State.RELEASED, released_by=officer, error="")
    if count:
        details = {"topic": topic, "count": count}
        audit.record(agency=agency, actor=officer, action="outbox.release", target=agency, details=details)
        _send_soon(agency=agency, topic=topic, officer=officer)
    return count


@transaction.atomic
def set_automatic(*, agency: Agency, kind: str, automatic: bool, officer: Person) -> None:
    """Let messages of a kind go without release from now on, or no longer. Chats are still opened by hand."""
    if automatic:
        AutomaticKind.objects.get_or_create(agency=agency, kind=kind)
    else:
        AutomaticKind.objects.filter(agency=agency, kind=kind).delete()
    details = {"kind": kind, "automatic": automatic}
    audit.record(agency=agency, actor=officer, action="outbox.automatic", target=agency, details=details)


def _with_link(message: Message, *, actor: Person | None) -> str:
    if PLACE_OF_LINK not in message.body:
        return message.body
    token = links.issue(
        person=message.person, kind=AccessLink.Kind.PERSONAL, issued_by=actor, agency=message.agency,
        scope=message.link_scope, target=message.link_target or "/",
    )  # fmt: skip
    return message.body.replace(PLACE_OF_LINK, links.address_of(token))


@transaction.atomic
def _drop_moot(message: Message) -> bool:
    """Take a message out of the queue whose link would open nothing: what it asks was settled, or put right."""
    if PLACE_OF_LINK not in message.body or hold_of(message.link_scope).opens:
        return False
    return _cancel(message, None)


def open_chat(*, message: Message, officer: Person) -> str:
    """The address of the prepared WhatsApp chat. Opening it sends nothing; the officer presses send there.

    The message is taken for a few minutes, so that a colleague at the same queue does not send it as well.
    Raises Conflict while somebody else holds it, and where its link would open nothing any more.
    """
    if _drop_moot(message):
        raise Conflict(
            _("What this message asks about was settled or changed. It was taken out of the queue.")
        )
    return _opened(message, officer)


@transaction.atomic
def _opened(message: Message, officer: Person) -> str:
    chats = Message.objects.filter(pk=message.pk, channel=Message.Channel.WHATSAPP)
    ready = chats.filter(state=Message.State.RELEASED)
    if not ready.filter(free_for(officer)).update(taken_by=officer, taken_at=now()):
        raise _why_not(chats)
    taken = chats.select_related("person", "agency").get()
    return chat_with(taken.address, _with_link(taken, actor=officer))


def chat_with(phone: str, text: str) -> str:
    """The address of a prepared chat with a number (E.164); it sends nothing by itself."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"


def _why_not(chats: "QuerySet[Message]") -> DomainError:
    current = chats.select_related("taken_by").first()
    if current is None or current.state in (Message.State.DRAFT, Message.State.FAILED):
        return DomainError(_("Release this message first, then open its chat."))
    if current.state == Message.State.CANCELLED:
        return DomainError(_("This message was taken out of the queue."))
    if current.state == Message.State.SENT:
        return Conflict(_("This message was already sent."))
    return Conflict(_("%(name)s has this chat open just now.") % {"name": current.taken_by})


@transaction.atomic
def mark_sent(*, message: Message, officer: Person) -> None:
    """The officer says that the chat was sent. Saying it twice changes nothing."""
    chats = Message.objects.filter(pk=message.pk, channel=Message.Channel.WHATSAPP)
    ready = chats.filter(free_for(officer), state=Message.State.RELEASED)
    if ready.update(state=Message.State.SENT, sent_at=now(), taken_by=officer):
        audit.record(agency=message.agency, actor=officer, action="outbox.sent", target=message)
    elif not chats.filter(state=Message.State.SENT).exists():
        raise _why_not(chats)


@transaction.atomic
def cancel(*, message: Message, officer: Person) -> None:
    """Take a message out of the queue before it is sent. Doing it twice changes nothing."""
    _cancel(message, officer)
    if Message.objects.filter(pk=message.pk, state__in=_SETTLED).exists():
        raise DomainError(_("This message was already sent."))


def _cancel(message: Message, officer: Person | None) -> bool:
    waiting = Message.objects.filter(pk=message.pk).exclude(state__in=(*_SETTLED, Message.State.CANCELLED))
    if waiting.update(state=Message.State.CANCELLED):
        audit.record(agency=message.agency, actor=officer, action="outbox.cancel", target=message)
        return True
    return False


@transaction.atomic
def withdraw(*, agency: Agency, topic: str, kind: str, keys: Iterable[str] | None = None) -> int:
    """Drop what a newer message of this kind replaces and was not sent yet: all about the topic, or ``keys``."""
    waiting = Message.objects.filter(agency=agency, topic=topic, kind=kind).exclude(state__in=_SETTLED)
    if keys is not None:
        waiting = waiting.filter(key__in=list(keys))
    return waiting.delete()[0]


def _send_soon(*, agency: Agency, topic: str, officer: Person | None) -> None:
    mail = Message.objects.filter(agency=agency, topic=topic, channel=Message.Channel.EMAIL)
    if mail.filter(state=Message.State.RELEASED).exists():
        back_to = reverse("queue", args=[topic]) if topic else "/"
        jobs.start(
            kind=SEND, arguments={"agency": agency.pk, "topic": topic}, agency=agency, person=officer,
            topic=topic, back_to=back_to,
        )  # fmt: skip


def send_released_emails(handle: jobs.Handle) -> Mapping[str, int]:
    """The work of the job ``outbox.send``: each email by itself, so that one failure stops no other."""
    give_up_interrupted()
    wanted = handle.job.arguments
    waiting = Message.objects.filter(
        state=Message.State.RELEASED, channel=Message.Channel.EMAIL, agency=wanted["agency"],
        topic=wanted["topic"],
    )  # fmt: skip
    keys = list(waiting.values_list("pk", flat=True))
    sent = 0
    with _mailbox() as connection:
        for done, pk in enumerate(keys):
            if not handle.report(done=done, total=len(keys)):
                break
            sent += _send_email(pk, connection)
    return {"sent": sent, "total": len(keys)}


def give_up_interrupted() -> int:
    """Email a killed worker was handing over may or may not have left: say so, do not send it again."""
    stuck = Message.objects.filter(state=Message.State.SENDING, taken_at__lt=now() - Message.HELD_FOR)
    return stuck.update(state=Message.State.FAILED, error="interrupted")


@contextmanager
def _mailbox() -> Iterator[BaseEmailBackend]:
    """One connection for many emails; where it cannot be opened, each email tries and fails by itself."""
    connection = get_connection()
    with suppress(OSError):
        connection.open()
    try:
        yield connection
    finally:
        connection.close()


def _send_email(pk: int, connection: BaseEmailBackend) -> bool:
    """Take the message, send it outside of any transaction, note what came of it."""
    with transaction.atomic():
        message = Message.objects.select_related("person", "agency").filter(pk=pk).first()
        mine = Message.objects.filter(pk=pk, state=Message.State.RELEASED)
        if message is None or _drop_moot(message):
            return False
        if not mine.update(state=Message.State.SENDING, taken_at=now()):
            return False
        body = _with_link(message, actor=None)
    mail = EmailMessage(message.subject, body, to=[message.address], connection=connection)
    outcome: dict[str, Any] = {"state": Message.State.SENT, "error": ""}
    try:
        mail.send()
    except (OSError, ValueError) as error:
        outcome = {"state": Message.State.FAILED, "error": type(error).__name__}
    is_sent = outcome["state"] == Message.State.SENT
    with transaction.atomic():
        if is_sent:
            outcome["sent_at"] = now()
            audit.record(agency=message.agency, actor=None, action="outbox.sent", target=message)
        Message.objects.filter(pk=pk, state=Message.State.SENDING).update(**outcome)
    return bool(is_sent)
