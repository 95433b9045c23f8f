"""The pages of owners and companions: their businesses on a cheap phone, one next step at a time."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core import privacy
from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.numbers import number_in
from ekspora.core.rules import may_correct_own_data, may_read_own_data
from ekspora.core.services import people
from ekspora.directory.completeness import grouped, missing_step
from ekspora.directory.facts import groups_of
from ekspora.directory.forms.persons import PersonForm
from ekspora.directory.models import Business, Consent, Registration
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.maker_cards import maker_card
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.rules import consents_of, may_bring_in, may_take_key
from ekspora.directory.views.saving import saved, sent, tell_saved
from ekspora.ui.sheets import Sheet, as_download, workbook


@signed_in
@require_safe
def my_businesses(request: ActorRequest) -> HttpResponseBase:
    """The businesses one acts for by what they need next; a single one opens at once. ``?need=`` keeps one need,
    ``?q=`` names that hold some words."""
    mine = list(reads.public_facts(reads.own_businesses(request.actor)))
    if not mine and not may_bring_in(request.actor):
        raise Http404
    if len(mine) == 1:
        return redirect("my_business", mine[0].pk)
    groups, words = grouped(mine), request.GET.get("q", "").casefold().split()
    chosen = number_in(request.GET.get("need"))
    entries = [
        entry
        for group in groups
        if chosen in (None, group.rank)
        for entry in group.entries
        if all(word in entry[0].name.casefold() for word in words)
    ]
    context = {
        "groups": groups, "chosen": chosen, "entries": entries, "total": len(mine), "q": request.GET.get("q", ""),
        "may_bring_in": may_bring_in(request.actor),
    }  # fmt: skip
    return render(request, "directory/my_businesses.html", context)


@signed_in
@require_safe
def my_business(request: ActorRequest, pk: int) -> HttpResponse:
    """One's own business: what guests see of it, and what to do next."""
    found = _found(request, pk)
    groups = groups_of(found, statements_of(found))
    context = {
        "business": found, "card": maker_card(found), "step": missing_step(found), "groups": groups,
        "may_take_key": may_take_key(request.actor), "arrival": Registration.objects.filter(business=found).first(),
        "has_agreed": Consent.objects.filter(consents_of(request.actor)).exists(),
    }  # fmt: skip
    return render(request, "directory/my_business.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_person(request: ActorRequest) -> HttpResponseBase:
    """Put right one's own name and number."""
    if not may_correct_own_data(request.actor):
        raise Http404
    person = request.actor.person
    known = {"name": person.name, "phone": person.phone, "has_whatsapp": person.has_whatsapp}
    form = PersonForm(sent(request)[0], initial=known)
    if request.method == "POST" and form.is_valid():
        changed = saved(form, lambda: people.correct(person=person, **form.cleaned_data))
        if changed is not None:
            tell_saved(request, changed)
            return redirect("my_data")
    return render(request, "directory/my_person.html", {"form": form})


@signed_in
@require_safe
def my_data_xlsx(request: ActorRequest) -> HttpResponse:
    """Everything held about the person, of every room, as one workbook with a sheet for each section."""
    if not may_read_own_data(request.actor):
        raise Http404
    found = privacy.everything_about(request.actor)
    sheets = [_sheet(section, records) for section, records in found.items() if records]
    return as_download(workbook(sheets), "ekspora-data.xlsx")


def _sheet(section: str, records: Any) -> Sheet:
    rows = [records] if isinstance(records, dict) else records
    title = str(privacy.titles.get(section, section)).replace("/", " ")
    if not isinstance(rows[0], dict):
        return title, [section], [[str(row)] for row in rows]
    head = list(rows[0])
    return title, head, [["" if row.get(key) is None else str(row[key]) for key in head] for row in rows]


def _found(request: ActorRequest, pk: int) -> Business:
    found = reads.own_business(request.actor, pk)
    if found is None:
        raise Http404
    return found
