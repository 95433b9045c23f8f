"""The officer's page of one participation: answering on behalf, terms, links, taking out."""

from base64 import b64encode
from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services.outbox import channel_for
from ekspora.programmes import queries, rules, tabs
from ekspora.programmes.forms.answers import DeclineForm, PartialForm, SubstituteForm, TermsForm
from ekspora.programmes.models import Participation
from ekspora.programmes.services import answers, invitations, participants
from ekspora.programmes.views.access import seen_participation
from ekspora.ui.qr import qr_svg


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one participation; POST does what ``action`` says."""
    row = seen_participation(request, pk)
    tabs.show(request, row.activity, "participants")
    may_change = rules.can_change(request.actor, row.activity)
    if request.method == "POST":
        if not may_change or request.POST.get("action") not in ACTIONS:
            raise Http404
        try:
            return ACTIONS[request.POST["action"]](request, row)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("participation", pk)
    return _show(request, row, may_change)


def _show(request: ActorRequest, row: Participation, may_change: bool, **forms: object) -> HttpResponse:
    holders = queries.holders(row)
    context = {
        "row": row,
        "activity": row.activity,
        "may_change": may_change,
        "holders": [(person, channel_for(person)) for person in holders],
        "links": list(queries.links_of(row)),
        "messages_of": queries.messages_of(row, request.actor),
        "is_on": queries.is_on(row.activity),
        "presence": queries.presence(row),
        "marks": queries.marks_of(row),
        "key": uuid4(),
        "why_kept": participants.why_kept(row) if may_change else None,
        "partial": PartialForm(activity=row.activity, initial=PartialForm.initial_of(row)),
        "substitute": SubstituteForm(initial=SubstituteForm.initial_of(row)),
        "decline": DeclineForm(initial={"reason": row.answer_note}),
        "terms": TermsForm(
            initial={"table": row.table, "most_meetings": row.most_meetings, "is_featured": row.is_featured}
        ),
        **forms,
    }
    return render(request, "programmes/participation.html", context)


def _accept(request: ActorRequest, row: Participation) -> HttpResponse:
    answers.accept(participation=row, actor=request.actor)
    return _saved(request, row)


def _partly(request: ActorRequest, row: Participation) -> HttpResponse:
    form = PartialForm(request.POST, activity=row.activity)
    if not form.is_valid():
        return _show(request, row, True, partial=form)
    answers.accept(participation=row, actor=request.actor, substitute=answers.name_of(row), **form.times())
    return _saved(request, row)


def _substitute(request: ActorRequest, row: Participation) -> HttpResponse:
    form = SubstituteForm(request.POST)
    if not form.is_valid():
        return _show(request, row, True, substitute=form)
    answers.accept(
        participation=row, actor=request.actor, arrives_at=row.arrives_at, leaves_at=row.leaves_at,
        substitute=form.to_name(),
    )  # fmt: skip
    return _saved(request, row)


def _decline(request: ActorRequest, row: Participation) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, row, True, decline=form)
    answers.decline(participation=row, actor=request.actor, reason=form.cleaned_data["reason"])
    return _saved(request, row)


def _terms(request: ActorRequest, row: Participation) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _show(request, row, True, terms=form)
    participants.set_terms(participation=row, actor=request.actor, **form.cleaned_data)
    return _saved(request, row)


def _saved(request: ActorRequest, row: Participation) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("participation", row.pk)


def _holder(request: ActorRequest, row: Participation) -> Person:
    """The person of the form's button, who must hold a link for this participation."""
    number = request.POST.get("person", "")
    found = next((person for person in queries.holders(row) if str(person.pk) == number), None)
    if found is None:
        raise Http404
    return found


def _renew(request: ActorRequest, row: Participation) -> HttpResponse:
    person = _holder(request, row)
    if invitations.renew_link(participation=row, person=person, actor=request.actor):
        messages.success(request, _("The old link is closed. A message with a new one is in the send queue."))
    else:
        text = _("The old link is closed. There is no phone or email: hand out a new one here.")
        messages.warning(request, text)
    return redirect("participation", row.pk)


def _revoke(request: ActorRequest, row: Participation) -> HttpResponse:
    closed = invitations.revoke_links(participation=row, person=_holder(request, row), actor=request.actor)
    messages.success(request, _("Links closed: %(count)s.") % {"count": closed})
    return redirect("participation", row.pk)


def _hand(request: ActorRequest, row: Participation) -> HttpResponse:
    """The new link is shown once, as a code to scan; it is in no address and no session."""
    person = _holder(request, row)
    target = reverse("my_invitation", args=[row.pk])
    address = invitations.hand_link(participation=row, person=person, target=target, actor=request.actor)
    tabs.show(request, row.activity, "participants")
    code = "data:image/svg+xml;base64," + b64encode(qr_svg(address)).decode()
    context = {"row": row, "activity": row.activity, "person": person, "address": address, "code": code}
    return render(request, "programmes/hand_link.html", context)


def _remove(request: ActorRequest, row: Participation) -> HttpResponse:
    label, activity, side = row.label, row.activity_id, row.side
    participants.remove(participation=row, actor=request.actor)
    messages.success(request, _("%(who)s was taken out.") % {"who": label})
    return redirect(reverse("participants", args=[activity]) + f"?side={side}")


ACTIONS: dict[str, Callable[[ActorRequest, Participation], HttpResponse]] = {
    "accept": _accept, "partly": _partly, "substitute": _substitute, "decline": _decline, "terms": _terms,
    "renew": _renew, "revoke": _revoke, "hand": _hand, "remove": _remove,
}  # fmt: skip
