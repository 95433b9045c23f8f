"""The facts of a business, changed in small steps: the same screens for officers and for those who act for it."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ekspora.core.actors import ActorRequest
from ekspora.directory.facts import row_text, rows_of
from ekspora.directory.forms.rows import ROWS
from ekspora.directory.forms.steps import STEPS, PlaceForm
from ekspora.directory.models import Business
from ekspora.directory.places import above, children, countries, deepest, place_name
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.services import businesses, rows
from ekspora.directory.views.saving import saved, sent, tell_saved
from ekspora.directory.views.sides import OFFICER, OWN, Side, for_side


def _found(request: ActorRequest, side: Side, pk: int) -> Business:
    read = reads.business_for if side.is_officer else reads.own_business
    found = read(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _step(request: ActorRequest, side: Side, pk: int, step: str) -> HttpResponseBase:
    found = _found(request, side, pk)
    if step == "place":
        return _place(request, side, found)
    if step not in STEPS:
        raise Http404
    known = STEPS[step].form_for(officer=side.is_officer)
    form = known(sent(request)[0], instance=Business.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        changed = saved(
            form, lambda: businesses.edit(business=found, actor=request.actor.person, values=form.values())
        )
        if changed is not None:
            tell_saved(request, changed)
            return redirect(side.home, pk)
    context = {"side": side, "business": found, "form": form, "title": STEPS[step].label}
    return render(request, "directory/step.html", context | {"countries": countries()})


def _place(request: ActorRequest, side: Side, business: Business) -> HttpResponseBase:
    """Province, regency, district, village, one short list after the other; any of them can be saved."""
    at = request.POST.get("at", request.GET.get("at", deepest(business)))
    if at and not place_name(at):
        raise Http404
    form = PlaceForm(sent(request)[0], instance=Business.objects.get(pk=business.pk), at=at)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        changed = saved(
            form, lambda: businesses.edit(business=business, actor=request.actor.person, values=values)
        )
        if changed is not None:
            tell_saved(request, changed)
            return redirect(side.home, business.pk)
    at_home = business.country == "ID"
    context = {
        "side": side, "business": business, "form": form, "title": _("Place"),
        "chosen": above(at) if at_home else (), "options": children(at) if at_home else (),
    }  # fmt: skip
    return render(request, "directory/place.html", context)


def _rows(request: ActorRequest, side: Side, pk: int, kind: str) -> HttpResponseBase:
    found = _found(request, side, pk)
    if kind not in ROWS or not ROWS[kind].for_whom(found):
        raise Http404
    model = rows.KINDS[kind]
    blank = model(**{rows.owner_field(model): found})
    form = ROWS[kind].form(*sent(request), instance=blank, business=found)
    if request.method == "POST" and form.is_valid():
        made = saved(form, lambda: rows.add(
            business=found, kind=kind, values=form.values(), actor=request.actor.person,
            paper=form.proof()))  # fmt: skip
        if made is not None:
            tell_saved(request, ["row"])
            return redirect(side.rows, pk, kind)
    context = {"side": side, "business": found, "form": form, "kind": kind, "rows": ROWS[kind],
               "facts": rows_of(found, kind, statements_of(found)), "countries": countries()}  # fmt: skip
    return render(request, "directory/rows.html", context)


def _row(request: ActorRequest, side: Side, pk: int, kind: str, row: int) -> HttpResponseBase:
    found = _found(request, side, pk)
    known = _row_of(found, kind, row)
    form = ROWS[kind].form(
        *sent(request), instance=_row_of(found, kind, row), business=found,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        changed = saved(form, lambda: rows.edit(
            row=known, values=form.values(), actor=request.actor.person, paper=form.proof()))  # fmt: skip
        if changed is not None:
            tell_saved(request, changed)
            return redirect(side.rows, pk, kind)
    context = {"side": side, "business": found, "form": form, "kind": kind, "rows": ROWS[kind], "row": known,
               "title": row_text(known)}  # fmt: skip
    return render(request, "directory/row.html", context | {"countries": countries()})


def _remove(request: ActorRequest, side: Side, pk: int, kind: str, row: int) -> HttpResponseBase:
    found = _found(request, side, pk)
    rows.remove(row=_row_of(found, kind, row), actor=request.actor.person)
    return redirect(side.rows, pk, kind)


def _row_of(business: Business, kind: str, pk: int) -> Any:
    """A row of this business; 404 for one of another, or a kind that there is not."""
    if kind not in ROWS:
        raise Http404
    model = rows.KINDS[kind]
    return get_object_or_404(model._default_manager.filter(**{rows.owner_field(model): business}), pk=pk)


business_step, my_business_step = for_side(OFFICER, _step), for_side(OWN, _step)
business_rows, my_rows = for_side(OFFICER, _rows), for_side(OWN, _rows)
business_row, my_row = for_side(OFFICER, _row), for_side(OWN, _row)
business_row_remove, my_row_remove = for_side(OFFICER, _remove, "POST"), for_side(OWN, _remove, "POST")
