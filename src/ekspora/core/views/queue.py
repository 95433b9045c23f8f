"""The send queue of a topic: look, release, send. Nothing is sent without being seen."""

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ekspora.core import queries, topics
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency, Message
from ekspora.core.numbers import number_in
from ekspora.core.rules import acting_agencies
from ekspora.core.services import outbox

PAGE = 50


@officers_only
@require_safe
def queue(request: ActorRequest, topic: str) -> HttpResponse:
    """Counts by channel and state, the messages (filtered), what can be released, the next chat to open."""
    found = queries.messages_about(request.actor, topic)
    if found is None:
        raise Http404
    info = _navigate(request, topic)
    chosen = {name: request.GET.get(name, "") for name in ("state", "channel", "kind")}
    listed = found.filter(**{name: value for name, value in chosen.items() if value})
    rows = queries.waiting_first(listed.select_related("person", "taken_by"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "topic": topic,
        "info": info,
        "may_act": bool(acting_agencies(request.actor, topic)),
        "tallies": [tally for tally in queries.tallies(found) if tally.total],
        "kinds": [
            (kind, outbox.labels.get(kind, kind), is_automatic)
            for kind, is_automatic in queries.kinds_of(found, request.actor.agencies())
        ],
        "page": page,
        "rows": [(message, outbox.labels.get(message.kind, message.kind)) for message in page],
        "chosen": chosen,
        "states": Message.State,
        "releasable": (Message.State.DRAFT, Message.State.FAILED),
        "channels": Message.Channel,
        "drafts": found.filter(state=Message.State.DRAFT).count(),
        "next_chat": queries.next_chat(request.actor, topic),
    }
    return render(request, "core/queue.html", context)


@officers_only
@require_POST
def release(request: ActorRequest, topic: str) -> HttpResponseBase:
    """Release the messages ticked, or with ``all`` every draft of the topic."""
    found = queries.messages_about(request.actor, topic)
    if found is None:
        raise Http404
    found = found.filter(agency__in=acting_agencies(request.actor, topic))
    everything = "all" in request.POST
    ticked = [pk for pk in map(number_in, request.POST.getlist("message")) if pk is not None]
    agencies = Agency.objects.filter(pk__in=found.order_by().values("agency").distinct())
    wanted = None if everything else ticked
    officer = request.actor.person
    count = sum(
        outbox.release(agency=agency, topic=topic, message_ids=wanted, officer=officer) for agency in agencies
    )
    if count:
        notes.success(request, _released(count))
    else:
        notes.warning(request, _("Nothing was released: tick the messages that may go."))
    return redirect("queue", topic)


def _released(count: int) -> str:
    text = ngettext("%(n)d message released.", "%(n)d messages released.", count) % {"n": count}
    return f"{text} {_('Email leaves by itself now; open the chats one after the other.')}"


@officers_only
@require_POST
def automatic(request: ActorRequest, topic: str) -> HttpResponseBase:
    """Let a kind of message of the officer's own agencies go without release, or no longer."""
    found = queries.messages_about(request.actor, topic)
    kind = request.POST.get("kind", "")
    if found is None or not found.filter(kind=kind).exists():
        raise Http404
    for agency in Agency.objects.filter(pk__in=request.actor.agencies()):
        outbox.set_automatic(
            agency=agency, kind=kind, automatic="on" in request.POST, officer=request.actor.person
        )
    return redirect("queue", topic)


@officers_only
@require_safe
def message(request: ActorRequest, pk: int) -> HttpResponse:
    """One message as its reader will see it, and what to do with it."""
    found = _found(request, pk)
    context = {
        "message": found,
        "may_act": found.agency_id in acting_agencies(request.actor, found.topic),
        "kind": outbox.labels.get(found.kind, found.kind),
        "info": _navigate(request, found.topic),
        "body": found.body.replace(outbox.PLACE_OF_LINK, f"[{_('personal link')}]"),
        "is_mine": found.taken_by_id == request.actor.person.pk,
        "waiting": queries.next_chat(request.actor, found.topic, after=found.pk) is not None,
    }
    return render(request, "core/message.html", context)


@officers_only
@require_POST
def open_chat(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take the message and go to its prepared chat (in a new tab)."""
    found = _found(request, pk, to_act=True)
    try:
        address = outbox.open_chat(message=found, officer=request.actor.person)
    except DomainError as error:
        notes.error(request, str(error))
        return redirect("queue_message", pk)
    response = HttpResponseRedirect(address, status=303)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@officers_only
@require_POST
def sent(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The officer says the chat was sent; on to the next."""
    found = _found(request, pk, to_act=True)
    try:
        outbox.mark_sent(message=found, officer=request.actor.person)
    except DomainError as error:
        notes.error(request, str(error))
        return redirect("queue_message", pk)
    return _next(request, found)


@officers_only
@require_POST
def cancel(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take the message out of the queue; on to the next."""
    found = _found(request, pk, to_act=True)
    try:
        outbox.cancel(message=found, officer=request.actor.person)
    except DomainError as error:
        notes.error(request, str(error))
        return redirect("queue_message", pk)
    return _next(request, found)


def _found(request: ActorRequest, pk: int, *, to_act: bool = False) -> Message:
    found = queries.message_for(request.actor, pk)
    if found is None or (to_act and found.agency_id not in acting_agencies(request.actor, found.topic)):
        raise Http404
    return found


def _navigate(request: ActorRequest, topic: str) -> topics.TopicInfo | None:
    """What the topic is about; its room puts its own navigation on the page."""
    info = topics.about(topic)
    if info and info.show:
        info.show(request, "queue")
    return info


def _next(request: ActorRequest, done: Message) -> HttpResponseBase:
    following = queries.next_chat(request.actor, done.topic, after=done.pk)
    if following is not None:
        return redirect("queue_message", following.pk)
    notes.success(request, _("No chat is left to send."))
    return redirect("queue", done.topic)
