"""One thing done to many businesses: selected on the list, agreed on here, watched, undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import Conflict, DomainError
from ekspora.core.models import Job, Message
from ekspora.core.numbers import number_in
from ekspora.directory.bulk_actions import narrowing
from ekspora.directory.forms.filters import FilterForm
from ekspora.directory.models import Bulk
from ekspora.directory.queries.businesses import agencies_of
from ekspora.directory.queries.register import bulk_for, bulks_for
from ekspora.directory.services import bulk as services
from ekspora.directory.services.bulk import actions
from ekspora.directory.views.lists import agency_named
from ekspora.ui.sheets import as_long_download

PAGE = 30
NAMED = 10


def query_of(request: HttpRequest) -> QueryDict:
    """What the list was narrowed to when its form was sent."""
    return QueryDict(request.POST.get("query", ""))


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def bulks(request: ActorRequest) -> HttpResponseBase:
    """What was done to many so far; a post begins with what was selected on the list."""
    if request.method == "POST":
        return _select(request)
    found = bulks_for(request.actor).exclude(state=Bulk.State.DRAFT)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(one, actions[one.action]().label) for one in page if one.action in actions]
    return render(request, "directory/bulks.html", {"page": page, "rows": rows})


def _select(request: ActorRequest) -> HttpResponseBase:
    form = FilterForm(query_of(request), actor=request.actor)
    agency = agency_named(request, agencies_of(request.actor))
    action = request.POST.get("action", "")
    chosen = [pk for pk in map(number_in, request.POST.getlist("business")) if pk is not None]
    try:
        if action not in actions:
            raise DomainError(_("Choose what to do with the businesses you selected."))
        made = services.draft(
            agency=agency, actor=request.actor.person, action=action, chosen=chosen,
            query=form.query if "all" in request.POST else None,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('businesses')}?{form.query}".rstrip("?"))
    return redirect("bulk", made.pk)


@officers_only
@require_safe
def bulk(request: ActorRequest, pk: int) -> HttpResponse:
    """What will happen and to how many, how far it is, or what came of it."""
    found = _found(request, pk)
    form = actions[found.action]().form(actor=request.actor, agency=found.agency)
    return render(request, "directory/bulk.html", _context(request, found, form))


@officers_only
@require_POST
def begin(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Do it. Pressing twice finds what was begun."""
    found = _found(request, pk)
    form = actions[found.action]().form(request.POST, actor=request.actor, agency=found.agency)
    if found.state == Bulk.State.DRAFT and not form.is_valid():
        return render(request, "directory/bulk.html", _context(request, found, form), status=422)
    arguments = form.arguments() if found.state == Bulk.State.DRAFT else {}
    return _job(request, found, lambda: services.begin(
        bulk=found, arguments=arguments, actor=request.actor.person))  # fmt: skip


@officers_only
@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take it back."""
    found = _found(request, pk)
    return _job(request, found, lambda: services.undo(bulk=found, actor=request.actor.person))


@officers_only
@require_safe
def file(request: ActorRequest, pk: int) -> HttpResponseBase:
    """The file that was made."""
    found = _found(request, pk)
    if not found.file:
        raise Http404
    ending = str(found.file.name).rpartition(".")[2]
    return as_long_download(found.file, f"umkm.{ending}")


def _job(request: ActorRequest, found: Bulk, start: Any) -> HttpResponseBase:
    try:
        job: Job = start()
    except Conflict as error:
        messages.info(request, str(error))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        return redirect("job", job.pk)
    return redirect("bulk", found.pk)


def _found(request: ActorRequest, pk: int) -> Bulk:
    found = bulk_for(request.actor, pk)
    if found is None or found.action not in actions:
        raise Http404
    return found


def _context(request: ActorRequest, found: Bulk, form: Any) -> dict[str, Any]:
    action = actions[found.action]()
    context = {
        "bulk": found, "action": action, "form": form, "title": action.label,
        "may_undo": action.undo is not None,  # a template would call it
    }  # fmt: skip
    if found.state == Bulk.State.DRAFT:
        chosen = services.selection(found)
        narrowed = narrowing(found)
        total = chosen.count()
        return context | {
            "count": total, "names": list(chosen.order_by("name", "pk").values_list("name", flat=True)[:NAMED]),
            "more": max(total - NAMED, 0), "chips": list(narrowed.chips()) if narrowed else [], "most": services.MOST,
            "is_too_much": action.whole is None and total > services.MOST,
        }  # fmt: skip
    waiting = Message.objects.filter(agency=found.agency, topic=found.topic, state=Message.State.DRAFT)
    left = sorted(found.result.get("left", {}).items(), key=lambda pair: -pair[1])
    return context | {
        "job": services.job_of(found), "left": left,
        "left_rows": found.rows.exclude(why="").select_related("business")[:100],
        "drafts": waiting.count() if action.writes_messages else 0,
    }  # fmt: skip
