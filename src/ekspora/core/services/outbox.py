"""The send queue: prepare drafts, let an officer release them, send email, open prepared chats."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import AccessLink, Agency, AutomaticKind, Message, Person
from ekspora.core.services import audit, links

PLACE_OF_LINK = "{link}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What to tell one person: ``key`` names the fact, so that telling it again replaces the draft."""

    person: Person
    kind: str
    key: str
    subject: str
    body: str
    link_scope: str = ""
    link_target: str = ""


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

    A draft whose key was already sent is left alone; one not yet sent is replaced.
    """
    automatic = set(AutomaticKind.objects.filter(agency=agency).values_list("kind", flat=True))
    rows, wanted = [], {draft.key: draft for draft in drafts}
    sent = set(Message.objects.filter(key__in=wanted, state=Message.State.SENT).values_list("key", flat=True))
    Message.objects.filter(key__in=wanted).exclude(state=Message.State.SENT).delete()
    for draft in wanted.values():
        reach = channel_for(draft.person)
        if reach is None or draft.key in sent:
            continue
        state = Message.State.RELEASED if draft.kind in automatic else Message.State.DRAFT
        rows.append(
            Message(
                agency=agency,
                topic=topic,
                kind=draft.kind,
                key=draft.key,
                person=draft.person,
                channel=reach[0],
                address=reach[1],
                language=draft.person.language,
                state=state,
                subject=draft.subject[:200],
                body=draft.body,
                link_scope=draft.link_scope,
                link_target=draft.link_target,
            )  # fmt: skip
        )
    Message.objects.bulk_create(rows)
    if rows:
        details = {"kinds": sorted({row.kind for row in rows}), "count": len(rows), "topic": topic}
        audit.record(agency=agency, actor=actor, action="outbox.prepare", target=agency, details=details)
    return len(rows)


@transaction.atomic
def release(*, agency: Agency, topic: str, message_ids: Iterable[int] | None, officer: Person) -> int:
    """Let drafts go: all of a topic, or those named. Email is then sent by the worker; chats wait to be opened."""
    drafts = Message.objects.filter(agency=agency, topic=topic, state=Message.State.DRAFT)
    if message_ids is not None:
        drafts = drafts.filter(pk__in=list(message_ids))
    count = drafts.update(state=Message.State.RELEASED, released_by=officer)
    if count:
        details = {"topic": topic, "count": count}
        audit.record(agency=agency, actor=officer, action="outbox.release", target=agency, details=details)
    return count


def _with_link(message: Message, *, actor: Person | None) -> str:
    if PLACE_OF_LINK not in message.body:
        return message.body
    token = links.issue(
        person=message.person, kind=AccessLink.Kind.PERSONAL, issued_by=actor, agency=message.agency,
        scope=message.link_scope, target=message.link_target or "/",
    )  # fmt: skip
    return message.body.replace(PLACE_OF_LINK, links.address_of(token))


@transaction.atomic
def open_chat(*, message: Message, officer: Person) -> str:
    """The address of the prepared WhatsApp chat. Opening it sends nothing; the officer presses send there."""
    if message.channel != Message.Channel.WHATSAPP or message.state != Message.State.RELEASED:
        raise DomainError(_("Release this message first, then open its chat."))
    text = quote(_with_link(message, actor=officer))
    return f"https://wa.me/{message.address.lstrip('+')}?text={text}"


@transaction.atomic
def mark_sent(*, message: Message, officer: Person) -> None:
    """The officer says that the chat was sent. Saying it twice changes nothing."""
    if message.state == Message.State.SENT:
        return
    if message.state != Message.State.RELEASED:
        raise DomainError(_("Release this message first."))
    message.state, message.sent_at = Message.State.SENT, now()
    message.save(update_fields=["state", "sent_at"])
    audit.record(agency=message.agency, actor=officer, action="outbox.sent", target=message)


@transaction.atomic
def cancel(*, message: Message, officer: Person) -> None:
    """Take a message out of the queue before it is sent."""
    if message.state == Message.State.SENT:
        raise DomainError(_("This message was already sent."))
    message.state = Message.State.CANCELLED
    message.save(update_fields=["state"])
    audit.record(agency=message.agency, actor=officer, action="outbox.cancel", target=message)


def send_released_emails(*, limit: int = 100) -> int:
    """Send released email, each in its own transaction so that one failure stops no other. For the worker."""
    waiting = Message.objects.filter(state=Message.State.RELEASED, channel=Message.Channel.EMAIL)
    return sum(_send_email(pk) for pk in list(waiting.values_list("pk", flat=True)[:limit]))


def _send_email(pk: int) -> bool:
    with transaction.atomic():
        message = (
            Message.objects.select_for_update(of=("self",))
            .select_related("person", "agency")
            .filter(pk=pk, state=Message.State.RELEASED)
            .first()
        )
        if message is None:
            return False
        mail = EmailMessage(message.subject, _with_link(message, actor=None), to=[message.address])
        try:
            mail.send()
        except OSError as error:
            message.state, message.error = Message.State.FAILED, type(error).__name__
        else:
            message.state, message.sent_at, message.error = Message.State.SENT, now(), ""
        message.save(update_fields=["state", "sent_at", "error"])
        return message.state == Message.State.SENT


@transaction.atomic
def withdraw(*, agency: Agency, topic: str, kind: str) -> int:
    """Drop what a newer message of this kind replaces: everything about the topic that was not sent yet."""
    waiting = Message.objects.filter(agency=agency, topic=topic, kind=kind).exclude(state=Message.State.SENT)
    return waiting.delete()[0]
