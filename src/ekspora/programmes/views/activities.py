"""Activities: the list, a new one, its overview, its settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Agency
from ekspora.programmes import overview, queries, rules, tabs
from ekspora.programmes.forms.activities import ActivityForm
from ekspora.programmes.models import Activity, Programme
from ekspora.programmes.remarks import remarks
from ekspora.programmes.services import activities as services
from ekspora.programmes.views.access import changeable, page_of, seen


@officers_only
@require_safe
def activities(request: ActorRequest) -> HttpResponse:
    """Activities of the actor's agencies; ``?q=`` filters by words."""
    words = request.GET.get("q", "")
    page = page_of(request, queries.with_counts(queries.activities_for(request.actor), words))
    return render(request, "programmes/activities.html", {"page": page, "q": words})


@officers_only
@require_safe
def activity(request: ActorRequest, pk: int) -> HttpResponse:
    """Where the activity stands: the line, the next step, the figures, what to notice."""
    found = seen(request, pk)
    tabs.show(request, found, "overview")
    steps = overview.steps_of(request.actor, found)
    context = {
        "activity": found,
        "steps": overview.line(steps),
        "next": overview.next_step(steps),
        "groups": [step for step in steps if step.figures],
        "remarks": remarks(found, queries.agenda(found), now()),
        "may_change": rules.can_change(request.actor, found),
    }
    return render(request, "programmes/activity.html", context)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def activity_new(request: ActorRequest) -> HttpResponse:
    """Plan an activity, in a programme of one of the actor's agencies or a new programme."""
    form = ActivityForm(request.POST or None, agencies=request.actor.agencies())
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_activity(
                programme=_programme(request, form), values=form.values(), actor=request.actor
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Planned. Now the agenda: meeting blocks give the slots."))
            return redirect("agenda", made.pk)
    return render(request, "programmes/activity_form.html", {"form": form})


def _programme(request: ActorRequest, form: ActivityForm) -> Programme:
    """The programme chosen, or a new one of the first of the actor's agencies."""
    name = form.cleaned_data["new_programme"]
    chosen: Programme | None = form.cleaned_data["programme"]
    if not name:
        assert chosen is not None  # by the form
        return chosen
    agency = chosen.agency if chosen else Agency.objects.filter(pk__in=request.actor.agencies()).first()
    assert agency is not None  # by officers_only
    return services.create_programme(agency=agency, name=name, actor=request.actor)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change what an activity is called, where and when it is."""
    found = changeable(request, pk)
    tabs.show(request, found, "overview")
    form = ActivityForm(
        request.POST or None, instance=Activity.objects.get(pk=pk), agencies=request.actor.agencies()
    )
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = form.values() | {"programme": _programme(request, form)}
        try:
            services.change_activity(activity=found, values=values, actor=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("activity", pk)
    return render(request, "programmes/activity_form.html", {"form": form, "activity": found})
