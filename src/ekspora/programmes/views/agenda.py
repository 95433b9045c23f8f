"""The agenda as a line with stops, and the slots that follow from it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.programmes import queries, rules, tabs
from ekspora.programmes.forms.activities import SlotForm
from ekspora.programmes.forms.agenda import PartForm
from ekspora.programmes.models import Activity, AgendaItem
from ekspora.programmes.remarks import remarks
from ekspora.programmes.services import activities as activity_services
from ekspora.programmes.services import agenda as services
from ekspora.programmes.slots import Slot, capacity, slots_of
from ekspora.programmes.views.access import changeable, seen


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the line and the slots; POST sets length, pause and tables."""
    posted = request.method == "POST"
    activity = changeable(request, pk) if posted else seen(request, pk)
    tabs.show(request, activity, "agenda")
    form = SlotForm(request.POST if posted else None, instance=Activity.objects.get(pk=pk))
    if posted and form.is_valid():
        activity_services.change_activity(activity=activity, values=form.cleaned_data, actor=request.actor)
        messages.success(request, _("Saved."))
        return redirect("agenda", pk)
    items = queries.agenda(activity)
    slots = slots_of(activity, items)
    context = {
        "activity": activity,
        "days": _by_day(activity, items, slots),
        "slots": slots,
        "capacity": capacity(slots, activity.tables),
        "remarks": remarks(activity, items, now()),
        "form": form,
        "may_change": rules.can_change(request.actor, activity),
    }
    return render(request, "programmes/agenda.html", context)


def _by_day(
    activity: Activity, items: Sequence[AgendaItem], slots: Sequence[Slot]
) -> list[tuple[date, list[tuple[AgendaItem, list[Slot]]]]]:
    """The stops of each day, each with its slots."""
    days: dict[date, list[tuple[AgendaItem, list[Slot]]]] = {}
    for item in items:
        own = [slot for slot in slots if slot.block == item.pk]
        days.setdefault(item.starts_at.astimezone(activity.tz).date(), []).append((item, own))
    return list(days.items())


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a part; it begins where the last one ended unless the form says otherwise."""
    activity = changeable(request, pk)
    last = activity.agenda.last()
    initial: dict[str, Any] = {}
    if last is not None:
        end = last.ends_at.astimezone(activity.tz)
        initial = {"day": end.date().isoformat(), "starts": end.time()}
    return _edit(request, activity, None, initial)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a part."""
    item = get_object_or_404(AgendaItem, pk=pk)
    return _edit(request, changeable(request, item.activity_id), item, PartForm.initial_of(item))


@officers_only
@require_POST
def agenda_item_delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a part out."""
    item = get_object_or_404(AgendaItem, pk=pk)
    activity = changeable(request, item.activity_id)
    services.remove_part(item=item, actor=request.actor)
    messages.success(request, _("“%(part)s” was taken out of the agenda.") % {"part": item})
    return redirect("agenda", activity.pk)


def _edit(
    request: ActorRequest, activity: Activity, item: AgendaItem | None, initial: dict[str, Any]
) -> HttpResponse:
    tabs.show(request, activity, "agenda")
    people = queries.participations(activity)
    form = PartForm(request.POST or None, initial=initial, activity=activity, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_part(
                activity=activity, item=item, values=form.values(),
                attendees=list(form.cleaned_data["attendees"]), actor=request.actor,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("agenda", activity.pk)
    return render(request, "programmes/part_form.html", {"form": form, "activity": activity, "item": item})
