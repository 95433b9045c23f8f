"""The officers' list of businesses: narrowed, kept under a name, as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.directory import business_list
from ekspora.directory.forms.filters import FilterForm
from ekspora.directory.places import countries, where
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.register import saved_filter_for, saved_filters_for
from ekspora.directory.services import saved_filters
from ekspora.directory.services.bulk import actions
from ekspora.directory.views.bulk import query_of
from ekspora.directory.views.lists import agency_named, part_of
from ekspora.ui import formats
from ekspora.ui.sheets import as_download, comma_separated, workbook


@officers_only
@require_safe
def businesses(request: ActorRequest) -> HttpResponse:
    """The list, narrowed as one types. Its address holds what it is narrowed to and nothing else."""
    form = FilterForm(request.GET, actor=request.actor)
    page = reads.page_of(request.actor, form.filters(), request.GET.get("page"))
    for business in page:
        business.where = where(
            country=business.country, province=business.province, regency=business.regency, place=business.place
        )  # fmt: skip
    context = {
        "form": form, "page": page, "chips": list(form.chips()), "query": form.query, "actions": _actions(),
        "agencies": reads.agencies_of(request.actor), "most_at_once": business_list.MOST_AT_ONCE,
        "is_part": bool(getattr(request, "htmx", None)), "saved": saved_filters_for(request.actor),
        "countries": countries(), "country": form.values.get("country", "") and formats.country(form.values["country"]),
    }  # fmt: skip
    template = part_of(request, "directory/businesses.html", "directory/businesses_part.html")
    response = render(request, template, context)
    response.headers["HX-Push-Url"] = f"{reverse('businesses')}?{form.query}".rstrip("?")
    return response


def _actions() -> list[tuple[str, Any]]:
    return [(name, action().label) for name, action in actions.items()]


@officers_only
@require_safe
def export(request: ActorRequest, kind: str) -> HttpResponseBase:
    """The narrowed list as XLSX or CSV; a long one is made in the background."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    form = FilterForm(request.GET, actor=request.actor)
    chosen = reads.listed(request.actor, form.filters())
    if chosen[: business_list.MOST_AT_ONCE + 1].count() > business_list.MOST_AT_ONCE:
        messages.info(request, _("This list is long: choose “Export as a file” below it."))
        return redirect(f"{reverse('businesses')}?{form.query}")
    name, head, rows = business_list.sheet(chosen)
    data = workbook([(name, head, rows)]) if kind == "xlsx" else comma_separated(head, rows)
    return as_download(data, f"umkm.{kind}")


@officers_only
@require_POST
def save_filter(request: ActorRequest) -> HttpResponseBase:
    """Keep what the list is narrowed to under a name."""
    form = FilterForm(query_of(request), actor=request.actor)
    agency = agency_named(request, reads.agencies_of(request.actor))
    try:
        if form.unknown:
            raise DomainError(_("Take out first what finds nothing, then keep the filter."))
        saved_filters.save(
            agency=agency, actor=request.actor.person, name=request.POST.get("name", ""), query=form.query,
            is_shared="is_shared" in request.POST,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The filter is kept. You find it beside the list."))
    return redirect(f"{reverse('businesses')}?{form.query}".rstrip("?"))


@officers_only
@require_POST
def saved_filter(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Rename, share or forget a filter."""
    saved = saved_filter_for(request.actor, pk)
    if saved is None:
        raise Http404
    actor = request.actor.person
    try:
        if "remove" in request.POST:
            saved_filters.remove(saved=saved, actor=actor)
        else:
            name, is_shared = request.POST.get("name", ""), "is_shared" in request.POST
            saved_filters.change(saved=saved, actor=actor, name=name, is_shared=is_shared)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("businesses")
