"""The start page: what this person can do now, the next step first; and the script that stands above all pages."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import actor_of
from ekspora.core.home import Card, cards_for
from ekspora.directory.queries.arrivals import is_open
from ekspora.directory.queries.businesses import own_businesses
from ekspora.directory.rules import may_bring_in
from ekspora.web.bundles import bundled


@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the day's pages on a device; it must stand above all pages it is for."""
    path = finders.find("ui/js/offline.js")
    assert isinstance(path, str)  # our own file
    script = Path(path).read_bytes()
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Cards of every room for the person signed in; a short welcome for a visitor."""
    actor = actor_of(request)
    if actor is None:
        return render(request, "web/welcome.html", {"is_open": is_open()})
    cards = cards_for(actor)
    urgent = cards[0] if cards and cards[0].urgency > 0 else None
    rest: list[Card] = [card for card in cards if card is not urgent]
    if actor.roles and not actor.scope:
        return render(request, "web/desk.html", {"actor": actor, "next": urgent, "cards": rest})
    alone, bundles = bundled(rest)
    context = {"actor": actor, "next": urgent, "cards": alone, "bundles": bundles}
    arriving = {"may_bring_in": may_bring_in(actor), "own": own_businesses(actor).count()}
    return render(request, "web/personal.html", context | arriving)
