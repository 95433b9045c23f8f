"""Interpreters, delegations, languages and pauses of an activity, on one page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.meetings.forms.hall import DelegationForm, InterpretersForm, PeopleForm
from ekspora.meetings.models import Delegation
from ekspora.meetings.queries.hall import hall_of
from ekspora.meetings.services import hall as services
from ekspora.meetings.views.timetable import activity_changed
from ekspora.programmes.models import Activity


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def hall(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what hall and people ask of the timetable; POST does what ``action`` says."""
    activity = activity_changed(request, pk)
    if request.method != "POST":
        return _show(request, activity)
    action = ACTIONS.get(request.POST.get("action", ""))
    if action is None:
        raise Http404
    try:
        wrong = action(request, activity)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("hall", pk)
    if wrong:
        return _show(request, activity, **wrong)
    messages.success(request, _("Saved. The next timetable that is computed heeds it."))
    return redirect("hall", pk)


def _show(request: ActorRequest, activity: Activity, **forms: Form) -> HttpResponse:
    found = hall_of(activity)
    chosen = _delegation(activity, request.GET.get("delegation"))
    members = [who.id for row, rows in found.delegations for who in rows if row == chosen]
    context = {
        "activity": activity,
        "hall": found,
        "chosen": chosen,
        "members": members,
        "interpreters": InterpretersForm(),
        "delegation": DelegationForm(activity=activity, initial=_values(chosen)),
        "people": PeopleForm(activity=activity),
        **forms,
    }
    return render(request, "meetings/hall.html", context)


def _delegation(activity: Activity, given: str | None) -> Delegation | None:
    number = number_in(given)
    return get_object_or_404(activity.delegations, pk=number) if number is not None else None


def _values(row: Delegation | None) -> dict[str, Any]:
    if row is None:
        return {}
    values = {"name": row.name, "first_table": row.first_table, "last_table": row.last_table}
    return {"delegation": row.pk, **values}


def _set_interpreters(request: ActorRequest, activity: Activity) -> Mapping[str, Form]:
    form = InterpretersForm(request.POST)
    if not form.is_valid():
        return {"interpreters": form}
    services.set_interpreters(activity=activity, actor=request.actor, **form.cleaned_data)
    return {}


def _set_delegation(request: ActorRequest, activity: Activity) -> Mapping[str, Form]:
    form = DelegationForm(request.POST, activity=activity)
    if not form.is_valid():
        return {"delegation": form}
    services.set_delegation(activity=activity, actor=request.actor, **form.cleaned_data)
    return {}


def _remove_delegation(request: ActorRequest, activity: Activity) -> Mapping[str, Form]:
    row = _delegation(activity, request.POST.get("delegation"))
    if row is not None:
        services.remove_delegation(delegation=row, actor=request.actor)
    return {}


def _set_people(request: ActorRequest, activity: Activity) -> Mapping[str, Form]:
    form = PeopleForm(request.POST, activity=activity)
    if not form.is_valid():
        return {"people": form}
    data = form.cleaned_data
    services.set_people(
        activity=activity, people=list(data["people"]), languages=data["languages"],
        pause_after=data["pause_after"], actor=request.actor,
    )  # fmt: skip
    return {}


ACTIONS: dict[str, Callable[[ActorRequest, Activity], Mapping[str, Form]]] = {
    "interpreters": _set_interpreters, "delegation": _set_delegation,
    "remove_delegation": _remove_delegation, "people": _set_people,
}  # fmt: skip
