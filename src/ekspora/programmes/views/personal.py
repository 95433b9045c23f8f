"""The personal page of an invitation: what, when, where, and the answer, in as few taps as can be."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.clock import now, today
from ekspora.core.errors import DomainError
from ekspora.programmes import queries
from ekspora.programmes.forms.answers import DeclineForm, PartialForm, SubstituteForm
from ekspora.programmes.models import Participation
from ekspora.programmes.services import answers
from ekspora.programmes.views.access import own_participation


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_invitation(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the invitation; ``?as=`` opens the form of one kind of answer, POST gives the answer."""
    row = own_participation(request, pk)
    choice = request.POST.get("answer", request.GET.get("as", ""))
    make = FORMS.get(choice)
    form = make(request, row) if make else None
    if request.method == "POST":
        try:
            if choice == "accept":
                return _accept(request, row)
            if form is not None and form.is_valid():
                return _answer(request, row, form)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("my_invitation", pk)
    until = queries.answers_until(row.activity)
    context = {
        "row": row,
        "activity": row.activity,
        "agenda": queries.agenda_for(row),
        "until": until,
        "is_open": now() < until,
        "is_over": row.activity.ends_on < today(row.activity.zone),
        "wishes_are_over": row.activity.wishes_until is not None and now() >= row.activity.wishes_until,
        "is_substitute": row.substitute == request.actor.person,
        "choice": choice if form else "",
        "form": form,
    }
    return render(request, "programmes/my_invitation.html", context)


def _accept(request: ActorRequest, row: Participation) -> HttpResponse:
    # A substitute who comes stays the one who comes.
    name = answers.name_of(row) if row.substitute == request.actor.person else None
    answers.accept(participation=row, actor=request.actor, substitute=name)
    messages.success(request, _("Thank you. You are expected."))
    return redirect("my_invitation", row.pk)


def _answer(request: ActorRequest, row: Participation, form: Form) -> HttpResponse:
    if isinstance(form, DeclineForm):
        answers.decline(participation=row, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Thank you for telling us."))
    elif isinstance(form, PartialForm):
        name = answers.name_of(row)
        answers.accept(participation=row, actor=request.actor, substitute=name, **form.times())
        messages.success(request, _("Thank you. Your meetings will be within these hours."))
    elif isinstance(form, SubstituteForm):
        answers.accept(
            participation=row, actor=request.actor, arrives_at=row.arrives_at, leaves_at=row.leaves_at,
            substitute=form.to_name(),
        )  # fmt: skip
        messages.success(request, _("Thank you. We look forward to meeting your substitute."))
    return redirect("my_invitation", row.pk)


def _data(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


FORMS: dict[str, Callable[[ActorRequest, Participation], Form]] = {
    "partly": lambda request, row: PartialForm(
        _data(request), activity=row.activity, initial=PartialForm.initial_of(row)
    ),
    "substitute": lambda request, row: SubstituteForm(_data(request), initial=SubstituteForm.initial_of(row)),
    "decline": lambda request, row: DeclineForm(_data(request), initial={"reason": row.answer_note}),
}
