"""The start page: what this person can do now, the next step first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ekspora.core.actors import actor_of
from ekspora.core.home import cards_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Cards of every room for the person signed in; a short welcome for a visitor."""
    actor = actor_of(request)
    if actor is None:
        return render(request, "web/welcome.html")
    cards = cards_for(actor)
    urgent = cards[0] if cards and cards[0].urgency > 0 else None
    context = {"actor": actor, "next": urgent, "cards": [card for card in cards if card is not urgent]}
    template = "web/desk.html" if actor.roles and not actor.scope else "web/personal.html"
    return render(request, template, context)
