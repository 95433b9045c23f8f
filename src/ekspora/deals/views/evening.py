"""The evening: each participant's own page and report, what is passed on, and the officers' messages."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only, signed_in
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.deals import evening_report
from ekspora.deals.evening_next import next_step
from ekspora.deals.forms.feedback import FeedbackForm
from ekspora.deals.queries import forwards
from ekspora.deals.queries.evening import Evening, evening_of
from ekspora.deals.queries.sending import is_over, sending_of, words_of
from ekspora.deals.services import evening as services
from ekspora.deals.services import forwards as passing
from ekspora.meetings.prints import as_file
from ekspora.meetings.queries.agendas import place_of
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Participation
from ekspora.programmes.services import feedback
from ekspora.programmes.views.access import changeable, own_participation, page_of, seen


@signed_in
@require_safe
def my_evening(request: ActorRequest, pk: int) -> HttpResponse:
    """Whom somebody met, what was promised both ways, one next step."""
    evening = evening_of(own_participation(request, pk))
    return render(request, _page(evening), _context(evening))


def _page(evening: Evening) -> str:
    return "deals/evening/guest.html" if evening.is_guest else "deals/evening/maker.html"


def _context(evening: Evening) -> dict[str, Any]:
    participation = evening.participation
    context: dict[str, Any] = {
        "evening": evening,
        "participation": participation,
        "activity": participation.activity,
        "place": place_of(participation.activity),
        "next": next_step(evening),
        "form": FeedbackForm(initial=FeedbackForm.initial_of(evening.feedback)),
    }
    if evening.is_guest:
        context |= {"choices": forwards.choices(evening), "asked": forwards.asked_through(evening)}
    return context


@signed_in
@require_safe
def my_evening_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The same as a report: for a representative to the capital, for a business to keep."""
    evening = evening_of(own_participation(request, pk))
    return as_file(evening_report.report(evening), "report.pdf" if evening.is_guest else "ringkasan.pdf")


@signed_in
@require_POST
def my_feedback(request: ActorRequest, pk: int) -> HttpResponse:
    """How content somebody was; the last answer counts."""
    participation = own_participation(request, pk)
    form = FeedbackForm(request.POST)
    try:
        if not form.is_valid():
            raise DomainError(_("Choose a number from 1 to 5."))
        feedback.give(
            participation=participation, score=int(form.cleaned_data["score"]),
            words=form.cleaned_data["words"], actor=request.actor.person,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. That helps."))
    return redirect(reverse("my_evening", args=[pk]) + "#feedback")


@signed_in
@require_POST
def my_forward(request: ActorRequest, pk: int) -> HttpResponse:
    """Make the address to pass on, change which makers it shows, or withdraw it."""
    participation = own_participation(request, pk)
    if participation.side != Participation.Side.GUEST:
        raise Http404
    evening, action = evening_of(participation), request.POST.get("action", "")
    chosen = [
        number for value in request.POST.getlist("business") if (number := number_in(value)) is not None
    ]
    actor = request.actor.person
    try:
        if action == "issue":
            address = passing.pass_on(evening=evening, businesses=chosen, actor=actor)
            context = {
                "address": address,
                "count": len(set(chosen)),
                **_ready_to_send(participation, address),
            }
            return render(request, "deals/evening/passed_on.html", context)
        if action == "choose":
            passing.choose(evening=evening, businesses=chosen, actor=actor)
            messages.success(request, _("Your choice is kept. The link shows it at once."))
        elif action == "withdraw" and passing.withdraw(evening=evening, actor=actor):
            messages.success(request, _("The link no longer works."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(reverse("my_evening", args=[pk]) + "#forward")


def _ready_to_send(participation: Participation, address: str) -> dict[str, Any]:
    """The address in an email and in a chat that are ready to be sent to somebody."""
    subject = _("Makers from Indonesia")
    text = _("Makers from Indonesia that we met, with products; you can ask them here: %(address)s")
    words = quote(text % {"address": address}, safe="")
    return {
        "participation": participation,
        "mail": f"mailto:?subject={quote(subject)}&body={words}",
        "chat": f"https://wa.me/?text={words}",
    }


@officers_only
@require_safe
def evening(request: ActorRequest, pk: int) -> HttpResponse:
    """Officers: who gets the message of the evening, who has it, and how content people were."""
    activity = seen(request, pk)
    tabs.show(request, activity, "evening")
    may_change = rules.can_change(request.actor, activity)
    context = {
        "activity": activity, "sending": sending_of(activity), "is_over": is_over(activity),
        "may_change": may_change, "page": page_of(request, words_of(activity)) if may_change else None,
    }  # fmt: skip
    return render(request, "deals/evening/evening.html", context)


@officers_only
@require_POST
def evening_send(request: ActorRequest, pk: int) -> HttpResponse:
    """Prepare the messages for everybody who came; they wait in the send queue."""
    activity = changeable(request, pk)
    people = sending_of(activity).people
    count = services.send(activity=activity, people=people, actor=request.actor)
    text = ngettext("%(n)d message waits in the send queue.", "%(n)d messages wait in the send queue.", count)
    text %= {"n": count}
    if len(people) > count:
        text += " " + ngettext(
            "%(n)d participant has it already, or has no phone number or email.",
            "%(n)d participants have it already, or have no phone number or email.",
            len(people) - count,
        ) % {"n": len(people) - count}
    messages.success(request, text)
    return redirect("evening", pk)
