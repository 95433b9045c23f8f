"""The door: the list to check people in, the taps that arrive from it, and the attendance list on paper."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.programmes import attendance_list, queries, rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.services import attendance
from ekspora.programmes.views.access import changeable, kept_offline, seen

# A phone sends what it kept in parts of this many; more in one request are refused.
MOST_TAPS = 500


@officers_only
@require_safe
def check_in(request: ActorRequest, pk: int) -> HttpResponse:
    """Everybody on one page, so that the list works when the network is gone."""
    activity = seen(request, pk)
    tabs.show(request, activity, "check_in")
    rows = queries.at_the_door(activity)
    for row in rows:
        row.presence = queries.presence(row)  # type: ignore[attr-defined]  # read by the template
    context = {
        "activity": activity, "rows": rows, "counts": queries.attendance(activity),
        "may_change": rules.can_change(request.actor, activity), "is_on": queries.is_on(activity),
    }  # fmt: skip
    return kept_offline(request, render(request, "programmes/check_in.html", context))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_marks(request: ActorRequest, pk: int) -> HttpResponse:
    """GET tells who is there. POST takes taps: one from a form, or those that a phone kept, as JSON."""
    if request.method != "POST":
        return _told(seen(request, pk), attendance.Taken((), {}))
    activity = changeable(request, pk)
    if request.content_type != "application/json":
        return _from_form(request, activity)
    try:
        taps = list(_taps(json.loads(request.body)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return HttpResponseBadRequest(_("These are not marks of attendance."))
    return _told(activity, attendance.take(activity=activity, actor=request.actor, taps=taps))


@officers_only
@require_safe
def attendance_pdf(request: ActorRequest, pk: int) -> HttpResponse:
    """The attendance list to be signed."""
    activity = seen(request, pk)
    response = HttpResponse(attendance_list.attendance_list(activity), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="attendance.pdf"'
    return response


def _told(activity: Activity, taken: attendance.Taken) -> JsonResponse:
    """What the phone may forget, and who is there now."""
    people = {who: asdict(presence) for who, presence in queries.presences(activity).items()}
    refused = {str(key): why for key, why in taken.refused.items()}
    counts = queries.attendance(activity)
    return JsonResponse({"done": taken.done, "refused": refused, "people": people, "counts": counts})


def _from_form(request: ActorRequest, activity: Activity) -> HttpResponse:
    """A button ``mark`` says ``came:12``; ``from=badge`` goes back to the page the badge opened."""
    kind, _colon, who = request.POST.get("mark", "").partition(":")
    name = request.POST.get(f"name-{who}", "")
    tap = attendance.Tap(number_in(who) or 0, kind, _key(request), name)
    try:
        row = attendance.mark(activity=activity, actor=request.actor, tap=tap)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("check_in", activity.pk)
    words = queries.presence(row).words or _("not there")
    messages.success(request, f"{row.label}: {words}")
    if request.POST.get("from") == "badge":
        return redirect("participation", row.pk)
    return redirect("check_in", activity.pk)


def _key(request: ActorRequest) -> UUID:
    """The id of the form, so that a form sent twice counts once; a new one where it has none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _taps(sent: dict[str, Any]) -> Iterator[attendance.Tap]:
    """Marks as a phone sends them. Raises ValueError, TypeError or KeyError for anything else."""
    if len(sent["marks"]) > MOST_TAPS:
        raise ValueError("too many")
    for one in sent["marks"]:
        said = parse_datetime(str(one.get("at", "")))
        yield attendance.Tap(
            who=int(one["who"]), kind=str(one["kind"]), key=UUID(str(one["id"])),
            name=str(one.get("name", ""))[:120], said_at=said if said and is_aware(said) else None,
        )  # fmt: skip
