"""The report of an activity: its page, its words, how content people were."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core import clock
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.programmes import queries as programmes
from ekspora.programmes import rules, tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import changeable, page_of, seen
from ekspora.results.figures import SIDES, STAGE_LABELS
from ekspora.results.forms.reports import ReportForm
from ekspora.results.minutes import proposal
from ekspora.results.queries.checklist import checklist, next_item
from ekspora.results.queries.feedback import SCORES, answers
from ekspora.results.queries.reports import Contents, contents, report_of
from ekspora.results.rules import due
from ekspora.results.services import reports as services
from ekspora.ui.charts.bars import Bar

# Under which heading reported figures stand: the beginnings of the codes they stand beside.
_BESIDE = {
    "guests": ("guest",), "makers": ("maker",), "meetings": ("meetings",), "interest": ("interest",),
    "promises": ("promises",), "values": ("values",), "satisfaction": ("satisfaction",), "alone": ("",),
}  # fmt: skip


@officers_only
@require_safe
def report(request: ActorRequest, pk: int) -> HttpResponse:
    """All figures, counted and reported, the report's words, and what it lacks before it can be signed."""
    activity = seen(request, pk)
    tabs.show(request, activity, "report")
    found, own = contents(activity, request.actor), report_of(activity)
    items = checklist(activity, own, found)
    context = {
        "activity": activity, "report": own, "found": found, "items": items, "due": due(activity),
        "missing": next_item(items, own), "may_change": rules.can_change(request.actor, activity),
        "is_late": own.signed_on is None and due(activity) < clock.today(activity.zone),
        "beside": {name: found.beside(*starts) for name, starts in _BESIDE.items()}, **_drawn(found),
    }  # fmt: skip
    return render(request, "results/report.html", context)


def _drawn(found: Contents) -> dict[str, Any]:
    return {
        "interests": [Bar(str(one.label), one.value, url=one.url) for one in found.interests if one.value],
        "worth": [(STAGE_LABELS[stage], amounts) for stage, amounts in found.worth()],
        "satisfaction": [
            (one, [Bar(str(score.label), score.value, url=score.url) for score in one.scores])
            for one in found.satisfaction
            if one.answered.value
        ],
    }


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Number, date, minutes and signatory; ``?propose=1`` begins the minutes from agenda and figures."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "report")
    own = report_of(activity)
    form = ReportForm(request.POST or None, instance=own, initial=_initial(request, activity, own.minutes))
    if request.method == "POST" and form.is_valid():
        try:
            services.write(activity=activity, values=form.cleaned_data, actor=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("report", pk)
    context = {
        "activity": activity, "form": form, "is_proposed": bool(form.initial.get("is_proposed")),
        "can_propose": not own.minutes.strip(),
    }  # fmt: skip
    return render(request, "results/report_edit.html", context)


def _initial(request: ActorRequest, activity: Activity, minutes: str) -> dict[str, Any]:
    if request.method == "POST" or minutes.strip() or not request.GET.get("propose"):
        return {}
    found = contents(activity, request.actor)
    return {"minutes": proposal(activity, programmes.agenda(activity), found), "is_proposed": True}


@officers_only
@require_safe
def report_feedback(request: ActorRequest, pk: int) -> HttpResponse:
    """Who said how content they were and why; of one side (``?side=``) or score where asked for."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "report")
    side, score = request.GET.get("side", ""), request.GET.get("score", "")
    context = {
        "activity": activity, "side": side, "score": score, "sides": SIDES.items(), "scores": SCORES,
        "page": page_of(request, answers(activity, side, score)),
    }  # fmt: skip
    return render(request, "results/feedback.html", context)
