"""Files that may name an erased person: an officer opens each and says whether it stays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core import queries
from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import Conflict
from ekspora.core.services import papers as services

PAGE = 50


@officers_only
@require_safe
def papers(request: ActorRequest) -> HttpResponse:
    """Those that wait, the oldest first."""
    page = Paginator(queries.papers_for(request.actor), PAGE).get_page(request.GET.get("page"))
    return render(request, "core/papers.html", {"page": page})


@officers_only
@require_POST
def decide(request: ActorRequest, pk: int) -> HttpResponseBase:
    """It names the person and goes, or it stays."""
    paper = get_object_or_404(queries.papers_for(request.actor), pk=pk)
    try:
        services.decide(paper=paper, remove="remove" in request.POST, actor=request.actor.person)
        messages.success(
            request, _("The file is gone.") if "remove" in request.POST else _("The file stays.")
        )
    except Conflict as conflict:
        messages.info(request, str(conflict))
    return redirect("papers")
