"""Officers' pages of demands: who wants what, whose answer is due."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.demand import queries, sanctions
from ekspora.demand.forms import AnswerForm, DemandForm, NewDemandForm
from ekspora.demand.models import Demand
from ekspora.demand.services import demands as services

ROWS_ON_A_PAGE = 50


def _demand(request: ActorRequest, pk: int) -> Demand:
    found = queries.demand_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@officers_only
@require_safe
def demands(request: ActorRequest) -> HttpResponse:
    """All demands that the officer's agencies look after."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "")
    scope = request.GET.get("scope", "")[:40]
    found = queries.demands_for(request.actor, state=state, words=words, scope=scope)
    states = [("", _("all")), *Demand.State.choices, (queries.OVERDUE, _("overdue"))]
    context = {
        "page": Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "state": state, "q": words, "states": states, "is_filtered": bool(state or words or scope),
        "scope": scope,
    }  # fmt: skip
    part = "demand/list.html" if request.headers.get("HX-Target") == "found" else "demand/demands.html"
    return render(request, part, context)


@officers_only
@require_http_methods(["GET", "POST"])
def demand_new(request: ActorRequest) -> HttpResponse:
    """Take down what somebody looks for."""
    form = NewDemandForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            made = services.take_down(
                representative=form.cleaned_data["representative"], agency=values.pop("agency"),
                values=values, actor=request.actor.person,
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The demand is noted."))
            return redirect("demand_edit", made.pk)
    return render(request, "demand/demand_new.html", {"form": form})


@officers_only
@require_http_methods(["GET", "POST"])
def demand_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """One demand: what is known of it, its answer, what the United Nations keeps from its country."""
    demand = _demand(request, pk)
    form = DemandForm(request.POST or None, instance=_demand(request, pk), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            services.change(demand=demand, values=form.values(), actor=request.actor.person)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("demand_edit", pk)
    country = demand.representative.mission.country
    context = {
        "demand": demand, "form": form, "answer_form": AnswerForm(initial={"text": demand.answer}),
        "stopped": sanctions.stopped(country, demand.hs, demand.sector, is_service=False),
        "notes": sanctions.notes(country, services=demand.sector == "it"),
        "is_looked_at": country in sanctions.countries(),
    }  # fmt: skip
    return render(request, "demand/demand_edit.html", context)


@officers_only
@require_POST
def demand_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep the answer that was given."""
    try:
        services.answer(
            demand=_demand(request, pk), text=request.POST.get("text", ""), actor=request.actor.person
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer is kept."))
    return redirect("demand_edit", pk)


@officers_only
@require_POST
def demand_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a demand, or open it again."""
    demand, actor = _demand(request, pk), request.actor.person
    if request.POST.get("action") == "reopen":
        services.reopen(demand=demand, actor=actor)
    else:
        services.close(demand=demand, actor=actor)
    return redirect("demand_edit", pk)
