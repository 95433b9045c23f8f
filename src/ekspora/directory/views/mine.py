"""The pages of owners and companions: their businesses on a cheap phone, one next step at a time."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.core.numbers import number_in
from ekspora.directory.completeness import grouped, missing_step
from ekspora.directory.facts import groups_of
from ekspora.directory.models import Business, Registration
from ekspora.directory.queries import businesses as reads
from ekspora.directory.queries.maker_cards import maker_card
from ekspora.directory.queries.statements import statements_of
from ekspora.directory.rules import may_bring_in, may_take_key


@signed_in
@require_safe
def my_businesses(request: ActorRequest) -> HttpResponseBase:
    """The businesses one acts for by what they need next; a single one opens at once. ``?need=`` keeps one need,
    ``?q=`` names that hold some words."""
    mine = list(reads.public_facts(reads.own_businesses(request.actor)))
    if not mine:
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
    }  # fmt: skip
    return render(request, "directory/my_business.html", context)


def _found(request: ActorRequest, pk: int) -> Business:
    found = reads.own_business(request.actor, pk)
    if found is None:
        raise Http404
    return found
