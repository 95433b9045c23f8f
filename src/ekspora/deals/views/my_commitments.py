"""On the phone: what I promised and by when, what was promised to me, one tap for what is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.deals import kinds
from ekspora.deals.forms.commitments import BroughtForm
from ekspora.deals.models import Commitment
from ekspora.deals.queries.commitments import of_participation
from ekspora.deals.queries.mine import open_promises, page_for
from ekspora.deals.queries.notes import notes_of
from ekspora.deals.queries.stops import Stop, stopped_samples
from ekspora.deals.services import commitments as services
from ekspora.demand.models import Outcome
from ekspora.directory.models import Buyer
from ekspora.directory.places import countries
from ekspora.programmes.models import Participation


@dataclass(frozen=True, slots=True)
class _Line:
    """A promise as the reader sees it; ``stops``: goods of it that may not go to the other's country."""

    row: Commitment
    note: str = ""
    stops: Sequence[Stop] = ()
    is_mine: bool = True

    @property
    def words(self) -> str:
        """What was promised."""
        return self.row.text or kinds.wording(self.row.kind, is_mine=self.is_mine)


def _page(request: ActorRequest, pk: int) -> tuple[Participation, list[Commitment], list[Commitment], bool]:
    """The participation, what it promised, what was promised to it, and whether a successor reads.

    Of what was promised a successor sees what was handed to them.
    """
    found = page_for(request.actor, pk)
    if found is None:
        raise Http404
    participation, is_successor = found
    mine, theirs = of_participation(participation)
    if is_successor:
        mine = [row for row in mine if row.owner_id == request.actor.person.pk]
    return participation, mine, theirs, is_successor


@signed_in
@require_safe
def my_commitments(request: ActorRequest, pk: int) -> HttpResponse:
    """Both directions, the soonest due first."""
    return _shown(request, pk)


def _shown(request: ActorRequest, pk: int, status: int = 200, **typed: Any) -> HttpResponse:
    participation, mine, theirs, is_successor = _page(request, pk)
    others = [one for one in open_promises(request.actor) if one.participation.pk != pk]
    notes, stops = notes_of(mine), stopped_samples(mine)
    context = {
        "participation": participation, "activity": participation.activity, "others": others,
        "is_successor": is_successor,
        "open": [_Line(row, notes.get(row.pk, ""), stops.get(row.pk, [])) for row in mine if row.is_open],
        "settled": [_Line(row, notes.get(row.pk, "")) for row in mine if not row.is_open],
        "theirs": [_Line(row, is_mine=False) for row in theirs],
        "countries": countries() if any(row.kind == Outcome.Step.BUYERS for row in mine) else (),
    }  # fmt: skip
    return render(request, "deals/my_commitments.html", context | typed, status=status)


@signed_in
@require_POST
def my_commitment_settle(request: ActorRequest, pk: int, commitment: int) -> HttpResponse:
    """Done, with one line of what was done; or it will not come about (``state=dropped``)."""
    _participation, mine, _theirs, _is_successor = _page(request, pk)
    row = next((one for one in mine if one.pk == commitment), None)
    if row is None:
        raise Http404
    try:
        _settle(request, row)
    except DomainError as error:
        messages.error(request, str(error))
        return _shown(request, pk, 422, typed=request.POST, typed_for=commitment)
    return redirect("my_commitments", pk)


def _name_buyer(row: Commitment, form: BroughtForm, actor: Person) -> None:
    if not form.is_valid():
        raise DomainError(" ".join(str(text) for texts in form.errors.values() for text in texts))
    services.name_buyer(
        commitment=row, name=form.cleaned_data["buyer"], country=form.cleaned_data["country"],
        kind=Buyer.Kind.UNKNOWN, actor=actor,
    )  # fmt: skip


def _settle(request: ActorRequest, row: Commitment) -> None:
    text, actor = request.POST.get("account", ""), request.actor.person
    if request.POST.get("state") == Commitment.State.DROPPED:
        services.drop(commitment=row, reason=text, actor=actor)
        messages.success(request, _("Thank you for telling: nobody waits for it now."))
        return
    if row.kind == Outcome.Step.BUYERS and request.POST.get("buyer", "").strip():
        _name_buyer(row, BroughtForm(request.POST), actor)
    services.settle(commitment=row, account=text, actor=actor)
    messages.success(request, _("Thank you. The promise is kept."))
