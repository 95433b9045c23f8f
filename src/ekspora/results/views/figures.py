"""Figures that others reported, taken down with their wording and source."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.programmes import tabs
from ekspora.programmes.models import Activity
from ekspora.programmes.views.access import changeable
from ekspora.results.forms.reports import ReportedFigureForm
from ekspora.results.models import ReportedFigure
from ekspora.results.services import reports as services


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reported_figure_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Note a reported figure."""
    return _edit(request, changeable(request, pk), None)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reported_figure_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct one."""
    figure = get_object_or_404(ReportedFigure, pk=pk)
    return _edit(request, changeable(request, figure.activity_id), figure)


@officers_only
@require_POST
def reported_figure_delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one out."""
    figure = get_object_or_404(ReportedFigure, pk=pk)
    activity = changeable(request, figure.activity_id)
    services.remove_figure(figure=figure, actor=request.actor)
    messages.success(request, _("“%(figure)s” was taken out of the report.") % {"figure": figure})
    return redirect("report", activity.pk)


def _edit(request: ActorRequest, activity: Activity, figure: ReportedFigure | None) -> HttpResponse:
    tabs.show(request, activity, "report")
    form = ReportedFigureForm(request.POST or None, instance=figure)
    if request.method == "POST" and form.is_valid():
        try:
            if figure is None:
                services.note_figure(activity=activity, values=form.cleaned_data, actor=request.actor)
            else:
                services.change_figure(figure=figure, values=form.cleaned_data, actor=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("report", activity.pk)
    context = {"activity": activity, "form": form, "figure": figure}
    return render(request, "results/reported_figure.html", context)
