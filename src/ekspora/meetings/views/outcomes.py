"""On the phone: how each meeting went, in three taps, and the contacts that were exchanged.

The page works by plain forms. Its script keeps each answer on the phone and sends it with ``X-Kept`` until it
arrived; to that the answer is the part of the page that shows the meeting, or 422 with what is wrong in words.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.errors import DomainError
from ekspora.meetings.forms.outcomes import OutcomeForm
from ekspora.meetings.queries import outcomes as queries
from ekspora.meetings.services import outcomes as services
from ekspora.programmes.views.access import own_participation


def _mine(request: ActorRequest, pk: int, key: str) -> queries.Mine:
    found = queries.mine_of(own_participation(request, pk), key)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_outcome(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """Tell how one meeting went; change it as often as needed."""
    one = _mine(request, pk, key)
    if request.method == "POST":
        return _tell(request, one)
    return render(request, "meetings/outcomes/my_outcome.html", _context(one))


def _context(one: queries.Mine) -> dict[str, Any]:
    return {"one": one, "participation": one.participation, "activity": one.participation.activity}


def _tell(request: ActorRequest, one: queries.Mine) -> HttpResponse:
    form = OutcomeForm(request.POST, of=one)
    error = "" if form.is_valid() else form.faults
    if not error:
        try:
            done = services.tell(
                of=one, answer=form.answer(), share=form.cleaned_data["share"], actor=request.actor.person
            )
        except DomainError as refused:
            error = str(refused)
    if error:
        return _refused(request, form, error)
    if request.headers.get("X-Kept"):
        fresh = _mine(request, one.participation.pk, one.key)
        context = _context(fresh) | {"error": done.contact_error, "is_part": True}
        return render(request, "meetings/outcomes/stop.html", context)
    if done.contact_error:
        messages.warning(request, done.contact_error)
    messages.success(request, _("Thank you. Your answer is kept; you can change it at any time."))
    return _back(one)


def _refused(request: ActorRequest, form: OutcomeForm, error: str) -> HttpResponse:
    if request.headers.get("X-Kept"):
        return HttpResponse(error, content_type="text/plain; charset=utf-8", status=422)
    messages.error(request, error)
    context = _context(form.of) | {"typed": form.typed}
    return render(request, "meetings/outcomes/my_outcome.html", context, status=422)


def _back(one: queries.Mine) -> HttpResponse:
    return redirect(reverse("my_agenda", args=[one.participation.pk]) + f"#m{one.key}")


@signed_in
@require_POST
def my_contact_withdraw(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """Take the own contact back while the other side has not agreed."""
    one = _mine(request, pk, key)
    try:
        services.withdraw_contact(of=one, actor=request.actor.person)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your contact is not shared."))
    return _back(one)


@signed_in
@require_safe
def my_contact(request: ActorRequest, pk: int, key: str) -> HttpResponse:
    """The other side's card as a file for the address book; there is none before both agreed."""
    one = _mine(request, pk, key)
    if one.theirs is None or not one.theirs.can_be_reached:
        raise Http404
    response = HttpResponse(one.theirs.vcard, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contact.vcf"'
    return response
