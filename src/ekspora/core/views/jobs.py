"""Long work as people see it: progress, stop, where to go when it is done."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.models import Job
from ekspora.core.rules import can_see_job
from ekspora.core.services import jobs


@signed_in
@never_cache
@require_safe
def job(request: ActorRequest, pk: int) -> HttpResponse:
    """The page of one piece of work."""
    return render(request, "core/job.html", _context(_found(request, pk)))


@signed_in
@never_cache
@require_safe
def progress(request: ActorRequest, pk: int) -> HttpResponse:
    """The part that the page asks for every second; when the work has ended it sends the page on."""
    found = _found(request, pk)
    response = render(request, "core/job_progress.html", _context(found))
    if found.state == Job.State.DONE:
        response.headers["HX-Redirect"] = found.back_to
    elif found.state == Job.State.FAILED:
        response.headers["HX-Redirect"] = reverse("job", args=[pk])
    return response


@signed_in
@require_POST
def stop(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Ask the work to stop and keep the best it has."""
    jobs.request_stop(job=_found(request, pk))
    return redirect("job", pk)


def _found(request: HttpRequest, pk: int) -> Job:
    found = Job.objects.filter(pk=pk).first()
    if found is None or not can_see_job(request.actor, found):  # type: ignore[attr-defined]  # behind signed_in
        raise Http404
    return found


def _context(found: Job) -> dict[str, Any]:
    told = found.progress
    percent = told.get("percent")
    if percent is None and told.get("total"):
        percent = round(100 * told.get("done", 0) / told["total"])
    text = told.get("text", "")
    if isinstance(text, dict):
        text = text.get((get_language() or "id")[:2], "")
    return {
        "job": found,
        "title": jobs.titles.get(found.kind) or _("Work in progress"),
        "text": text or found.get_state_display(),
        "percent": 100 if found.state == Job.State.DONE else percent,
        "running": found.finished_at is None,
        "url": reverse("job_progress", args=[found.pk]),
    }
