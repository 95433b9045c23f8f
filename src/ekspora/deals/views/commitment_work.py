"""Officers: write a promise down, settle it, change it, hand it over, name buyers, remind."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.deals.forms.commitments import BuyerForm, CommitmentForm, DueForm, FairForm, HandOverForm
from ekspora.deals.models import Commitment
from ekspora.deals.queries import commitments as queries
from ekspora.deals.queries.keepers import takers
from ekspora.deals.services import commitments as services
from ekspora.deals.services import promised, reminding
from ekspora.deals.views.commitments import commitment_of, shown
from ekspora.programmes import tabs
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.views.access import changeable


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what was promised outside a told outcome."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "commitments")
    form = CommitmentForm(request.POST or None, activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.promise(
                scope=activity.scope, agency=acting_agency(request.actor, activity), actor=request.actor.person,
                **form.values(),
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The promise is noted. Both sides find it on their page."))
            return redirect("commitment", made.pk)
    return render(request, "deals/commitments/new.html", {"activity": activity, "form": form})


def _act(request: ActorRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    """Do something to a promise and say so, or say why not."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("commitment", pk)


@officers_only
@require_POST
def commitment_settle(request: ActorRequest, pk: int) -> HttpResponse:
    """It was kept, or will not come about (``state=dropped``), or is open again (``state=open``)."""
    found, actor = commitment_of(request, pk), request.actor.person
    text, state = request.POST.get("account", ""), request.POST.get("state", "")
    if state == Commitment.State.KEPT:
        settle = lambda: services.settle(commitment=found, account=text, actor=actor)  # noqa: E731
        return _act(request, pk, settle, _("The promise is kept. Well done."))
    if state == Commitment.State.DROPPED:
        drop = lambda: services.drop(commitment=found, reason=text, actor=actor)  # noqa: E731
        return _act(request, pk, drop, _("Noted: it will not come about."))
    reopen = lambda: services.reopen(commitment=found, reason=text, actor=actor)  # noqa: E731
    return _act(request, pk, reopen, _("The promise is open again."))


@officers_only
@require_POST
def commitment_due(request: ActorRequest, pk: int) -> HttpResponse:
    """Give it another date."""
    found, form = commitment_of(request, pk), DueForm(request.POST)
    if not form.is_valid():
        return shown(request, found, 422, due_form=form)
    return _act(
        request, pk,
        lambda: services.change_due(commitment=found, **form.cleaned_data, actor=request.actor.person),
        _("The date is changed."),
    )  # fmt: skip


@officers_only
@require_POST
def commitment_fair(request: ActorRequest, pk: int) -> HttpResponse:
    """Which fair somebody is invited to."""
    found = commitment_of(request, pk)
    form = FairForm(request.POST, instance=commitment_of(request, pk))
    if not form.is_valid():
        return shown(request, found, 422, fair_form=form)
    return _act(
        request, pk,
        lambda: services.describe_fair(commitment=found, **form.cleaned_data, actor=request.actor.person),
        _("The fair is noted."),
    )  # fmt: skip


@officers_only
@require_POST
def commitment_buyer(request: ActorRequest, pk: int) -> HttpResponse:
    """Name a buyer who was brought."""
    found, form = commitment_of(request, pk), BuyerForm(request.POST)
    if not form.is_valid():
        return shown(request, found, 422, buyer_form=form)
    return _act(
        request, pk,
        lambda: services.name_buyer(commitment=found, **form.cleaned_data, actor=request.actor.person),
        _("The buyer is named."),
    )  # fmt: skip


@officers_only
@require_POST
def commitment_hand_over(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand it, or all that its keeper still has to keep, to a successor."""
    found = commitment_of(request, pk)
    form = HandOverForm(request.POST, takers=takers(found))
    if not form.is_valid():
        return shown(request, found, 422, hand_over_form=form)
    rows = [found]
    if form.cleaned_data["all"] and found.owner_id is not None:
        mine = queries.commitments_for(request.actor).filter(
            owner=found.owner_id, state=Commitment.State.OPEN
        )
        rows += [row for row in mine if row.pk != found.pk]
    return _hand_over(
        request, rows, form.cleaned_data["taker"], form.cleaned_data["reason"], redirect("commitment", pk)
    )


def _hand_over(
    request: ActorRequest, rows: list[Commitment], taker: Any, reason: str, back: HttpResponse
) -> HttpResponse:
    try:
        count = services.hand_over(commitments=rows, taker=taker, reason=reason, actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = ngettext(
            "%(n)d promise is kept by %(who)s from now on.",
            "%(n)d promises are kept by %(who)s from now on.",
            count,
        )
        messages.success(request, text % {"n": count, "who": taker})
    return back


@officers_only
@require_POST
def commitments_hand_over(request: ActorRequest) -> HttpResponse:
    """Hand all open promises of a representative to who came after them at the mission."""
    giver, taker = number_in(request.POST.get("giver")), number_in(request.POST.get("taker"))
    offers = queries.replaced(request.actor)
    offer = next((one for one in offers if (one.giver.pk, one.taker.pk) == (giver, taker)), None)
    if offer is None:
        raise Http404
    reason = _("New at %(mission)s") % {"mission": offer.taker.mission}
    return _hand_over(request, offer.promises, offer.taker.person, reason[:200], redirect("all_commitments"))


@officers_only
@require_POST
def commitments_remind(request: ActorRequest, pk: int) -> HttpResponse:
    """Prepare reminders for everybody with promises that are due."""
    activity = changeable(request, pk)
    done = reminding.remind(activity=activity, actor=request.actor)
    text = ngettext(
        "%(n)d reminder waits in the send queue.", "%(n)d reminders wait in the send queue.", done.messages
    ) % {"n": done.messages}
    if not done.messages:
        text = _("Nobody to remind today: nothing is due, or they were reminded already.")
    messages.success(request, text)
    if done.unreachable:
        text = ngettext(
            "Of %(n)d promise nobody can be reached; hand it to somebody who can.",
            "Of %(n)d promises nobody can be reached; hand them to somebody who can.",
            done.unreachable,
        ) % {"n": done.unreachable}
        messages.warning(request, text)
    return redirect("commitments", pk)


@officers_only
@require_POST
def commitments_from_outcomes(request: ActorRequest, pk: int) -> HttpResponse:
    """The promises of outcomes that were told before promises were kept here."""
    activity = changeable(request, pk)
    count = promised.from_outcomes(activity=activity, actor=request.actor)
    text = ngettext(
        "%(n)d promise follows from the outcomes.", "%(n)d promises follow from the outcomes.", count
    )
    messages.success(request, text % {"n": count})
    return redirect("commitments", pk)
