"""The pages of markets: what is known of each country's rules, with source and date."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import ActorRequest, signed_in
from ekspora.readiness import queries
from ekspora.readiness.reading import checklist
from ekspora.ui import formats


def _frame(request: ActorRequest) -> str:
    """Officers read it at a desk; everybody else on a phone, where every byte counts."""
    return "ui/page.html" if request.actor.agencies() else "ui/phone.html"


@signed_in
@require_safe
def markets(request: ActorRequest) -> HttpResponse:
    """The countries of which rules are known, by name."""
    found = [(formats.country(code), queries.rules_for(code)) for code in queries.countries()]
    context = {"frame": _frame(request), "markets": sorted(found, key=lambda pair: pair[0])}
    return render(request, "readiness/markets.html", context)


@signed_in
@require_safe
def papers(request: ActorRequest) -> HttpResponse:
    """What has to be held at home before goods can leave, by what is made."""
    context = {"frame": _frame(request), "list": checklist()}
    return render(request, "readiness/papers.html", context)


@signed_in
@require_safe
def market(request: ActorRequest, country: str) -> HttpResponse:
    """One country; one without facts says so and whom to ask."""
    code = country.upper()
    name = formats.country(code)
    if len(code) != 2 or not code.isascii() or not code.isalpha() or name == code:
        raise Http404
    context = {"frame": _frame(request), "name": name, "rules": queries.rules_for(code)}
    return render(request, "readiness/market.html", context)
