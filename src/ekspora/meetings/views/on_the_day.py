"""The day itself, on an officer's phone: quick marks, lost tables, one button that re-plans."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.meetings.forms.on_the_day import MarkForm, TableForm, beginnings, times
from ekspora.meetings.queries.delays import late_of
from ekspora.meetings.queries.on_the_day import on_the_day as the_day_of
from ekspora.meetings.queries.versions import latest_replan, version_for
from ekspora.meetings.services import delays, publishing, replanning
from ekspora.meetings.services import on_the_day as services
from ekspora.meetings.views.timetable import version_seen
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.ui.formats import clock, in_zone

PEOPLE_A_PAGE = 50


def _seen(request: ActorRequest, pk: int) -> Activity:
    activity = programmes.activity_for(request.actor, pk)
    if activity is None:
        raise Http404
    tabs.show(request, activity, "on_the_day")
    return activity


def _to_change(request: ActorRequest, pk: int) -> Activity:
    activity = _seen(request, pk)
    if not rules.can_change(request.actor, activity):
        raise Http404
    return activity


@officers_only
@require_safe
def on_the_day(request: ActorRequest, pk: int) -> HttpResponse:
    """Who is here and what to do about who is not; ``?q=`` finds people."""
    activity = _seen(request, pk)
    day, words = the_day_of(activity), request.GET.get("q", "")
    page: Page[Any] = Paginator(day.lines(words), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "activity": activity, "day": day, "page": page, "q": words,
        "can_change": rules.can_change(request.actor, activity),
        "begins": beginnings(activity, day.coming),
        "ends": times(activity, (slot.ends_at for slot in day.coming)),
        "tables": range(1, activity.tables + 1), "late": late_of(activity), "late_choices": delays.CHOICES,
    }  # fmt: skip
    return render(request, "meetings/on_the_day.html", context)


@officers_only
@require_POST
def day_mark(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that somebody is absent, late or gone."""
    activity, form = _to_change(request, pk), MarkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a time."))
        return redirect("on_the_day", pk)
    who = programmes.participation_seen(request.actor, form.cleaned_data["who"])
    if who is None or who.activity_id != activity.pk:
        raise Http404
    try:
        made = services.mark(
            participation=who, kind=form.cleaned_data["kind"], at=form.at(), actor=request.actor
        )
        messages.success(request, f"{who.label}: {made.get_kind_display()}.")
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def day_unmark(request: ActorRequest, pk: int, mark: int) -> HttpResponse:
    """Take a mark back."""
    services.unmark(activity=_to_change(request, pk), pk=mark, actor=request.actor)
    messages.success(request, _("The mark is taken back."))
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def table_lost(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that a table cannot be used, from now until a time or to the end."""
    activity, form = _to_change(request, pk), TableForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a table."))
        return redirect("on_the_day", pk)
    table = form.cleaned_data["table"]
    try:
        services.lose_table(activity=activity, table=table, until=form.until_at(), actor=request.actor)
        messages.success(request, _("Table %(table)s is out of service.") % {"table": table})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def table_back(request: ActorRequest, pk: int, table: int) -> HttpResponse:
    """A table can be used again."""
    services.return_table(activity=_to_change(request, pk), table=table, actor=request.actor)
    messages.success(request, _("Table %(table)s can be used again.") % {"table": table})
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def day_late(request: ActorRequest, pk: int) -> HttpResponse:
    """Move the rest of the day to later by the minutes of the button that was pressed."""
    activity = _to_change(request, pk)
    minutes, seen = (number_in(request.POST.get(name)) or 0 for name in ("minutes", "seen"))
    try:
        made = delays.run_late(activity=activity, minutes=minutes, seen=seen, actor=request.actor)
        text = _("Everything from %(time)s on begins %(n)s minutes later. Nobody was told by this.")
        time = clock(in_zone(made.since, activity.tz))
        messages.success(request, text % {"time": time, "n": made.minutes})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def day_late_undo(request: ActorRequest, pk: int, delay: int) -> HttpResponse:
    """Take the newest delay back."""
    activity = _to_change(request, pk)
    try:
        delays.catch_up(activity=activity, pk=delay, actor=request.actor)
        messages.success(request, _("The times are as they were before."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("on_the_day", pk)


@officers_only
@require_POST
def day_late_tell(request: ActorRequest, pk: int) -> HttpResponse:
    """Prepare messages about the delay; they wait in the send queue."""
    activity = _to_change(request, pk)
    try:
        delays.tell(activity=activity, actor=request.actor)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("on_the_day", pk)
    return redirect("queue", activity.scope)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def replan(request: ActorRequest, pk: int) -> HttpResponse:
    """POST begins a re-plan; GET leads to what came of the last one: the comparison, or the day again."""
    if request.method == "POST":
        activity = _to_change(request, pk)
        try:
            back_to = reverse("replan", args=[pk])
            replanning.start(activity=activity, actor=request.actor.person, back_to=back_to)
        except DomainError as error:
            messages.error(request, str(error))
        return redirect("on_the_day", pk)
    activity = _seen(request, pk)
    job = latest_replan(activity)
    number = job.result.get("version") if job is not None else None
    version = version_for(activity, number) if number is not None else None
    if version is None or version.parent is None:
        return redirect("on_the_day", pk)
    return redirect("timetable_compare", pk, version.parent.number, version.number)


@officers_only
@require_POST
def timetable_refuse(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """Put a draft aside; the published version stays."""
    activity = _to_change(request, pk)
    try:
        publishing.refuse(version=version_seen(activity, number), actor=request.actor.person)
        text = _("Version %(n)s is refused and stays in the list. The published version counts.")
        messages.success(request, text % {"n": number})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("on_the_day", pk)
